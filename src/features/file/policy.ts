import type { Policy } from '../../sync/core/policy.ts';
import { isCareTeam, isSelf } from '../spaces.ts';

/** Files of a chart: the client puts them there, with entries; the care team reads them. What opens them is in the entries. */
export const filePolicy: Policy = {
  read: (p, relations, r) => isSelf(p, relations, r) || isChartOfTeam(p, relations, r),
  create: isSelf,
};

const isChartOfTeam: NonNullable<Policy['read']> = (p, relations, r) =>
  r.space.startsWith('chart:') && isCareTeam(p, relations, r);
