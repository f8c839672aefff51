import { MendItem } from '../../features/chart-summary/parts/mend-item.tsx';
import { useParams } from '@tanstack/react-router';
import { SummaryScreen } from '../../features/chart-summary/screens/summary-screen.tsx';
import type { SummaryWord } from '../../features/chart-summary/words/catalogue.ts';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { OnceSent } from '../../features/client/parts/once-sent.tsx';
import { useWords } from '../../ui/words.ts';
import type { MendProps } from '../mend-screen.tsx';
import type { AppWord } from '../words/catalogue.ts';

export default function ChartSummaryScreen() {
  const words = useWords<AppWord | SummaryWord>();
  const { client = '' } = useParams({ strict: false });
  const back = { href: `/clients/${client}`, label: words('app.chart') };
  return (
    <OnceSent client={client} page={{ title: words('chartSummary.title'), back }}>
      <SummaryScreen key={client} client={client} back={back} header={<ClientHeader client={client} look="line" />} />
    </OnceSent>
  );
}

/** An item that came back. Here, and not in a file of its own: both have the form, which would go into what all staff fetch first. */
export function MendChartItem({ onSaved: _, ...props }: MendProps) {
  return <MendItem {...props} header={<ClientHeader client={String(props.args['client'])} look="line" />} />;
}
