// A direct conversation whose member answers no more: that he does not, who does, and whether something waits. The words stay between
// the two; that somebody waits is the care team's. Lies in the client's chart, and the server alone writes it.

import * as z from 'zod/mini';
import { namedId } from '../../base/named-id.ts';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant } from '../fields.ts';
import type { Waiting } from './schema-head.ts';

export const PASSED_ON = 'chatPassedOn';

export const passedOnIdOf = (conversation: string): string => namedId(`chat passed on ${conversation}`);

const passedOnFields = z.object({
  client: id,
  conversation: id,
  /** Who answered there. */
  member: id,
  /** Since when the care team answers instead: of what waits there, since when it waits for them. */
  at: instant,
  /** No provider is left on the care team: nobody answers instead. */
  nobody: z.optional(z.literal(true)),
  /** The first message that waited for him, and since when. */
  waiting: z.optional(z.object({ message: id, since: instant, risk: z.optional(z.literal(true)) })),
});
export type PassedOn = z.infer<typeof passedOnFields>;

export const passedOnRecord = defineRecord({
  name: PASSED_ON,
  schemaVersion: 1,
  fields: passedOnFields,
  index: { ref: 'client' },
  // Whose words sort first is for who answers.
  project: (fields, { roles }) => {
    if (fields.waiting === undefined || !roles.includes('client')) return fields;
    const { risk: _, ...waiting } = fields.waiting;
    return { ...fields, waiting };
  },
});

/** What of it waits in the care team's conversation, since it came to them. */
export function asWaiting({ at, waiting }: PassedOn): Waiting[] {
  if (waiting === undefined) return [];
  return [{ message: waiting.message, at, ...(waiting.risk && { risk: true }) }];
}
