import { Suspense } from 'react';
import { latePart } from './late-part.ts';
import type { MediaProps } from './media.tsx';

const Shown = latePart(() => import('./media.tsx'));

/** The photos and voice notes of an entry, or of a comment. */
export function Media(props: MediaProps) {
  return (
    <Suspense fallback={null}>
      <Shown {...props} />
    </Suspense>
  );
}
