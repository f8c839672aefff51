// The form of a rule, between what is typed and what is kept.

import type { JsonObject } from '../../../base/json.ts';
import { isShort, TRIGGERS } from '../../scheduled-message/schema.ts';
import type { Trigger } from '../../scheduled-message/schema.ts';
import { DELAY_DAYS_MOST } from '../schema.ts';
import type { Automation, Rule } from '../schema.ts';
import type { AutomationWord } from '../words/catalogue.ts';

export type RuleForm = {
  /** The rule that is being changed, and what it said as that began; none for a new one. */
  readonly id: string | null;
  readonly seen: Rule | null;
  readonly trigger: Trigger;
  /** Null while what stands there is no number. */
  readonly delayDays: number | null;
  readonly body: string;
};

export const NEW_RULE: RuleForm = { id: null, seen: null, trigger: 'answer-overdue', delayDays: 0, body: '' };

export type RuleFaults = { readonly delayDays?: AutomationWord; readonly body?: AutomationWord };

/** What is missing or cannot be. */
export function faultsOf({ delayDays, body }: RuleForm): RuleFaults {
  const isDays = delayDays !== null && Number.isInteger(delayDays) && delayDays >= 0 && delayDays <= DELAY_DAYS_MOST;
  const fault =
    body.trim() === '' ? 'automation.body.empty' : isShort(body.trim()) ? undefined : 'automation.body.long';
  return { ...(!isDays && { delayDays: 'automation.delay.fault' }), ...(fault && { body: fault }) };
}

/** What a rule says of itself, without when it was turned on. */
export function ruleOf({ trigger, delayDays, body, isOn, member }: Automation): Rule {
  return { trigger, delayDays, body, isOn, ...(member !== undefined && { member }) };
}

export function formOf(rule: Automation & { readonly id: string }): RuleForm {
  const { id, trigger, delayDays, body } = rule;
  return { id, seen: ruleOf(rule), trigger, delayDays, body };
}

/** What a form has to have seen where its rule was changed meanwhile: that as it stands. */
export function seenAnew(
  { id, seen }: RuleForm,
  rules: readonly (Automation & { id: string })[],
): Pick<RuleForm, 'seen'> {
  const now = rules.find((one) => one.id === id);
  return { seen: now === undefined ? seen : ruleOf(now) };
}

/** The rule of a form without faults; one that is changed stays on or off, and whose it is. */
export function ruleIn({ trigger, delayDays, body, seen }: RuleForm, member: string | undefined): Rule {
  const whose = seen ? seen.member : member;
  const said = { trigger, delayDays: delayDays ?? 0, body: body.trim() };
  return { ...said, isOn: seen?.isOn ?? true, ...(whose !== undefined && { member: whose }) };
}

/** What was left in the form; null where it is none of this release. */
export function formIn({ id, seen, trigger, delayDays, body }: JsonObject): RuleForm | null {
  const known = TRIGGERS.find((one) => one === trigger);
  if (known === undefined || typeof body !== 'string') return null;
  const isChange = typeof id === 'string' && seen !== null && typeof seen === 'object';
  const days = typeof delayDays === 'number' ? delayDays : null;
  return { id: isChange ? id : null, seen: isChange ? (seen as Rule) : null, trigger: known, delayDays: days, body };
}
