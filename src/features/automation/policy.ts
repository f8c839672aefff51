import type { Policy, Rule } from '../../sync/core/policy.ts';
import { PRACTICE } from '../space-names.ts';
import { isOffice, isProvider, isStaff } from '../spaces.ts';

/** All staff know the rules. The practice's are the office's to decide, a provider's own his; which of them it is the act says. */
const decides: Rule = (p, _, { space }) => space === PRACTICE && (isOffice(p) || isProvider(p));

export const automationPolicy: Policy = {
  read: (p, _, { space }) => space === PRACTICE && isStaff(p),
  create: decides,
};
