import { lazy, Suspense } from 'react';
import { safetyPlanCatalogue } from '../../features/safety-plan/words/catalogue.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showAlso } from '../../ui/words.ts';

const Shown = lazy(async () => (await Promise.all([import('./plan-screen.tsx'), showAlso([safetyPlanCatalogue])]))[0]);

export default function LatePlanScreen() {
  return (
    <Suspense fallback={<Skeleton />}>
      <Shown />
    </Suspense>
  );
}
