import type { Policy, Rule } from '../../sync/core/policy.ts';
import { userOf } from '../space-names.ts';
import { isManager, isProvider } from '../spaces.ts';

/** Its author's alone, and only of those who may write to many. To whom he may write the server asks when it takes it up. */
const own: Rule = (p, _, { space }) => space === userOf(p.memberId) && (isProvider(p) || isManager(p));

export const broadcastPolicy: Policy = { read: own, create: own, update: own };

export const progressPolicy: Policy = { read: own };
