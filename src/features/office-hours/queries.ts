// How office hours are read: the practice's newest word on them.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Hours } from './schema-hours.ts';
import { OFFICE_HOURS } from './schema.ts';

export interface HoursHere {
  /** The row that says so. */
  readonly decision: string;
  readonly hours: Hours;
}

/** The hours that hold; null while nobody has decided any. What is not sent yet comes after all that is. */
export async function hoursHere(reader: Reader): Promise<HoursHere | null> {
  const rows = (await reader.all(OFFICE_HOURS)) as Row<Hours>[];
  const order = ({ version }: Row) => (version === 0 ? Number.POSITIVE_INFINITY : version);
  const newest = rows.sort((a, b) => (order(a) === order(b) ? (a.id < b.id ? -1 : 1) : order(a) - order(b))).at(-1);
  return newest === undefined ? null : { decision: newest.id, hours: newest.fields };
}
