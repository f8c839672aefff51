import { useParams } from '@tanstack/react-router';
import { OnceSent } from '../../features/client/parts/once-sent.tsx';
import { ContactsScreen } from '../../features/contact/screens/contacts-screen.tsx';
import { useWords } from '../../ui/words.ts';
import type { ContactWord } from '../../features/contact/words/catalogue.ts';
import type { AppWord } from '../words/catalogue.ts';
import { ChartHeader } from './chart-header.tsx';

export default function ChartContactsScreen() {
  const words = useWords<AppWord | ContactWord>();
  const { client = '' } = useParams({ strict: false });
  const back = { href: `/clients/${client}`, label: words('app.chart') };
  return (
    <OnceSent client={client} page={{ title: words('contact.title'), back }}>
      <ContactsScreen key={client} client={client} back={back} header={<ChartHeader client={client} />} />
    </OnceSent>
  );
}
