// Who takes part in a community, and which clients were asked to one. A client is in it by her own act alone, and is called there as
// she has said.

import * as z from 'zod/mini';
import { namedId } from '../../base/named-id.ts';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant, words } from '../fields.ts';
import { clientKey, communityOf, memberKey } from '../space-names.ts';
import { TOPIC_MAX } from './schema.ts';

export const PARTICIPANT = 'chatParticipant';
export const INVITATION = 'chatInvitation';
export const NAME_MAX = 40;

export const participantIdOf = (conversation: string, member: string): string =>
  namedId(`chat participant ${conversation} ${member}`);
export const invitationIdOf = (conversation: string, client: string): string =>
  namedId(`chat invitation ${conversation} ${client}`);

/** What the sign-in of who has signed a message is in the rows of a community. */
export const signerOf = (user: string): string => namedId(`chat signer ${user}`);

const participantFields = z.object({
  conversation: id,
  /** The membership; as a field of the row it never leaves the server. */
  member: z.optional(id),
  /** By which those of the community know whose a message is: rows say no client's sign-in. */
  signer: id,
  side: z.enum(['staff', 'client']),
  /** How a client is called there: what she has consented to. Staff go by their names. */
  name: z.optional(words(NAME_MAX)),
  left: z.optional(z.nullable(instant)),
  /** Who has taken him out, and may take that back; of who has left by himself nobody. */
  outBy: z.optional(z.nullable(id)),
  /** By which a client came in; for the staff, who withdraw it as they take her out. */
  invitation: z.optional(id),
});
export type Participant = z.infer<typeof participantFields>;

/** One who takes part, or did: what was said keeps its name. Lies in the community's own space. */
export const participantRecord = defineRecord({
  name: PARTICIPANT,
  schemaVersion: 1,
  fields: participantFields,
  index: { ref: 'conversation' },
  // A client writes her place herself: its author is her membership.
  hidesAuthor: true,
  relations: ({ fields: { conversation, member, left } }) =>
    left || member === undefined
      ? []
      : [{ object: communityOf(conversation), relation: 'participant', subject: memberKey(member) }],
  project: (fields, { roles }) => {
    const { member: _member, invitation, outBy, ...rest } = fields;
    if (roles.includes('client')) return rest;
    return { ...rest, ...(invitation && { invitation }), ...(outBy && { outBy }) };
  },
});

const invitationFields = z.object({
  client: id,
  conversation: id,
  topic: words(TOPIC_MAX),
  /** Her membership and what she signs by, as the server has looked them up. */
  member: id,
  signer: z.optional(id),
  withdrawn: z.optional(z.nullable(z.literal(true))),
});
export type Invitation = z.infer<typeof invitationFields>;

/** A client was asked to a community. Lies in her own chart. */
export const invitationRecord = defineRecord({
  name: INVITATION,
  schemaVersion: 1,
  fields: invitationFields,
  index: { ref: 'client' },
  relations: ({ fields: { client, conversation, withdrawn } }) =>
    withdrawn ? [] : [{ object: clientKey(client), relation: 'asked', subject: communityOf(conversation) }],
});
