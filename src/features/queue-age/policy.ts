import type { Policy } from '../../sync/core/policy.ts';
import { MANAGERS } from '../space-names.ts';
import { isManager } from '../spaces.ts';

/** Owner and admins read it; the server alone writes it. */
export const queueAgePolicy: Policy = { read: (p, _, { space }) => isManager(p) && space === MANAGERS };
