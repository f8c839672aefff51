// The conversations of a client [Communication]: one with the care team, in the chart, and one with the front desk, in a space
// of its own. What is said is a document beside the row (`doc.ts`). A conversation's id comes from whose it is, so that two who
// begin it without a network begin the same one.

import * as z from 'zod/mini';
import { namedId } from '../../base/named-id.ts';
import { defineRecord } from '../../sync/core/declare.ts';
import type { Space } from '../../sync/core/record.ts';
import { id, instant } from '../fields.ts';
import { chartOf, deskOf } from '../space-names.ts';
import { handOverFields, headFields } from './schema-head.ts';
import type { Head } from './schema-head.ts';

export const CONVERSATION = 'chatConversation';
export const HEAD = 'chatHead';
export const MARK = 'chatMark';
export const HAND_OVER = 'chatHandOver';

/** Every client has one of each, begun or not. */
export const CONVERSATION_KINDS = ['care-team', 'front-desk'] as const;
export type ConversationKind = (typeof CONVERSATION_KINDS)[number];

export const conversationIdOf = (client: string, kind: ConversationKind): string => namedId(`chat ${kind} ${client}`);
export const markIdOf = (member: string, conversation: string): string =>
  namedId(`chat mark ${member} ${conversation}`);

/** Where it lies, which says who reads it. */
export function spaceOfKind(client: string, kind: ConversationKind): Space {
  return kind === 'care-team' ? chartOf(client) : deskOf(client);
}

const conversationFields = z.object({
  client: id,
  kind: z.enum(CONVERSATION_KINDS),
  startedAt: instant,
  /** It has ended for all, and why; null once it is open again. */
  closed: z.optional(z.nullable(z.object({ by: id, at: instant, reason: z.string() }))),
});
export type Conversation = z.infer<typeof conversationFields>;

export const conversationRecord = defineRecord({
  name: CONVERSATION,
  schemaVersion: 1,
  fields: conversationFields,
  index: { ref: 'client' },
});

/** Follows the conversation's document, under the conversation's id: what a list shows without opening it. The relay alone writes it. */
export const headRecord = defineRecord({ name: HEAD, schemaVersion: 1, fields: headFields });

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
