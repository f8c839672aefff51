// How long clients wait for an answer of each provider: for who runs the practice and reads no chart. It names no client and holds no
// word; what is not in the row cannot be shown. One row a provider, under his membership; under the practice's id what is nobody's.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant } from '../fields.ts';

export const QUEUE_AGE = 'queueAge';

const count = z.number().check(z.int(), z.gte(0));

const queueAgeFields = z.strictObject({
  /** Left out where the clients who wait have no primary provider. */
  member: z.exactOptional(id),
  /** Conversations of care teams in which something waits, and how many of them past their time. */
  owed: count,
  overdue: count,
  /** Since when the one waits that waits longest, to the minute. */
  oldest: z.exactOptional(instant),
});
export type QueueAge = z.infer<typeof queueAgeFields>;

export const queueAgeRecord = defineRecord({ name: QUEUE_AGE, schemaVersion: 1, fields: queueAgeFields });
