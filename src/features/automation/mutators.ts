import * as z from 'zod/mini';
import { canonicalJson } from '../../base/json.ts';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id } from '../fields.ts';
import { PRACTICE } from '../space-names.ts';
import { AUTOMATION, ruleFields } from './schema.ts';
import type { Automation, Rule } from './schema.ts';

const MEMBER = 'member';

/**
 * Makes a rule, words it anew, or turns it off or on. `seen` is what stood there before: what somebody else has decided meanwhile is not
 * written over. Turned on, it holds for what happens from then on. A provider's own the office may turn off, and no more.
 */
export const decide = defineMutator({
  name: 'automation.decide',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, id, rule: ruleFields, seen: z.optional(ruleFields) }),
  reads: (a) => [
    { type: AUTOMATION, id: a.id },
    { type: MEMBER, id: a.by },
  ],
  resource: (a) => ({ type: AUTOMATION, id: a.id, space: PRACTICE, author: a.by }),
  run(tx, { id: automation, by, rule, seen }, { now }) {
    const before = tx.get(AUTOMATION, automation)?.fields as Automation | undefined;
    const isOwn = mayDecide(tx, by, rule) && (before === undefined || mayDecide(tx, by, before));
    if (!isOwn && !(before && isOffice(tx, by) && isTurnedOff(before, rule))) return { code: 'not-allowed' };
    if (canonicalJson(before ? ruleOf(before) : null) !== canonicalJson(seen ?? null))
      return { code: 'changed', where: 'seen' };
    const isNew = before === undefined || !before.isOn || before.trigger !== rule.trigger;
    const since = before === undefined || (rule.isOn && isNew) ? now : before.since;
    if (before === undefined) tx.insert(AUTOMATION, { id: automation, space: PRACTICE, fields: { ...rule, since } });
    else tx.update(AUTOMATION, automation, { ...rule, since });
    return undefined;
  },
});

const ruleOf = ({ since: _, ...rule }: Automation): Rule => rule;

/** A provider's own is his; the practice's is the office's. */
function mayDecide(tx: Tx, by: string, { member }: Pick<Rule, 'member'>): boolean {
  return member === undefined ? isOffice(tx, by) : member === by && hasRole(tx, by, ['provider']);
}

const isOffice = (tx: Tx, by: string): boolean => hasRole(tx, by, ['owner', 'admin', 'support']);

function hasRole(tx: Tx, by: string, wanted: readonly string[]): boolean {
  const roles = tx.get(MEMBER, by)?.fields['roles'];
  return Array.isArray(roles) && wanted.some((role) => roles.includes(role));
}

/** That and nothing else: whose it is may not be there any more to do it. */
function isTurnedOff(before: Automation, rule: Rule): boolean {
  return before.isOn && canonicalJson({ ...ruleOf(before), isOn: false }) === canonicalJson(rule);
}
