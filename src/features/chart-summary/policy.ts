import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam } from '../spaces.ts';

const teamAlone: Rule = (p, relations, r) => r.space.startsWith('staff:') && isCareTeam(p, relations, r);

/**
 * security.md 1.3, "Chart notes, diagnoses": the care team's to read and to write. The office gets no word of it, the client what is
 * released to her, which nothing here is. Nothing is removed: what was wrong says so.
 */
export const summaryPolicy: Policy = { read: teamAlone, create: teamAlone, update: teamAlone };

/** As what it says is not there. */
export const nilKnownPolicy: Policy = { read: teamAlone, create: teamAlone };
