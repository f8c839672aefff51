// How office hours are read: the practice's newest word on them, and what a practice begins with.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Practice } from '../practice/schema.ts';
import { newestOf } from './schema-due.ts';
import type { Hours } from './schema-hours.ts';
import { OFFICE_HOURS } from './schema.ts';

export interface HoursHere {
  /** The row that says so. */
  readonly decision: string;
  readonly hours: Hours;
}

/** The hours that hold; null while nobody has decided any. */
export async function hoursHere(reader: Reader): Promise<HoursHere | null> {
  const newest = newestOf((await reader.all(OFFICE_HOURS)) as Row<Hours>[]);
  return newest === null ? null : { decision: newest.id, hours: newest.fields };
}

/** The zone in which the practice was set up; undefined while its row has not come. */
export async function practiceZone(reader: Reader): Promise<string | undefined> {
  const [row] = (await reader.all('practice')) as Row<Practice>[];
  return row?.fields.timezone;
}
