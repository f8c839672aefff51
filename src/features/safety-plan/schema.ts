import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant, words, zone } from '../fields.ts';

export const PART_MAX = 4000;

/** The steps of a safety plan in their order, as Stanley and Brown have them: each is tried before the next. */
export const PLAN_PARTS = ['signs', 'alone', 'distraction', 'people', 'professionals', 'surroundings'] as const;
export type PlanPart = (typeof PLAN_PARTS)[number];

/** `null` is what somebody emptied; absent is what nobody has written. */
const part = z.optional(z.nullable(words(PART_MAX)));
const parts = { signs: part, alone: part, distraction: part, people: part, professionals: part, surroundings: part };

/** Parts of the plan: in a change, only those that were changed. */
export const planParts = z.strictObject(parts);
export type PlanParts = z.infer<typeof planParts>;

const planFields = z.object({ client: id, ...parts });
export type SafetyPlan = z.infer<typeof planFields>;

/** What to do when it gets hard [CarePlan], one a client under her own id; two who write one part offline leave both wordings. */
export const safetyPlanRecord = defineRecord({
  name: 'safetyPlan',
  schemaVersion: 1,
  merges: true,
  // Without it a device would say that there is none, and have it written again over what she relies on.
  keptAlways: true,
  fields: planFields,
});

const revisionFields = z.object({ client: id, parts: planParts, at: instant, zone });
export type SafetyPlanRevision = z.infer<typeof revisionFields>;

/** One change of it, only ever added: who wrote which part, and what it said. */
export const safetyPlanRevisionRecord = defineRecord({
  name: 'safetyPlanRevision',
  schemaVersion: 1,
  fields: revisionFields,
  index: { ref: 'client', time: 'at' },
});
