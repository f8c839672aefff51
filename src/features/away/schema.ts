// When a provider is away, as he says it to his clients: for one time, and at hours of the week. One row a provider, under his own
// id, in the space that his clients read.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { instant, zone } from '../fields.ts';

export const AWAY = 'away';

const time = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/));

/** Of one weekday: not away, all day, or from one time to another, `17:00`; until one that is not later: of the next day. */
export const awayDay = z.union([z.enum(['off', 'day']), z.object({ from: time, to: time })]);
export type AwayDay = z.infer<typeof awayDay>;

const awayFields = z.object({
  /** Off wins over all else. */
  isOn: z.boolean(),
  /** Without `to` there is no end. */
  once: z.optional(z.nullable(z.object({ from: instant, to: z.exactOptional(instant), text: z.string() }))),
  /** From Sunday on, on the clocks of this zone. */
  weekly: z.optional(z.nullable(z.object({ days: z.array(awayDay), text: z.string(), zone }))),
});
export type Away = z.infer<typeof awayFields>;

export const awayRecord = defineRecord({ name: AWAY, schemaVersion: 1, fields: awayFields });
