// Crisis help in the flow of what a client writes, with the practice's own words.

import { practiceHere } from '../../features/practice/queries.ts';
import { useLive } from '../../sync/client/react.ts';
import { CrisisCard } from '../../ui/crisis-help.tsx';
import { useCrisisWords } from '../crisis.tsx';

export function PracticeCrisisCard() {
  const practice = useLive(practiceHere, []);
  return <CrisisCard {...useCrisisWords(practice?.crisis)} />;
}
