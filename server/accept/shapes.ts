// What earlier releases stored, as the present one knows it.

import type { Declarations } from '../../src/sync/core/run.ts';
import { inPresentShape } from '../../src/sync/core/shapes.ts';
import type { Shapes } from '../store/store.ts';

/** By each record type's own upcaster; fields of the present shape are left as they are. */
export function shapesOf({ recordTypes }: Declarations): Shapes {
  return (name, fields, from) => inPresentShape(recordTypes[name], fields, from);
}
