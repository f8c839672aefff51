import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam, isOfficeOf } from '../spaces.ts';

/** The care team's alone, or the front desk's, which the care team shares; never in a space that the client reads. */
const staffs: Rule = (p, relations, r) => {
  if (r.space.startsWith('staff:')) return isCareTeam(p, relations, r);
  return r.space.startsWith('office:') && (isOfficeOf(p, relations, r) || isCareTeam(p, relations, r));
};

export const taskPolicy: Policy = { read: staffs, create: staffs, update: staffs };
