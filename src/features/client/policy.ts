import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam, isOffice, isOfficeOf, isProvider } from '../spaces.ts';
import { officeOf } from '../space-names.ts';

const officeOrTeam: Rule = (p, relations, resource) => isOffice(p) || isCareTeam(p, relations, resource);

/**
 * The office and the care team know who the clients are, and correct it; other providers do not. The office takes on new ones, and a
 * provider his own: whose they are to be, the act says.
 */
export const clientPolicy: Policy = {
  read: officeOrTeam,
  create: (p, _, { space, id }) => space === officeOf(id) && (isOffice(p) || isProvider(p)),
  update: (p, relations, resource) => isOfficeOf(p, relations, resource) || isCareTeam(p, relations, resource),
};

/** As the client's own row: who cares for whom is seen by the same people. */
export const careTeamPolicy: Policy = { read: officeOrTeam };
