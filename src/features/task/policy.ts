import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam } from '../spaces.ts';

/** The care team's alone, and never in a space that the client reads. */
const teamAlone: Rule = (p, relations, r) => r.space.startsWith('staff:') && isCareTeam(p, relations, r);

export const taskPolicy: Policy = { read: teamAlone, create: teamAlone, update: teamAlone };
