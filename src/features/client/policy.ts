import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam, isOffice, isProvider } from '../spaces.ts';
import { officeOf } from '../space-names.ts';

/** That she is a client of this practice, the acts ask: whom somebody has just taken on has no relations yet. */
const officeOrTeam: Rule = (p, relations, resource) =>
  resource.space.startsWith('office:') && (isOffice(p) || isCareTeam(p, relations, resource));

/**
 * The office and the care team know who the clients are, and correct it; other providers do not. The office takes on new ones, and a
 * provider his own: whose they are to be, the act says.
 */
export const clientPolicy: Policy = {
  read: officeOrTeam,
  create: (p, _, { space, id }) => space === officeOf(id) && (isOffice(p) || isProvider(p)),
  update: officeOrTeam,
};

/** How her care begins and ends: office and care team; what of it is clinical, the act says. */
export const statusChangePolicy: Policy = {
  read: officeOrTeam,
  create: officeOrTeam,
};

/**
 * As the client's own row: who cares for whom is seen by the same people. It is settled by the office and the care team; what each of them
 * may settle (`practice.md` 10 and 11), the act says.
 */
export const careTeamPolicy: Policy = { read: officeOrTeam, update: officeOrTeam };
