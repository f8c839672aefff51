import type { Policy } from '../../sync/core/policy.ts';
import { isManager } from '../spaces.ts';

/** Every signed-in member reads when the practice answers; owner and admins decide it. What was decided is never changed. */
export const officeHoursPolicy: Policy = { read: () => true, create: isManager };
