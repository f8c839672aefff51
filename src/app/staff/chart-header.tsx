import { SummaryLine } from '../../features/chart-summary/parts/summary-line.tsx';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { EmergencyCalls } from '../../features/contact/parts/emergency-line.tsx';
import { planQuestions } from '../../features/safety-plan/queries.ts';
import { useLive } from '../../sync/client/react.ts';

export interface ChartHeaderProps {
  client: string;
  /** `heading` where it names what follows, `line` where the screen has a name of its own. */
  look?: 'heading' | 'line';
  /** Makes the name a link to the chart. */
  href?: string;
  /** It stands over the safety plan itself. */
  isOfPlan?: boolean;
}

/**
 * Over all of a chart (practice.md 6 and 7): whose it is, and for her care team what she must not be given, what she takes and has, whom
 * to call, and her safety plan. The office has the person alone.
 */
export function ChartHeader({ client, look = 'line', href, isOfPlan = false }: ChartHeaderProps) {
  const questions = useLive((reader) => planQuestions(reader, client), [client]);
  return (
    <div>
      <ClientHeader client={client} look={look} href={href} />
      <SummaryLine
        client={client}
        href={`/clients/${client}/summary`}
        planHref={isOfPlan ? undefined : `/clients/${client}/plan`}
        planQuestions={questions}
        contacts={<EmergencyCalls client={client} />}
      />
    </div>
  );
}
