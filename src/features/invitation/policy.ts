import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam, isOfficeOf } from '../spaces.ts';

const officeOrTeam: Rule = (p, relations, resource) =>
  resource.space.startsWith('office:') && (isOfficeOf(p, relations, resource) || isCareTeam(p, relations, resource));

/** The office and the care team invite whom they know; she herself has it in a letter or on paper. */
export const invitationPolicy: Policy = { read: officeOrTeam, create: officeOrTeam, update: officeOrTeam };
