import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam, isOfficeOfDesk, isOwnDesk, isSelf } from '../spaces.ts';

/**
 * Files lie where what names them lies: in a chart with entries, comments and messages, at the front desk with messages. Whoever writes there
 * puts them there, and whoever reads there reads them. What opens one is in what names it.
 */
const isOfSpace: Rule = (p, relations, r) => {
  if (r.space.startsWith('chart:')) return isSelf(p, relations, r) || isCareTeam(p, relations, r);
  if (!r.space.startsWith('desk:')) return false;
  return isOwnDesk(p, relations, r) || isCareTeam(p, relations, r) || isOfficeOfDesk(p, relations, r);
};

export const filePolicy: Policy = { read: isOfSpace, create: isOfSpace };
