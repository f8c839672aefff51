import type { Policy, Rule } from '../../sync/core/policy.ts';
import { isCareTeam, isSelf } from '../spaces.ts';

const selfOrTeam: Rule = (p, relations, r) => isSelf(p, relations, r) || isCareTeam(p, relations, r);
const authorSelf: Rule = (p, relations, r) => isSelf(p, relations, r) && r.author === p.memberId;

/** security.md 1.3, "Journal": the client reads and writes, the care team reads; nobody changes what was sent. */
export const journalEntryPolicy: Policy = { read: selfOrTeam, create: isSelf };

/** Only who wrote an entry may word it anew. `author` is the entry's. */
export const journalRevisionPolicy: Policy = { read: selfOrTeam, create: authorSelf };

export const journalCommentPolicy: Policy = { read: selfOrTeam, create: selfOrTeam };

export const journalReviewPolicy: Policy = { read: selfOrTeam, create: isCareTeam };
