import type { Policy } from '../../sync/core/policy.ts';
import { caseloadOf, isOfCaseload, isProvider } from '../spaces.ts';
import type { Rule } from '../../sync/core/policy.ts';

const own: Rule = (p, _, { space }) => isProvider(p) && space === caseloadOf(p.memberId);

/** A provider says it for himself; the clients whose primary provider he is read it. */
export const awayPolicy: Policy = {
  read: (p, relations, r) => own(p, relations, r) || isOfCaseload(p, relations, r),
  create: own,
};
