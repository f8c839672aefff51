import { SafetyPlanScreen } from '../../features/safety-plan/screens/plan-screen.tsx';
import { useWorkspace } from '../../sync/client/react.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { UserName } from '../../ui/user-text.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import { PracticeCrisisCard } from './crisis-card.tsx';
import { useOwnClient } from './own-chart.ts';

/** A client's own safety plan, with whom to call where it is not enough. */
export default function OwnPlanScreen() {
  const words = useWords<AppWord>();
  const { membership } = useWorkspace();
  const client = useOwnClient();
  if (!client) return <Skeleton />;
  return (
    <SafetyPlanScreen
      client={client}
      isMine
      back={{ href: '/today', label: words('app.today') }}
      header={
        <p>
          <UserName>{membership.name}</UserName>
        </p>
      }
      calls={<PracticeCrisisCard />}
    />
  );
}
