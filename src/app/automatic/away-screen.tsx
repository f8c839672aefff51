import { AwayScreen } from '../../features/away/screens/away-screen.tsx';
import { useWorkspace } from '../../sync/client/react.ts';
import { useWords } from '../../ui/words.ts';
import { MissingScreen } from '../missing-screen.tsx';
import type { AppWord } from '../words/catalogue.ts';
import { mayGo } from './may-go.ts';

export default function OwnAwayScreen() {
  const words = useWords<AppWord>();
  if (!mayGo('away', useWorkspace().membership.roles)) return <MissingScreen />;
  return <AwayScreen coverHref="/messages/cover" back={{ href: '/more', label: words('app.settings') }} />;
}
