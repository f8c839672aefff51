import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam, isOffice } from '../spaces.ts';

const officeOrTeam: Rule = (p, relations, resource) =>
  resource.space.startsWith('office:') && (isOffice(p) || isCareTeam(p, relations, resource));

/** Office and care team keep them alike; clients and other providers do not see them. */
export const contactPolicy: Policy = {
  read: officeOrTeam,
  create: officeOrTeam,
  update: officeOrTeam,
  delete: officeOrTeam,
};
