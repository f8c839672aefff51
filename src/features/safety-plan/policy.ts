import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam, isSelf } from '../spaces.ts';

const selfOrTeam: Rule = (p, relations, r) => isSelf(p, relations, r) || isCareTeam(p, relations, r);

/**
 * practice.md 6 and 10: the client and her care team read the plan and write it together. Office, other providers and other clients
 * never get a word of it.
 */
export const safetyPlanPolicy: Policy = { read: selfOrTeam, create: selfOrTeam };

/** Written with a change of the plan only, and never changed. */
export const safetyPlanRevisionPolicy: Policy = { read: selfOrTeam };
