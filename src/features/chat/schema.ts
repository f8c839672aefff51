// Conversations [Communication]. Two of each client stand for good: one with the care team, in the chart, and one with the front
// desk; their ids come from whose they are, so that two who begin one without a network begin the same. Others are begun, of a topic
// and as many as are wanted: between a client and one of her care team, among staff, and of several clients. Where one lies says
// who takes part (ADR 28). What is said is a document beside the row (`doc.ts`).

import * as z from 'zod/mini';
import { namedId } from '../../base/named-id.ts';
import { defineRecord } from '../../sync/core/declare.ts';
import type { Space } from '../../sync/core/record.ts';
import { id, instant, words } from '../fields.ts';
import { chartOf, clientKey, communityOf, deskOf, directOf, memberKey, PRACTICE, staffOf } from '../space-names.ts';
import { handOverFields, headFields } from './schema-head.ts';
import type { Head } from './schema-head.ts';

export const CONVERSATION = 'chatConversation';
export const HEAD = 'chatHead';
export const MARK = 'chatMark';
export const HAND_OVER = 'chatHandOver';

/** Every client has one of each, begun or not. */
export const STANDING_KINDS = ['care-team', 'front-desk'] as const;
export type StandingKind = (typeof STANDING_KINDS)[number];
/** Between a client and one of her care team; among staff, about a client or about none; of several clients and staff. */
export const BEGUN_KINDS = ['direct', 'staff', 'community'] as const;
export type BegunKind = (typeof BEGUN_KINDS)[number];
export type ConversationKind = StandingKind | BegunKind;

/** In which a client waits for an answer of the staff. */
export const ANSWERED_KINDS = [...STANDING_KINDS, 'direct'] as const;
export type AnsweredKind = (typeof ANSWERED_KINDS)[number];

export const isAnswered = (kind: ConversationKind): kind is AnsweredKind => ANSWERED_KINDS.some((one) => one === kind);
export const isStanding = (kind: ConversationKind): kind is StandingKind => STANDING_KINDS.some((one) => one === kind);

export const TOPIC_MAX = 120;

export const conversationIdOf = (client: string, kind: StandingKind): string => namedId(`chat ${kind} ${client}`);
export const markIdOf = (member: string, conversation: string): string =>
  namedId(`chat mark ${member} ${conversation}`);

/** Where it lies, which says who reads it. */
export function spaceOfKind(client: string, kind: StandingKind): Space {
  return kind === 'care-team' ? chartOf(client) : deskOf(client);
}

/** Where one that is begun lies: what staff say about a client with her care team, about nobody with all staff; a community by itself. */
export function spaceOfBegun(of: Begun): Space {
  if (of.kind === 'community') return communityOf(of.id);
  if (of.kind === 'direct') return directOf(of.client, of.member);
  return of.client === undefined ? PRACTICE : staffOf(of.client);
}
export type Begun =
  | { readonly kind: 'direct'; readonly client: string; readonly member: string }
  | { readonly kind: 'staff'; readonly client?: string | undefined }
  | { readonly kind: 'community'; readonly id: string };

const conversationFields = z.object({
  /** Whose, or about whom; of a community, and of what staff say about nobody, none. */
  client: z.optional(id),
  kind: z.enum([...STANDING_KINDS, ...BEGUN_KINDS]),
  /** Of a direct one: with whom of the care team. */
  member: z.optional(id),
  topic: z.optional(words(TOPIC_MAX)),
  startedAt: instant,
  /** It has ended for all, and why; null once it is open again. */
  closed: z.optional(z.nullable(z.object({ by: id, at: instant, reason: z.string() }))),
});
export type Conversation = z.infer<typeof conversationFields>;

export const conversationRecord = defineRecord({
  name: CONVERSATION,
  schemaVersion: 2,
  fields: conversationFields,
  index: { ref: 'client' },
  upcast: (fields) => fields,
  // An earlier release knows the two that stand.
  downcast: (fields) => (isStanding((fields as Conversation).kind) ? fields : null),
  relations: ({ fields: { kind, client, member } }) =>
    kind !== 'direct' || client === undefined || member === undefined ? [] : directTuples(client, member),
});

/** The client goes on reading what was said where he leaves her care team; and his devices are those that "have it". */
function directTuples(client: string, member: string) {
  return [
    { object: clientKey(client), relation: 'direct', subject: memberKey(member) },
    { object: directOf(client, member), relation: 'staff', subject: memberKey(member) },
  ];
}

/** Follows the conversation's document, under the conversation's id: what a list shows without opening it. The relay alone writes it. */
export const headRecord = defineRecord({
  name: HEAD,
  schemaVersion: 1,
  fields: headFields,
  // A client's update makes it move too: who wrote is said by sign-ins alone.
  hidesAuthor: true,
  // What waits, and whose words sort first, is for who answers.
  project: ({ waiting, ...rest }, { roles }) => {
    const isClients = roles.includes('client') || roles.includes('prospect');
    return { ...rest, ...(waiting && !isClients && { waiting }) };
  },
});

/** What the front desk has given on to the care team; without the words where it stands in the desk's own thread. */
export const handOverRecord = defineRecord({
  name: HAND_OVER,
  schemaVersion: 1,
  fields: handOverFields,
  index: { ref: 'client' },
});

const markFields = z.object({
  conversation: id,
  others: z.number().check(z.int(), z.gte(0)),
  /** When the newest message came that stood there as it was put away: what comes later brings it back. */
  archived: z.optional(z.nullable(z.string())),
});
export type Mark = z.infer<typeof markFields>;

/** What a member has seen of a conversation, and whether he has put it away, on whichever of his devices; in his own space. */
export const markRecord = defineRecord({ name: MARK, schemaVersion: 1, fields: markFields });

/** How many messages in it are not this member's. */
export function othersIn(head: Head | undefined, me: string): number {
  return Object.entries(head?.counts ?? {}).reduce((sum, [by, said]) => (by === me ? sum : sum + said), 0);
}
