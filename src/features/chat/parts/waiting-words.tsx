import { useLive, useSyncStatus } from '../../../sync/client/react.ts';
import { useDoc } from '../../../sync/client/react-docs.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { messagesOf } from '../doc-fold.ts';
import { CHAT } from '../doc-names.ts';
import { handedIn } from '../queries.ts';
import type { AnsweredConversation } from '../queries-duty.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { HandedOver } from './handed-over.tsx';
import { PassedOns } from './passed-on.tsx';
import { QuotedWords } from './quoted-words.tsx';

const SHOWN = 3;

/** What waits, in the client's words: the newest of it, for who reads the queue. Of what is long ago the conversation tells. */
export function WaitingWords({ conversation, open }: { conversation: AnsweredConversation; open: readonly string[] }) {
  const { client, kind, id, segment, isBegun } = conversation;
  const handed = useLive((reader) => handedIn(reader, { client, kind }), [client, kind]);
  const here = (handed ?? []).filter(({ fields }) => open.includes(fields.message));
  return (
    <>
      {isBegun && <Said document={`${CHAT}:${id}:${segment}`} open={open} hasMore={here.length > 0} />}
      <PassedOns place={conversation} answeredAt={conversation.answeredAt} />
      {here.map((row) => (
        <HandedOver key={row.id} row={row} />
      ))}
    </>
  );
}

function Said({ document, open, hasMore }: { document: string; open: readonly string[]; hasMore: boolean }) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const { line } = useSyncStatus();
  const doc = useDoc(document);
  if (doc === undefined) return <Skeleton rows={1} />;
  const said = messagesOf(doc).filter(({ ids }) => ids.some((one) => open.includes(one)));
  if (said.length === 0) {
    return !hasMore && line === 'offline' ? <p className="ui-muted">{words('chat.notHere')}</p> : null;
  }
  return (
    <ul className="chat-waiting" role="list">
      {said.slice(-SHOWN).map(({ id, at, body, media, retractedAt }) => (
        <li key={id}>
          {retractedAt === undefined ? (
            <QuotedWords body={body} hasMedia={media.length > 0} />
          ) : (
            <i>{words('chat.retracted')}</i>
          )}
          <span className="ui-muted">{format.dateTime(at)}</span>
        </li>
      ))}
    </ul>
  );
}
