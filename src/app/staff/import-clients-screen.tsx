import { ImportScreen } from '../../features/client/screens/import-screen.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

export default function ImportClientsScreen() {
  const words = useWords<AppWord>();
  return (
    <ImportScreen back={{ href: '/clients', label: words('app.clients') }} hrefOf={(client) => `/clients/${client}`} />
  );
}
