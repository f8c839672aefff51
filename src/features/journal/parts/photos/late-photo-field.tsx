import { Suspense } from 'react';
import { latePart } from './late-part.ts';
import type { PhotoFieldProps } from './photo-field.tsx';

const Field = latePart(() => import('./photo-field.tsx'));

/** Where photos are added to a form. */
export function PhotoField(props: PhotoFieldProps) {
  return (
    <Suspense fallback={null}>
      <Field {...props} />
    </Suspense>
  );
}
