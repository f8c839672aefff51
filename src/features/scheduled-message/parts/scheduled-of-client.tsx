import { useId } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import { scheduledFor } from '../queries.ts';
import type { ScheduledView } from '../queries.ts';
import type { ScheduledWord } from '../words/catalogue.ts';
import { ScheduledRows } from './scheduled-rows.tsx';

interface OfClientProps {
  client: string;
  header: ReactNode;
  /** The conversation into which one goes. */
  hrefOf: (message: ScheduledView) => string;
}

/** In a client's chart, for the staff: all that she is to be told later, by a person or by a rule. Nothing where there is none. */
export function ScheduledOfClient({ client, header, hrefOf }: OfClientProps) {
  const words = useWords<ScheduledWord>();
  const heading = useId();
  const read = useLive(async (reader) => ({ client, all: await scheduledFor(reader, client) }), [client]);
  if (read?.client !== client || read.all.length === 0) return null;
  return (
    <section className="ui-stack" aria-labelledby={heading}>
      <h2 id={heading}>{words('scheduled.title')}</h2>
      <p className="ui-muted">{words('scheduled.here.text')}</p>
      <ScheduledRows messages={read.all} label={words('scheduled.title')} headerOf={() => header} {...{ hrefOf }} />
    </section>
  );
}
