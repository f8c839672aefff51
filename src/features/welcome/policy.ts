import type { Policy } from '../../sync/core/policy.ts';
import { isOffice, isStaff } from '../spaces.ts';

/** The office words it, all staff read it; clients have it as a message. */
export const welcomePolicy: Policy = { read: isStaff, create: isOffice };
