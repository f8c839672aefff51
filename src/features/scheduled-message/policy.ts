import type { Policy, Rule } from '../../sync/core/policy.ts';
import { userOf } from '../space-names.ts';
import { isCareTeam, isOfficeOf, isStaff } from '../spaces.ts';

/**
 * The author's side alone: her care team of what goes to a client from it, the front desk too of what goes from there, and of all else
 * its author. Whether he may say it the server asks when it goes.
 */
const ofAuthorsSide: Rule = (p, relations, r) => {
  if (r.space.startsWith('staff:')) return isCareTeam(p, relations, r);
  if (r.space.startsWith('office:')) return isOfficeOf(p, relations, r) || isCareTeam(p, relations, r);
  return isStaff(p) && r.space === userOf(p.memberId);
};

export const scheduledPolicy: Policy = { read: ofAuthorsSide, create: ofAuthorsSide, update: ofAuthorsSide };
