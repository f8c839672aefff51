import type { Policy } from '../../sync/core/policy.ts';
import { isCareTeam, isSelf } from '../spaces.ts';

/** Files of a chart: the client puts them there, with entries, and the care team, with comments; both read them. What opens them is in the rows that name them. */
export const filePolicy: Policy = {
  read: (p, relations, r) => isSelf(p, relations, r) || isChartOfTeam(p, relations, r),
  create: (p, relations, r) => isSelf(p, relations, r) || isChartOfTeam(p, relations, r),
};

const isChartOfTeam: NonNullable<Policy['read']> = (p, relations, r) =>
  r.space.startsWith('chart:') && isCareTeam(p, relations, r);
