import { Suspense } from 'react';
import { latePart } from '../../file/parts/photos/late-part.ts';
import type { MediaFieldProps } from './media-field.tsx';
import type { MediaProps } from './media.tsx';

const Shown = latePart(() => import('./media.tsx'));
const Field = latePart(() => import('./media-field.tsx'));

/** The photos and voice notes of an entry, or of a comment. */
export function Media(props: MediaProps) {
  return (
    <Suspense fallback={null}>
      <Shown {...props} />
    </Suspense>
  );
}

/** Where they are added to a form. */
export function MediaField(props: MediaFieldProps) {
  return (
    <Suspense fallback={null}>
      <Field {...props} />
    </Suspense>
  );
}
