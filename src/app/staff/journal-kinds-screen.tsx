import { KindsScreen } from '../../features/entry-kind/screens/kinds-screen.tsx';

export default function JournalKindsScreen() {
  return <KindsScreen />;
}
