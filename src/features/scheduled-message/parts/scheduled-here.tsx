import { useId } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import { scheduledIn } from '../queries.ts';
import type { ScheduledWord } from '../words/catalogue.ts';
import { ScheduledRows } from './scheduled-rows.tsx';

interface ScheduledHereProps {
  conversation: string;
  header: ReactNode;
  /** The newest message. */
  last: { readonly by: string; readonly cameAt: string } | undefined;
}

/** In a conversation, for its author's side: what is to be said here later. Nothing where there is none. */
export function ScheduledHere({ conversation, header, last }: ScheduledHereProps) {
  const words = useWords<ScheduledWord>();
  const heading = useId();
  const read = useLive(
    async (reader) => ({ conversation, me: await reader.userId(), all: await scheduledIn(reader, conversation) }),
    [conversation],
  );
  if (read?.conversation !== conversation || read.all.length === 0) return null;
  const lastAt = last === undefined || last.by === read.me ? undefined : last.cameAt;
  return (
    <section className="ui-stack" aria-labelledby={heading}>
      <h2 id={heading}>{words('scheduled.here')}</h2>
      <p className="ui-muted">{words('scheduled.here.text')}</p>
      <ScheduledRows messages={read.all} label={words('scheduled.here')} headerOf={() => header} {...{ lastAt }} />
    </section>
  );
}
