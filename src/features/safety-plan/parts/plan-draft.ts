// What is typed of a plan, and what a form had kept of it. It keeps how far the device had news when it was opened: words typed
// yesterday are a change of what stood there yesterday.

import type { JsonObject } from '../../../base/json.ts';
import type { PlanText } from '../queries.ts';
import { PLAN_PARTS } from '../schema.ts';
import type { PlanPart, PlanParts } from '../schema.ts';

export type TypedPlan = Readonly<Record<PlanPart, string>>;

export type PlanDraft = {
  readonly typed: TypedPlan;
  /** What stood there when the form was opened. */
  readonly seen: TypedPlan;
  readonly base: number;
};

/** Ids of drafts lie in the clear on the disk: they name nobody. */
export const planDraftId = (client: string) => `safety-plan:${client}`;

export const typedOf = (text: PlanText): TypedPlan => eachPart((part) => text[part] ?? '');

/** The parts that differ from what was seen; `null` where one was emptied. */
export function changesOf({ typed, seen }: Pick<PlanDraft, 'typed' | 'seen'>): PlanParts {
  const changed = PLAN_PARTS.filter((part) => typed[part].trim() !== seen[part].trim());
  return Object.fromEntries(changed.map((part) => [part, typed[part].trim() === '' ? null : typed[part].trim()]));
}

export function asPlanDraft({ typed, seen, base }: JsonObject): PlanDraft | null {
  const [written, known] = [asTyped(typed), asTyped(seen)];
  return written === null || known === null || typeof base !== 'number' ? null : { typed: written, seen: known, base };
}

function asTyped(value: JsonObject[string]): TypedPlan | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const parts = value as JsonObject;
  return eachPart((part) => (typeof parts[part] === 'string' ? parts[part] : ''));
}

const eachPart = (of: (part: PlanPart) => string) =>
  Object.fromEntries(PLAN_PARTS.map((part) => [part, of(part)])) as Record<PlanPart, string>;
