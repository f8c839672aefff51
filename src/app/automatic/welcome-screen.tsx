import { WelcomeScreen } from '../../features/welcome/screens/welcome-screen.tsx';
import { useWorkspace } from '../../sync/client/react.ts';
import { useWords } from '../../ui/words.ts';
import { MissingScreen } from '../missing-screen.tsx';
import type { AppWord } from '../words/catalogue.ts';
import { mayGo } from './may-go.ts';

export default function PracticeWelcomeScreen() {
  const words = useWords<AppWord>();
  if (!mayGo('welcome', useWorkspace().membership.roles)) return <MissingScreen />;
  return <WelcomeScreen back={{ href: '/more', label: words('app.settings') }} />;
}
