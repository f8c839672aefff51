import { useNavigate, useSearch } from '@tanstack/react-router';
import { waitingConversations } from '../../features/chat/queries-duty.ts';
import type { Reach } from '../../features/client/queries-list.ts';
import { ClientListScreen } from '../../features/client/screens/client-list-screen.tsx';
import { QuestionsBadge } from '../../features/contact/parts/questions.tsx';
import type { Reader } from '../../sync/client/reader.ts';

/** The conversations that wait, by whose they are. */
async function owedOf(reader: Reader): Promise<ReadonlySet<string>> {
  return new Set((await waitingConversations(reader)).map(({ client }) => client));
}

const marksOf = ({ questions }: Reach) => <QuestionsBadge count={questions} />;
const togetherHref = (what: string) => `/clients/together/${what}`;
const hrefOf = (client: string) => `/clients/${client}`;

export default function ClientsScreen() {
  const asked = useSearch({ strict: false });
  const navigate = useNavigate();
  return (
    <ClientListScreen
      {...{ asked, hrefOf, marksOf, togetherHref }}
      addHref="/clients/new"
      readOwed={owedOf}
      onAsk={(search) => void navigate({ to: '/clients', search, replace: true, resetScroll: false })}
    />
  );
}
