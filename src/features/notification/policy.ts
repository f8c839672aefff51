import type { Policy, Rule } from '../../sync/core/policy.ts';
import { userOf } from '../space-names.ts';

const own: Rule = (p, _, { space }) => space === userOf(p.memberId);

/** Everybody's own, whatever the role. */
export const notificationPolicy: Policy = { read: own, create: own };
