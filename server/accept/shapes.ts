// What earlier releases stored, as the present one knows it.

import type { Declarations } from '../../src/sync/core/run.ts';
import type { Shapes } from '../store/store.ts';

/** By each record type's own upcaster; fields of the present shape are left as they are. */
export function shapesOf({ recordTypes }: Declarations): Shapes {
  return (name, fields, from) => {
    const type = recordTypes[name];
    if (type?.upcast === undefined || from >= type.schemaVersion) return fields;
    return type.upcast(fields, from);
  };
}
