import type { Policy } from '../../sync/core/policy.ts';

/** Names and roles of staff are for every signed-in member. */
export const memberPolicy: Policy = { read: () => true };
