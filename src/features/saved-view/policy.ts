import type { Policy, Rule } from '../../sync/core/policy.ts';
import { userOf } from '../space-names.ts';
import { isStaff } from '../spaces.ts';

const own: Rule = (p, _, { space }) => isStaff(p) && space === userOf(p.memberId);

/** Each one's own, among the staff; clients have no such list. */
export const savedViewPolicy: Policy = { read: own, create: own, delete: own };
