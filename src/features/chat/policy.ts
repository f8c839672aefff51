import type { JsonObject } from '../../base/json.ts';
import type { ItemAsk } from '../../sync/core/doc-kind.ts';
import type { Policy, Rule } from '../../sync/core/policy.ts';
import { clientKey, clientOfSpace, directIn, PRACTICE, PUBLIC, userOf } from '../space-names.ts';
import {
  isAskedToCommunity,
  isCareTeam,
  isChatOff,
  isManager,
  isOfCommunity,
  isOfficeOfDesk,
  isOpenDirect,
  isSelf,
  isStaff,
  talksIn,
} from '../spaces.ts';
import { CHAT_OFF, CHAT_OFF_SINCE } from './schema-setting.ts';

/** Where a conversation lies says who takes part in it: the one rule for all kinds. */
const takesPart: Rule = talksIn;

const staffTakesPart: Rule = (p, relations, r) => isStaff(p) && takesPart(p, relations, r);

/** With who is not on the client's care team any more nothing is begun, and nothing more is said. */
const isOpen: Rule = (_, relations, { space }) => !space.startsWith('direct:') || isOpenDirect(relations, space);

/** Whoever takes part may begin it; the staff of it end it and open it again; nobody removes it. */
export const conversationPolicy: Policy = {
  read: takesPart,
  create(p, relations, r) {
    // A new community is anybody's of the staff: nobody takes part in it before there is one.
    if (r.space.startsWith('community:')) return isStaff(p);
    return takesPart(p, relations, r) && isOpen(p, relations, r);
  },
  update: staffTakesPart,
};

/** The staff of the front desk's thread hand over out of it; what they hand over is read in either thread by who takes part there. */
export const handOverPolicy: Policy = {
  read: takesPart,
  create: (p, relations, r) => r.space.startsWith('desk:') && staffTakesPart(p, relations, r),
};

/** The client and her care team read who answers; the server alone writes it. */
export const passedOnPolicy: Policy = {
  read: (p, relations, r) => r.space.startsWith('chart:') && takesPart(p, relations, r),
};

/** Written by the relay alone. */
export const headPolicy: Policy = { read: takesPart };

/** What is said in it: what each may write in which part of it is the kind's table. */
export const chatPolicy: Policy = { read: takesPart, update: takesPart };

/** Who may say something: not where conversations are turned off. What each keeps for himself, as how far he has read, goes on. */
export const maySay: Rule = (p, relations, r) => isOpen(p, relations, r) && !isChatOff(p, relations, r);

/** A client's own words that were written before the staff turned her conversations off are delivered all the same, however late. */
export function maySayStill({ principal, relations, resource }: ItemAsk, { at }: JsonObject): boolean {
  if (isStaff(principal) || !isOpen(principal, relations, resource) || relations.has('practice', CHAT_OFF, 'practice'))
    return false;
  const client = directIn(resource.space)?.client ?? clientOfSpace(resource.space);
  const since = client === null ? [] : relations.subjectsOf(clientKey(client), CHAT_OFF_SINCE);
  return typeof at === 'string' && since.some((subject) => at < subject.replace(/^at:/, ''));
}

/**
 * Who takes part in a community knows who does. A client comes in by herself, where she was asked. Who is in it may leave; that only its
 * staff take in and out is said by the mutators.
 */
export const participantPolicy: Policy = {
  read: isOfCommunity,
  create: isAskedToCommunity,
  // Who was taken out meanwhile has still left by himself, and is not put back.
  update: (p, relations, r) => isOfCommunity(p, relations, r) || r.author === p.memberId,
};

/** Her care team asks a client: she and it know that she was. */
export const invitationPolicy: Policy = {
  read: (p, relations, r) => isSelf(p, relations, r) || (r.space.startsWith('chart:') && isCareTeam(p, relations, r)),
  create: (p, relations, r) => r.space.startsWith('chart:') && isCareTeam(p, relations, r),
};

/** Everybody whom it concerns reads it. The practice's is owner's and admins' to decide; a client's also her care team's. */
export const settingPolicy: Policy = {
  read: (p, relations, r) => r.space === PUBLIC || (r.space.startsWith('desk:') && takesPart(p, relations, r)),
  create(p, relations, r) {
    if (r.space === PUBLIC) return isManager(p);
    if (!r.space.startsWith('desk:')) return false;
    return isCareTeam(p, relations, r) || (isManager(p) && isOfficeOfDesk(p, relations, r));
  },
};

const own: Rule = (p, _, { space }) => space === userOf(p.memberId);

export const markPolicy: Policy = { read: own, create: own };

const ownOfStaff: Rule = (p, relations, r) => isStaff(p) && own(p, relations, r);
const ofPractice: Rule = (p, _, { space }) => isStaff(p) && space === PRACTICE;
const keepsReply: Rule = (p, relations, r) =>
  ownOfStaff(p, relations, r) || (ofPractice(p, relations, r) && isManager(p));

/** Replies to be put into messages: each of the staff keeps his own; those of the practice all staff read, and owner and admins keep. */
export const savedReplyPolicy: Policy = {
  read: (p, relations, r) => ownOfStaff(p, relations, r) || ofPractice(p, relations, r),
  create: keepsReply,
  delete: keepsReply,
};
