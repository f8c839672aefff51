import { Suspense } from 'react';
import { latePart } from './late-part.ts';
import type { PhotosProps } from './photos.tsx';

const Shown = latePart(() => import('./photos.tsx'));

/** The photos of an entry. */
export function Photos(props: PhotosProps) {
  return (
    <Suspense fallback={null}>
      <Shown {...props} />
    </Suspense>
  );
}
