// When the practice answers: its weekly windows, its holidays, how long an answer takes in open hours, and what it says beside a
// message. Everybody reads it: the sentence before sending is made on the device. What may be in it is
// `schema-hours.ts`.

import { defineRecord } from '../../sync/core/declare.ts';
import { hoursFields } from './schema-hours.ts';

export const OFFICE_HOURS = 'officeHours';

/** The practice's word on its hours, never changed: where there are several, the newest in commit order holds. */
export const officeHoursRecord = defineRecord({
  name: OFFICE_HOURS,
  schemaVersion: 1,
  fields: hoursFields,
});
