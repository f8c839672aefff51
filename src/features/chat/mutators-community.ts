// What the staff of a community do about who takes part: clients are asked, colleagues taken in, and either taken out.

import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id } from '../fields.ts';
import { chartOf, communityOf } from '../space-names.ts';
import { isStaff } from '../spaces.ts';
import { INVITATION, invitationIdOf, PARTICIPANT, participantIdOf, signerOf } from './schema-community.ts';
import type { Participant } from './schema-community.ts';
import { CONVERSATION } from './schema.ts';

const CLIENT = 'client';
const MEMBER = 'member';
const NOT_ALLOWED = { code: 'not-allowed' } as const;

/** `member`: a membership. */
const inCommunity = { ...authored, conversation: id, member: id };
const own = (a: { conversation: string; by: string }) => ({
  type: PARTICIPANT,
  id: participantIdOf(a.conversation, a.by),
});
const theirs = (a: { conversation: string; member: string }) => ({
  type: PARTICIPANT,
  id: participantIdOf(a.conversation, a.member),
});

/** Asks a client of one's own care team to a community; anew also who was taken out. */
export const ask = defineMutator({
  name: 'chat.ask',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...inCommunity, client: id }),
  reads: (a) => [
    ...[own(a), { type: CONVERSATION, id: a.conversation }],
    ...[
      { type: CLIENT, id: a.client },
      { type: INVITATION, id: invitationIdOf(a.conversation, a.client) },
    ],
  ],
  resource: (a) => ({
    ...{ type: INVITATION, id: invitationIdOf(a.conversation, a.client) },
    ...{ space: chartOf(a.client), author: a.by },
  }),
  run(tx, a) {
    const { conversation, client, member } = a;
    const topic = tx.get(CONVERSATION, conversation)?.fields['topic'];
    const who = tx.get(CLIENT, client)?.fields;
    if (typeof topic !== 'string' || !isStaffOf(tx, a)) return NOT_ALLOWED;
    if (who?.['memberId'] !== member) return { code: 'not-there', where: 'member' };
    const invitation = invitationIdOf(conversation, client);
    if (tx.get(INVITATION, invitation) !== undefined) {
      tx.update(INVITATION, invitation, { withdrawn: null });
      return undefined;
    }
    // Only the server knows a client's sign-in.
    const user = who['userId'];
    const fields = { client, conversation, topic, member, ...(typeof user === 'string' && { signer: signerOf(user) }) };
    tx.insert(INVITATION, { id: invitation, space: chartOf(client), fields });
    return undefined;
  },
});

/**
 * Takes a colleague into a community. Judged as its beginning is, with which it may be sent: that the author is in it, his own place says.
 */
export const takeIn = defineMutator({
  name: 'chat.takeIn',
  version: 1,
  verb: 'create',
  args: z.strictObject(inCommunity),
  reads: (a) => [own(a), theirs(a), { type: MEMBER, id: a.member }],
  resource: (a) => ({
    ...{ type: CONVERSATION, id: a.conversation },
    ...{ space: communityOf(a.conversation), author: a.by },
  }),
  run(tx, a) {
    if (!isStaffOf(tx, a)) return NOT_ALLOWED;
    const fields = staffFields(tx, a);
    if (fields === null) return { code: 'not-there', where: 'member' };
    if (tx.get(PARTICIPANT, theirs(a).id) !== undefined) tx.update(PARTICIPANT, theirs(a).id, fields);
    else tx.insert(PARTICIPANT, { id: theirs(a).id, space: communityOf(a.conversation), fields });
    return undefined;
  },
});

/**
 * Takes somebody out: nothing more of it comes to him. A client's invitation is withdrawn with it. Refused as `not-there` of who is out
 * already.
 */
export const takeOut = defineMutator({
  name: 'chat.takeOut',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...authored, conversation: id, participant: id, invitation: z.optional(id) }),
  reads: (a) => [
    ...[own(a), { type: PARTICIPANT, id: a.participant }],
    ...(a.invitation === undefined ? [] : [{ type: INVITATION, id: a.invitation }]),
  ],
  resource(a, tx) {
    const found = tx.get(PARTICIPANT, a.participant);
    const isOfIt = found?.fields['conversation'] === a.conversation && found.fields['invitation'] === a.invitation;
    if (found === undefined || !isOfIt) return { code: 'not-there', where: 'participant' };
    return { type: PARTICIPANT, id: found.id, space: found.space, author: found.by };
  },
  run(tx, a) {
    // Who goes himself leaves, and says who stays.
    if (!isStaffOf(tx, a) || a.participant === own(a).id) return NOT_ALLOWED;
    // Who has left by himself was taken out by nobody, who could take that back.
    if (tx.get(PARTICIPANT, a.participant)?.fields['left']) return { code: 'not-there', where: 'participant' };
    tx.update(PARTICIPANT, a.participant, { left: a.at, outBy: a.by });
    // On the device of who is not on her care team it is not there.
    if (a.invitation !== undefined && tx.get(INVITATION, a.invitation) !== undefined)
      tx.update(INVITATION, a.invitation, { withdrawn: true });
    return undefined;
  },
});

/** Takes back that one has taken somebody out. Who has left by himself comes back by himself, or is asked anew: refused as `not-there`. */
export const putBack = defineMutator({
  name: 'chat.putBack',
  version: 1,
  verb: 'update',
  args: takeOut.args,
  reads: (a) => takeOut.reads(a),
  resource: (a, tx) => takeOut.resource(a, tx),
  run(tx, a) {
    if (!isStaffOf(tx, a)) return NOT_ALLOWED;
    if (tx.get(PARTICIPANT, a.participant)?.fields['outBy'] !== a.by)
      return { code: 'not-there', where: 'participant' };
    tx.update(PARTICIPANT, a.participant, { left: null, outBy: null });
    if (a.invitation !== undefined && tx.get(INVITATION, a.invitation) !== undefined)
      tx.update(INVITATION, a.invitation, { withdrawn: null });
    return undefined;
  },
});

function isStaffOf(tx: Tx, a: { conversation: string; by: string }): boolean {
  const { side, left } = (tx.get(PARTICIPANT, own(a).id)?.fields ?? {}) as Partial<Participant>;
  return side === 'staff' && !left;
}

function staffFields(tx: Tx, { conversation, member }: { conversation: string; member: string }) {
  const { userId, roles } = tx.get(MEMBER, member)?.fields ?? {};
  const isColleague = Array.isArray(roles) && isStaff({ roles: roles as string[] });
  if (!isColleague || typeof userId !== 'string') return null;
  return { conversation, member, signer: signerOf(userId), side: 'staff', left: null, outBy: null };
}
