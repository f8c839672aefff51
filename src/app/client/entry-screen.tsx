import { useParams } from '@tanstack/react-router';
import { CrisisAdvice } from '../../features/journal/parts/words-advice.tsx';
import { EntryScreen } from '../../features/journal/screens/entry-screen.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import { PracticeCrisisCard } from './crisis-card.tsx';

export default function OwnEntryScreen() {
  const words = useWords<AppWord>();
  const { entry = '' } = useParams({ strict: false });
  return (
    <CrisisAdvice value={<PracticeCrisisCard />}>
      <EntryScreen entry={entry} viewer="client" back={{ href: '/journal', label: words('app.journal') }} />
    </CrisisAdvice>
  );
}
