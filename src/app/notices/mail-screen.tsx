// What the server sent by mail, for owners and admins: to whom, when, and what became of it. Read from the server and kept nowhere.

import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { useWorkspace } from '../../sync/client/react.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { useWords } from '../../ui/words.ts';
import type { NoticeWord } from './words/catalogue.ts';
import './notices.css';

const STATES = ['waiting', 'sent', 'kept', 'refused', 'given-up', 'called-off'] as const;

const answerShape = z.object({
  isKept: z.boolean(),
  letters: z.array(
    z.object({
      id: z.string(),
      to: z.string(),
      subject: z.string(),
      state: z.enum(STATES),
      at: z.string(),
      body: z.nullable(z.string()),
    }),
  ),
});
type Answer = z.infer<typeof answerShape>;
type Letter = Answer['letters'][number];

export default function MailScreen() {
  const words = useWords<NoticeWord>();
  const { practice } = useWorkspace().membership;
  const [read, setRead] = useState<Answer | 'offline'>();
  const [open, setOpen] = useState<Letter>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isOver = false;
    void lettersOf(practice).then((answer) => isOver || setRead(answer ?? 'offline'));
    return () => void (isOver = true);
  }, [practice, tries]);
  const again = () => {
    setRead(undefined);
    setTries(tries + 1);
  };
  return (
    <Page title={words('mail.title')}>
      <p className="ui-muted">{words('mail.text')}</p>
      {read === undefined && <Skeleton rows={3} />}
      {read === 'offline' && (
        <Notice kind="attention" action={<Button onClick={again}>{words('mail.again')}</Button>}>
          {words('mail.offline')}
        </Notice>
      )}
      {typeof read === 'object' && read.isKept && <Notice>{words('mail.kept')}</Notice>}
      {typeof read === 'object' && read.letters.length === 0 && (
        <EmptyState title={words('mail.none')}>{words('mail.none.text')}</EmptyState>
      )}
      {typeof read === 'object' && read.letters.length > 0 && <Letters letters={read.letters} onOpen={setOpen} />}
      {open && <Opened letter={open} practice={practice} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function Letters({ letters, onOpen }: { letters: readonly Letter[]; onOpen: (letter: Letter) => void }) {
  const words = useWords<NoticeWord>();
  const format = useFormat();
  return (
    <table className="mail-table">
      <thead>
        <tr>
          {(['to', 'when', 'subject', 'state', 'open'] as const).map((column) => (
            <th key={column} scope="col">
              {words(`mail.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {letters.map((letter) => (
          <tr key={letter.id}>
            <td>{letter.to ? <bdi>{letter.to}</bdi> : words('mail.gone')}</td>
            <td>
              <time dateTime={letter.at}>{format.dateTime(letter.at)}</time>
            </td>
            <td>
              <bdi>{letter.subject}</bdi>
            </td>
            <td>{words(`mail.state.${letter.state}`)}</td>
            <td>
              {letter.body !== null && (
                <Button aria-label={words('mail.openTo', { to: letter.to })} onClick={() => onOpen(letter)}>
                  {words('mail.open')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Opened({ letter, practice, onClose }: { letter: Letter; practice: string; onClose: () => void }) {
  const words = useWords<NoticeWord>();
  const actions = (
    <>
      <a
        className="ui-button ui-button-quiet"
        href={`/api/mail/${practice}/${letter.id}`}
        download={`${letter.id}.eml`}
      >
        {words('mail.file')}
      </a>
      <Button onClick={onClose}>{words('mail.close')}</Button>
    </>
  );
  return (
    <Dialog open title={letter.subject} onClose={onClose} actions={actions}>
      <p className="mail-text" dir="auto">
        {letter.body}
      </p>
    </Dialog>
  );
}

async function lettersOf(practice: string): Promise<Answer | null> {
  const answer = await fetch(`/api/mail/${practice}`).catch(() => null);
  const parsed = z.safeParse(answerShape, await answer?.json().catch(() => null));
  return answer?.ok && parsed.success ? parsed.data : null;
}
