import { CoverScreen } from '../../features/cover/screens/cover-screen.tsx';
import { useWorkspace } from '../../sync/client/react.ts';
import { useWords } from '../../ui/words.ts';
import { MissingScreen } from '../missing-screen.tsx';
import { isManagerHere } from '../portal-kind.ts';
import type { AppWord } from '../words/catalogue.ts';
import { mayGo } from './may-go.ts';

export default function PracticeCoverScreen() {
  const words = useWords<AppWord>();
  const workspace = useWorkspace();
  const { roles } = workspace.membership;
  if (!mayGo('cover', roles)) return <MissingScreen />;
  const who = { isProvider: roles.includes('provider'), isManager: isManagerHere(workspace) };
  return <CoverScreen {...who} back={{ href: '/more', label: words('app.settings') }} />;
}
