import { ClientListScreen } from '../../features/client/screens/client-list-screen.tsx';

export default function ClientsScreen() {
  return <ClientListScreen hrefOf={(client) => `/clients/${client}`} />;
}
