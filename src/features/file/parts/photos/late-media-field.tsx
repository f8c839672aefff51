import { Suspense } from 'react';
import { latePart } from './late-part.ts';
import type { MediaFieldProps } from './media-field.tsx';

const Field = latePart(() => import('./media-field.tsx'));

/** Where photos and voice notes are added to a form. */
export function MediaField(props: MediaFieldProps) {
  return (
    <Suspense fallback={null}>
      <Field {...props} />
    </Suspense>
  );
}
