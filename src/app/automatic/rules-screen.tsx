import { AutomationScreen } from '../../features/automation/screens/automation-screen.tsx';
import { useWorkspace } from '../../sync/client/react.ts';
import { useWords } from '../../ui/words.ts';
import { MissingScreen } from '../missing-screen.tsx';
import type { AppWord } from '../words/catalogue.ts';
import { mayGo } from './may-go.ts';

export default function PracticeRulesScreen() {
  const words = useWords<AppWord>();
  const { roles } = useWorkspace().membership;
  if (!mayGo('rules', roles)) return <MissingScreen />;
  const isOffice = ['owner', 'admin', 'support'].some((role) => roles.includes(role));
  return <AutomationScreen isOffice={isOffice} back={{ href: '/more', label: words('app.settings') }} />;
}
