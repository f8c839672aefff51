import type { ReactNode } from 'react';
import { useLive, useSyncStatus } from '../../../sync/client/react.ts';
import { directionOf, isLocale, LOCALES } from '../../../ui/locale.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { UserText } from '../../../ui/user-text.tsx';
import { useLocale, useWords } from '../../../ui/words.ts';
import { guidelinesFor } from '../../office-hours/schema-guidelines.ts';
import { dueBy, isOpenAt } from '../../office-hours/schema-due.ts';
import { answerHours } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';

/**
 * Said before somebody sends: by when an answer comes, by the practice's hours and this device's clock, and how the practice reads
 * messages; or that nobody can see it yet.
 */
export function ReplyTime({ urgent, isClients }: { urgent: ReactNode; isClients: boolean }) {
  const words = useWords<ChatWord>();
  const { line } = useSyncStatus();
  if (line !== 'offline') return isClients ? <Promised /> : null;
  return (
    <div className="chat-offline">
      <p>
        {words('chat.offline')}
        {urgent !== undefined && <> {words('chat.urgent')}</>}
      </p>
      {urgent}
      {isClients && <Promised />}
    </div>
  );
}

function Promised() {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const { locale } = useLocale();
  const hours = useLive(answerHours, []);
  if (hours === undefined) return null;
  const now = new Date();
  const due = hours === null ? null : dueBy(now.toISOString(), hours);
  if (hours === null || due === null) return <p className="ui-muted">{words('chat.reply')}</p>;
  const isOpen = isOpenAt(now.getTime(), hours);
  const guidelines = guidelinesFor(hours, [locale, ...LOCALES.map(({ id }) => id)]);
  return (
    <div className="ui-muted">
      <p>{words(isOpen ? 'chat.replyBy' : 'chat.replyClosed', { time: `${format.day(due)}, ${format.time(due)}` })}</p>
      {guidelines && (
        <div lang={guidelines.lang} dir={isLocale(guidelines.lang) ? directionOf(guidelines.lang) : 'auto'}>
          <UserText>{guidelines.text}</UserText>
        </div>
      )}
    </div>
  );
}
