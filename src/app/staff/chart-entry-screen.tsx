import { useParams } from '@tanstack/react-router';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { EntryScreen } from '../../features/journal/screens/entry-screen.tsx';
import { WeightWordsNotice } from '../../features/protection/parts/weight-words-notice.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import { ChartHeader } from './chart-header.tsx';

export default function ChartEntryScreen() {
  const words = useWords<AppWord>();
  const { client = '', entry = '' } = useParams({ strict: false });
  return (
    <EntryScreen
      entry={entry}
      viewer="staff"
      ofClient={client}
      back={{ href: `/clients/${client}`, label: words('app.chart') }}
      chartHeader={(id) => <ChartHeader client={id} />}
      clientHeader={(id, look) => <ClientHeader client={id} look={look} />}
      commentAdvice={(id, body) => <WeightWordsNotice client={id} text={body} />}
    />
  );
}
