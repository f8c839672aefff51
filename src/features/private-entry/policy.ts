import type { Policy, Rule } from '../../sync/core/policy.ts';
import { userOf } from '../space-names.ts';

const own: Rule = (p, _, { space }) => p.roles.includes('client') && space === userOf(p.memberId);

/** The person's alone, whatever relations anybody has to her. Of entries and of the ways to their key alike. */
export const privateEntryPolicy: Policy = { read: own, create: own, delete: own };
