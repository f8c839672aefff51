import type { Policy, Rule } from '../../sync/core/policy.ts';
import { userOf } from '../space-names.ts';
import { isCareTeam, isOfficeOfDesk, isOwnDesk, isSelf, isStaff } from '../spaces.ts';

/** In the chart the client and her care team; at the front desk the office too, and who is no client yet. */
const takesPart: Rule = (p, relations, r) => {
  if (r.space.startsWith('chart:')) return isSelf(p, relations, r) || isCareTeam(p, relations, r);
  if (!r.space.startsWith('desk:')) return false;
  return isOwnDesk(p, relations, r) || isCareTeam(p, relations, r) || isOfficeOfDesk(p, relations, r);
};

const staffTakesPart: Rule = (p, relations, r) => isStaff(p) && takesPart(p, relations, r);

/** Whoever takes part may begin it; the staff of it end it and open it again; nobody removes it. */
export const conversationPolicy: Policy = { read: takesPart, create: takesPart, update: staffTakesPart };

/** The staff of the front desk's thread hand over out of it; what they hand over is read in either thread by who takes part there. */
export const handOverPolicy: Policy = {
  read: takesPart,
  create: (p, relations, r) => r.space.startsWith('desk:') && staffTakesPart(p, relations, r),
};

/** Written by the relay alone. */
export const headPolicy: Policy = { read: takesPart };

/** What is said in it: what each may write in which part of it is the kind's table. */
export const chatPolicy: Policy = { read: takesPart, update: takesPart };

const own: Rule = (p, _, { space }) => space === userOf(p.memberId);

export const markPolicy: Policy = { read: own, create: own };
