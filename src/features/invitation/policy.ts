import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam, isOffice } from '../spaces.ts';

const officeOrTeam: Rule = (p, relations, resource) =>
  resource.space.startsWith('office:') && (isOffice(p) || isCareTeam(p, relations, resource));

/** That she is a client of this practice, the act asks. The office and the care team invite whom they know; she herself has it in a letter or on paper. */
export const invitationPolicy: Policy = { read: officeOrTeam, create: officeOrTeam, update: officeOrTeam };
