import { useState } from 'react';
import type { Rejection } from '../sync/client/database.ts';
import { useWorkspace } from '../sync/client/react.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { List, ListRow } from '../ui/list.tsx';
import { useFormat } from '../ui/use-format.ts';
import { UserText } from '../ui/user-text.tsx';
import { useWords } from '../ui/words.ts';
import { isMendable } from './mendable.ts';
import { UnsentWho } from './unsent-who.tsx';
import { useActName, useSaid } from './unsent-words.ts';
import type { RareWord } from './rare/words/catalogue.ts';
import type { AppWord } from './words/catalogue.ts';

const SAID = [
  'not-allowed',
  'not-there',
  'already-there',
  'deleted',
  'too-large',
  'parcel-unreadable',
  'changed',
  'failed',
  'closed',
] as const;

/** What the practice could not take, with its words, until its author decides. */
export function RefusedList({ rejections }: { rejections: readonly Rejection[] }) {
  const words = useWords<AppWord | RareWord>();
  if (rejections.length === 0) return null;
  return (
    <section className="ui-stack">
      <h2>{words('app.refused.title')}</h2>
      <p>{words('app.refused.text')}</p>
      <List label={words('app.refused.title')}>
        {rejections.map((rejection) => (
          <RefusedRow key={rejection.mid} rejection={rejection} />
        ))}
      </List>
    </section>
  );
}

function RefusedRow({ rejection }: { rejection: Rejection }) {
  const words = useWords<AppWord | RareWord>();
  const format = useFormat();
  const nameOf = useActName();
  const workspace = useWorkspace();
  const { mutation, code } = rejection;
  const said = useSaid(mutation);
  const reason = SAID.find((one) => one === code) ?? 'other';
  const foot = (
    <>
      {isMendable(rejection) && (
        <ButtonLink icon="edit" href={`/not-sent/${rejection.mid}`}>
          {words('app.refused.mend')}
        </ButtonLink>
      )}
      {said && <CopyButton text={said} />}
      {mutation && <Button onClick={() => void workspace.resend(rejection.mid)}>{words('app.refused.resend')}</Button>}
      <Button variant="danger" onClick={() => void workspace.discardRejection(rejection.mid)}>
        {words('app.notSent.discard')}
      </Button>
    </>
  );
  return (
    <ListRow
      title={mutation ? nameOf(mutation.name) : words('app.notSent.locked')}
      meta={format.dateTime(mutation?.at ?? rejection.at)}
      foot={foot}
    >
      <UnsentWho mutation={mutation} />
      {said && <UserText>{said}</UserText>}
      <p className="ui-muted">{words(`app.refused.${reason}`)}</p>
      {rejection.partial && <p>{words('app.refused.partial')}</p>}
    </ListRow>
  );
}

function CopyButton({ text }: { text: string }) {
  const words = useWords<AppWord | RareWord>();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return <Button onClick={copy}>{words(copied ? 'app.refused.copied' : 'app.refused.copy')}</Button>;
}
