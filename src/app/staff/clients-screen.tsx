import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Reach } from '../../features/client/queries-list.ts';
import { ClientListScreen } from '../../features/client/screens/client-list-screen.tsx';
import { QuestionsBadge } from '../../features/contact/parts/questions.tsx';
import { SavedViews } from '../../features/saved-view/parts/saved-views.tsx';
import { owedByClient } from './owed.ts';

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
      importHref="/clients/import"
      readOwed={owedByClient}
      drawViews={(view, onPick) => <SavedViews asked={view} onPick={onPick} />}
      onPrint={() => void navigate({ to: '/clients/print' })}
      onAsk={(search) => void navigate({ to: '/clients', search, replace: true, resetScroll: false })}
    />
  );
}
