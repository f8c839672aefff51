// A rule by which the practice says something by itself [PlanDefinition]: what happens, how long after it, and the words. What it
// comes to for each client is a message that is planned where her care team sees it and can stop it (`scheduled-message`).

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import type { StandingKind } from '../chat/schema.ts';
import { id, instant, words } from '../fields.ts';
import { isShort, SCHEDULED_MAX } from '../scheduled-message/schema.ts';
import type { Trigger } from '../scheduled-message/schema.ts';
import { TRIGGERS } from '../scheduled-message/schema.ts';

export const AUTOMATION = 'automation';

export const DELAY_DAYS_MOST = 90;

export const ruleFields = z.strictObject({
  trigger: z.enum(TRIGGERS),
  delayDays: z.number().check(z.int(), z.gte(0), z.lte(DELAY_DAYS_MOST)),
  body: words(SCHEDULED_MAX).check(z.refine(isShort, 'too long')),
  isOn: z.boolean(),
  /** Of a provider for those whose primary provider he is, and in his name; else of the practice, for all active clients. */
  member: z.optional(id),
});
export type Rule = z.infer<typeof ruleFields>;

/** `since`: what happened before is none of its business. */
const automationFields = z.object({ ...ruleFields.shape, since: instant });
export type Automation = z.infer<typeof automationFields>;

export const automationRecord = defineRecord({ name: AUTOMATION, schemaVersion: 1, fields: automationFields });

/** In which conversation of the client it is said: where the front desk has handed something on, there. */
export const kindOf = (trigger: Trigger): StandingKind => (trigger === 'handed-over' ? 'front-desk' : 'care-team');
