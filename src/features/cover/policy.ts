import type { Policy, Rule } from '../../sync/core/policy.ts';
import { PRACTICE } from '../space-names.ts';
import { caseloadOf, isManager, isOfCaseload, isProvider, isStaff } from '../spaces.ts';

const agrees: Rule = (p, _, { space }) => space === PRACTICE && (isProvider(p) || isManager(p));

/** All staff know who stands in for whom. Providers agree on it among themselves, owner and admins settle it; which of them, the act says. */
export const coverPolicy: Policy = {
  read: (p, _, { space }) => space === PRACTICE && isStaff(p),
  create: agrees,
  update: agrees,
};

/** For the clients whose primary provider is away, and for himself. */
export const coverNoticePolicy: Policy = {
  read: (p, relations, r) => (isProvider(p) && r.space === caseloadOf(p.memberId)) || isOfCaseload(p, relations, r),
};
