import type { Policy } from '../../sync/core/policy.ts';

/** Every signed-in member reads it: name and crisis help are for all. */
export const practicePolicy: Policy = { read: () => true };
