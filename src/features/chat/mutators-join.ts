// What who takes part in a community does for himself: comes in, and goes.

import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id, words } from '../fields.ts';
import type { Member } from '../member/schema.ts';
import { communityOf } from '../space-names.ts';
import { isStaff } from '../spaces.ts';
import { INVITATION, invitationIdOf, NAME_MAX, PARTICIPANT, participantIdOf } from './schema-community.ts';
import type { Invitation, Participant } from './schema-community.ts';
import { CONVERSATION } from './schema.ts';

const MEMBER = 'member';

/**
 * A client who was asked joins a community, under the name that she gives: the others are told that and nothing else of her. Once in,
 * it changes that name. Refused as `not-there` to who was not asked, or is not any more, and as `closed` where it has ended.
 */
export const join = defineMutator({
  name: 'chat.join',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, conversation: id, client: id, name: words(NAME_MAX) }),
  reads: (a) => [
    { type: INVITATION, id: invitationIdOf(a.conversation, a.client) },
    { type: PARTICIPANT, id: participantIdOf(a.conversation, a.by) },
    { type: CONVERSATION, id: a.conversation },
  ],
  resource: (a) => ({
    ...{ type: PARTICIPANT, id: participantIdOf(a.conversation, a.by) },
    ...{ space: communityOf(a.conversation), author: a.by },
  }),
  run(tx, { by, conversation, client, name }) {
    const invitation = invitationIdOf(conversation, client);
    const asked = tx.get(INVITATION, invitation)?.fields as Invitation | undefined;
    const isAsked = asked?.signer !== undefined && asked.member === by && !asked.withdrawn;
    if (!isAsked) return { code: 'not-there', where: 'conversation' };
    if (tx.get(CONVERSATION, conversation)?.fields['closed']) return { code: 'closed' };
    const participant = participantIdOf(conversation, by);
    const { signer } = asked;
    const here = { conversation, member: by, signer, side: 'client', name, invitation };
    const fields = { ...here, left: null, outBy: null };
    if (tx.get(PARTICIPANT, participant) !== undefined) tx.update(PARTICIPANT, participant, fields);
    else tx.insert(PARTICIPANT, { id: participant, space: communityOf(conversation), fields });
    return undefined;
  },
});

/**
 * Leaves a community: nothing more of it comes, what was said there stays. A client who was asked can join again. One of the staff names a
 * colleague's membership who stays (`staying`): the last of them does not leave clients among themselves, and is refused as `not-allowed`.
 */
export const leave = defineMutator({
  name: 'chat.leave',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...authored, conversation: id, staying: z.optional(id) }),
  reads: (a) => [
    { type: PARTICIPANT, id: participantIdOf(a.conversation, a.by) },
    ...(a.staying === undefined ? [] : staysBy(a.conversation, a.staying)),
  ],
  resource(a, tx) {
    const found = tx.get(PARTICIPANT, participantIdOf(a.conversation, a.by));
    if (found === undefined) return { code: 'not-there', where: 'conversation' };
    // His own place, whoever has taken him in.
    return { type: PARTICIPANT, id: found.id, space: found.space, author: a.by };
  },
  run(tx, { by, conversation, at, staying }) {
    const own = participantIdOf(conversation, by);
    const isStaffs = tx.get(PARTICIPANT, own)?.fields['side'] === 'staff';
    const stays = staying !== undefined && staying !== by && isStaffIn(tx, { conversation, member: staying });
    if (isStaffs && !stays) return { code: 'not-allowed', where: 'staying' };
    tx.update(PARTICIPANT, own, { left: at, outBy: null });
    return undefined;
  },
});

/** Where it stands that a colleague stays: in his place, and in that he is still of the practice. */
const staysBy = (conversation: string, member: string) => [
  { type: PARTICIPANT, id: participantIdOf(conversation, member) },
  { type: MEMBER, id: member },
];

function isStaffIn(tx: Tx, { conversation, member }: { conversation: string; member: string }): boolean {
  const place = tx.get(PARTICIPANT, participantIdOf(conversation, member))?.fields as Participant | undefined;
  const colleague = tx.get(MEMBER, member)?.fields as Member | undefined;
  return place?.side === 'staff' && !place.left && colleague !== undefined && isStaff(colleague);
}
