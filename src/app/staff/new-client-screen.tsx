import { useNavigate } from '@tanstack/react-router';
import { NewClientScreen } from '../../features/client/screens/new-client-screen.tsx';
import type { ClientWord } from '../../features/client/words/catalogue.ts';
import { useToast } from '../../ui/toast.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

export default function AddClientScreen() {
  const words = useWords<AppWord | ClientWord>();
  const say = useToast();
  const navigate = useNavigate();
  const hrefOf = (client: string) => `/clients/${client}`;
  return (
    <NewClientScreen
      back={{ href: '/clients', label: words('app.clients') }}
      hrefOf={hrefOf}
      onKept={(client) => {
        say({ text: words('client.added') });
        void navigate({ to: hrefOf(client), replace: true });
      }}
    />
  );
}
