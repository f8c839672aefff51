import type { Policy } from '../../sync/core/policy.ts';
import { isManager } from '../spaces.ts';

/** Every signed-in member reads what is asked; owner and admins decide it. What was decided is never changed. */
export const entryKindPolicy: Policy = { read: () => true, create: isManager };
