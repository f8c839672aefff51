import { useParams } from '@tanstack/react-router';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { ContactsScreen } from '../../features/contact/screens/contacts-screen.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

export default function ChartContactsScreen() {
  const words = useWords<AppWord>();
  const { client = '' } = useParams({ strict: false });
  return (
    <ContactsScreen
      key={client}
      client={client}
      back={{ href: `/clients/${client}`, label: words('app.chart') }}
      header={<ClientHeader client={client} look="line" />}
    />
  );
}
