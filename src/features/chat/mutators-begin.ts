// Conversations that somebody begins, beside the two that every client has.

import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id, words } from '../fields.ts';
import { communityOf } from '../space-names.ts';
import { CONVERSATION, spaceOfBegun, TOPIC_MAX } from './schema.ts';
import { PARTICIPANT, participantIdOf, signerOf } from './schema-community.ts';
import { CHAT_SETTING, settingIdOf } from './schema-setting.ts';

/** Made for it: the ids of conversations that stand can be told from whose they are, and are nobody's to take. */
const freshId = id.check(z.refine((one) => one[14] === '7', 'not a new id'));
const begun = { ...authored, id: freshId, topic: z.optional(words(TOPIC_MAX)) };

/**
 * Begins a conversation under a new id: `direct` with a client and one of her care team, of whom one is the author; `staff` about a
 * client with her care team, or about nobody with all staff; `community`, in which the author is the first of the staff. Refused as `not-allowed` to a client where the practice has not decided
 * that clients begin, and as `already-there` under an id that is in use.
 */
export const begin = defineMutator({
  name: 'chat.begin',
  version: 1,
  verb: 'create',
  args: z.discriminatedUnion('kind', [
    z.strictObject({ ...begun, kind: z.literal('direct'), client: id, member: id }),
    z.strictObject({ ...begun, kind: z.literal('staff'), client: z.optional(id) }),
    z.strictObject({ ...begun, kind: z.literal('community'), topic: words(TOPIC_MAX) }),
  ]),
  reads: (a) => [
    { type: CONVERSATION, id: a.id },
    { type: CHAT_SETTING, id: settingIdOf(undefined) },
    ...(a.kind === 'community'
      ? [
          { type: MEMBER, id: a.by },
          { type: PARTICIPANT, id: participantIdOf(a.id, a.by) },
        ]
      : []),
  ],
  resource: (a) => ({ type: CONVERSATION, id: a.id, space: spaceOfBegun(a), author: a.by }),
  run(tx, a) {
    if (tx.isDeleted(CONVERSATION, a.id)) return { code: 'deleted' };
    if (tx.get(CONVERSATION, a.id) !== undefined) return { code: 'already-there', where: 'id' };
    // In a direct space there are two, so that who is not the member is the client.
    const isClients = a.kind === 'direct' && a.by !== a.member;
    if (isClients && tx.get(CHAT_SETTING, settingIdOf(undefined))?.fields['clientsBegin'] !== true)
      return { code: 'not-allowed' };
    if (a.kind === 'community' && !firstIn(tx, a)) return { code: 'not-allowed' };
    const { by: _by, zone: _zone, id: conversation, at, ...rest } = a;
    tx.insert(CONVERSATION, { id: conversation, space: spaceOfBegun(a), fields: { ...rest, startedAt: at } });
    return undefined;
  },
});

const MEMBER = 'member';

/** Puts the author into the community that he begins; false where he is none of the staff. */
function firstIn(tx: Tx, { id: conversation, by }: { id: string; by: string }): boolean {
  const user = tx.get(MEMBER, by)?.fields['userId'];
  if (typeof user !== 'string') return false;
  const fields = { conversation, member: by, signer: signerOf(user), side: 'staff', left: null };
  const [participant, space] = [participantIdOf(conversation, by), communityOf(conversation)];
  tx.insert(PARTICIPANT, { id: participant, space, fields });
  return true;
}
