import type { Policy, Rule } from '../../sync/core/policy.ts';
import { userOf } from '../space-names.ts';
import { isCareTeam, isSelf, isStaff } from '../spaces.ts';

const selfOrTeam: Rule = (p, relations, r) => isSelf(p, relations, r) || isCareTeam(p, relations, r);
const authorSelf: Rule = (p, relations, r) => isSelf(p, relations, r) && r.author === p.memberId;

/** security.md 1.3, "Journal": the client reads and writes, the care team reads; nobody changes what was sent. */
export const journalEntryPolicy: Policy = { read: selfOrTeam, create: isSelf };

/** Only who wrote an entry may word it anew. `author` is the entry's. */
export const journalRevisionPolicy: Policy = { read: selfOrTeam, create: authorSelf };

export const journalCommentPolicy: Policy = { read: selfOrTeam, create: selfOrTeam };

const authorTeam: Rule = (p, relations, r) => isCareTeam(p, relations, r) && r.author === p.memberId;

/** Who marked it by mistake, or many at once, takes it back; the client is then told again that it is not read yet. */
export const journalReviewPolicy: Policy = { read: selfOrTeam, create: isCareTeam, delete: authorTeam };

/** Whoever added the file. `author` is that of the entry or comment that names it. */
export const journalGivenUpPolicy: Policy = {
  read: selfOrTeam,
  create: (p, relations, r) => selfOrTeam(p, relations, r) && r.author === p.memberId,
};

export const journalReactionPolicy: Policy = { read: selfOrTeam, create: isCareTeam, delete: authorTeam };

const teamAlone: Rule = (p, relations, r) => r.space.startsWith('staff:') && isCareTeam(p, relations, r);

/** Goes with the review that it was made with. */
export const journalNoReplyPolicy: Policy = { read: teamAlone, create: teamAlone };

const own: Rule = (p, _, { space }) => isStaff(p) && space === userOf(p.memberId);

export const journalSnoozePolicy: Policy = { read: own, create: own, delete: own };

/** The client's to choose; the care team knows which one holds. */
export const journalReceiptsPolicy: Policy = { read: selfOrTeam, create: isSelf };
