import type { Policy } from '../../sync/core/policy.ts';
import { isCareTeam, isOffice } from '../spaces.ts';

/** The office and the care team know who the clients are; other providers do not. */
export const clientPolicy: Policy = {
  read: (p, relations, resource) => isOffice(p) || isCareTeam(p, relations, resource),
};

/** As the client's own row: who cares for whom is seen by the same people. */
export const careTeamPolicy: Policy = { ...clientPolicy };
