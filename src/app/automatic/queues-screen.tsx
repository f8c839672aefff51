import { QueueAgeScreen } from '../../features/queue-age/screens/queue-age-screen.tsx';
import { useWorkspace } from '../../sync/client/react.ts';
import { useWords } from '../../ui/words.ts';
import { MissingScreen } from '../missing-screen.tsx';
import type { AppWord } from '../words/catalogue.ts';
import { mayGo } from './may-go.ts';

export default function PracticeQueueAgeScreen() {
  const words = useWords<AppWord>();
  if (!mayGo('queues', useWorkspace().membership.roles)) return <MissingScreen />;
  return <QueueAgeScreen back={{ href: '/more', label: words('app.settings') }} />;
}
