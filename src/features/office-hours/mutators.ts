import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { authored, id } from '../fields.ts';
import { PUBLIC } from '../space-names.ts';
import { hoursFields } from './schema-hours.ts';
import { OFFICE_HOURS } from './schema.ts';

/** Decides when the practice answers. Refused as `already-there` where the decision of this id is made. */
export const decide = defineMutator({
  name: 'officeHours.decide',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, id, hours: hoursFields }),
  reads: (a) => [{ type: OFFICE_HOURS, id: a.id }],
  resource: (a) => ({ type: OFFICE_HOURS, id: a.id, space: PUBLIC }),
  run(tx, { id: decision, hours }) {
    if (tx.get(OFFICE_HOURS, decision) !== undefined) return { code: 'already-there', where: 'id' };
    tx.insert(OFFICE_HOURS, { id: decision, space: PUBLIC, fields: hours });
    return undefined;
  },
});
