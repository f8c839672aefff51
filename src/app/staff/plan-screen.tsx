import { useParams } from '@tanstack/react-router';
import { WeightWordsNotice } from '../../features/protection/parts/weight-words-notice.tsx';
import { SafetyPlanScreen } from '../../features/safety-plan/screens/plan-screen.tsx';
import type { PlanWord } from '../../features/safety-plan/words/catalogue.ts';
import { chartOf } from '../../features/space-names.ts';
import { useLive } from '../../sync/client/react.ts';
import { useWords } from '../../ui/words.ts';
import { PracticeCrisisCard } from '../client/crisis-card.tsx';
import { MissingScreen } from '../missing-screen.tsx';
import type { AppWord } from '../words/catalogue.ts';
import { ChartHeader } from './chart-header.tsx';

/** A client's safety plan, as her care team has it. She reads it: of what she is protected from, who writes is warned. */
export default function ChartPlanScreen() {
  const words = useWords<AppWord | PlanWord>();
  const { client = '' } = useParams({ strict: false });
  const isOnTeam = useLive(async (reader) => (await reader.spaces()).includes(chartOf(client)), [client]);
  if (isOnTeam === false) return <MissingScreen />;
  return (
    <SafetyPlanScreen
      key={client}
      client={client}
      isMine={false}
      back={{ href: `/clients/${client}`, label: words('app.chart') }}
      header={<ChartHeader client={client} isOfPlan />}
      calls={<PracticeCrisisCard />}
      advice={(text) => <WeightWordsNotice client={client} text={text} />}
    />
  );
}
