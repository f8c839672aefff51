import { DayListScreen } from '../../features/client/screens/day-list-screen.tsx';
import { practiceHere } from '../../features/practice/queries.ts';
import { useLive } from '../../sync/client/react.ts';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import { owedByClient } from './owed.ts';

export default function PrintClientsScreen() {
  const words = useWords<AppWord>();
  const practice = useLive(practiceHere, []);
  return (
    <DayListScreen
      back={{ href: '/clients', label: words('app.clients') }}
      practice={practice?.name ?? ''}
      hrefOf={(client) => `/clients/${client}`}
      readOwed={owedByClient}
    />
  );
}
