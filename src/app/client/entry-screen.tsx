import { useParams } from '@tanstack/react-router';
import { EntryScreen } from '../../features/journal/screens/entry-screen.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

export default function OwnEntryScreen() {
  const words = useWords<AppWord>();
  const { entry = '' } = useParams({ strict: false });
  return <EntryScreen entry={entry} viewer="client" back={{ href: '/journal', label: words('app.journal') }} />;
}
