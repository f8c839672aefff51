import { ClientListScreen } from '../../features/client/screens/client-list-screen.tsx';
import { QuestionsBadge, useContactQuestions } from '../../features/contact/parts/questions.tsx';

export default function ClientsScreen() {
  const questions = useContactQuestions();
  return (
    <ClientListScreen
      addHref="/clients/new"
      importHref="/clients/import"
      hrefOf={(client) => `/clients/${client}`}
      marksOf={(client) => <QuestionsBadge count={questions.get(client) ?? 0} />}
    />
  );
}
