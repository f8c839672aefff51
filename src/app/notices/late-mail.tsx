import { lazy, Suspense } from 'react';
import { showNoticeWords } from './late-section.ts';

const Shown = lazy(async () => (await Promise.all([import('./mail-screen.tsx'), showNoticeWords()]))[0]);

export default function LateMailScreen() {
  return (
    <Suspense>
      <Shown />
    </Suspense>
  );
}
