import { practiceHere } from '../../features/practice/queries.ts';
import { useLive } from '../../sync/client/react.ts';
import { Page } from '../../ui/page.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

/** What a person sees who is not yet a client: who will be in touch. */
export default function WelcomeScreen() {
  const words = useWords<AppWord>();
  const practice = useLive(practiceHere, []);
  return (
    <Page title={words('app.today')}>
      <p>{words('app.today.prospect', { practice: practice?.name ?? words('app.name') })}</p>
    </Page>
  );
}
