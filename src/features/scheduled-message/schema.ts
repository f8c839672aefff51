// A message that goes later [CommunicationRequest]: written now, said by the server at its time, with its writer as the author.
// It lies where its author's side alone reads it, never in the conversation: the other side learns of it when it has gone.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import type { Space } from '../../sync/core/record.ts';
import { BEGUN_KINDS, STANDING_KINDS } from '../chat/schema.ts';
import type { ConversationKind } from '../chat/schema.ts';
import { id, instant, zone } from '../fields.ts';
import { officeOf, staffOf, userOf } from '../space-names.ts';

export const SCHEDULED = 'scheduledMessage';

/** As many as a message may have; and as many bytes, with what stands beside them in it: letters of some languages weigh more. */
export const SCHEDULED_MAX = 4000;
const SCHEDULED_BYTES = 7600;

/** Short enough to be said when it goes. */
export const isShort = (body: string): boolean =>
  body.length <= SCHEDULED_MAX && bytesIn(JSON.stringify(body)) <= SCHEDULED_BYTES;

/** In UTF-8. */
function bytesIn(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const point = letter.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Nobody means a message for later than this: a year that was mistyped is found before it is waited for. */
export const DAYS_AHEAD_MOST = 366;

/** `running`: the server has taken it up, and nobody changes it any more. */
const SCHEDULED_STATES = ['planned', 'running', 'done', 'cancelled', 'failed'] as const;

/**
 * Why one did not go: its author is no member any more, the client was archived, the conversation is closed or turned off, or it is no
 * place of his now.
 */
const FAILURES = ['left', 'archived', 'closed', 'off', 'not-allowed'] as const;
export type Failure = (typeof FAILURES)[number];

/** What a rule follows: a client comes into care, her answer is overdue, the front desk has handed something on for her. */
export const TRIGGERS = ['came-into-care', 'answer-overdue', 'handed-over'] as const;
export type Trigger = (typeof TRIGGERS)[number];

export const kind = z.enum([...STANDING_KINDS, ...BEGUN_KINDS]);

const scheduledFields = z.object({
  /** The membership of who wrote it; the practice's id of what it says by itself. */
  author: id,
  conversation: id,
  kind,
  /** Whose conversation it is, or about whom; of some that are begun none. */
  client: z.optional(id),
  /** Empty once it has gone: it stands in the conversation then. */
  body: z.string().check(z.refine(isShort, 'too long')),
  /** The message that it answers. */
  replyTo: z.optional(id),
  sendAt: instant,
  /** In which its author chose that time. */
  zone,
  /** When it was worded last: what came after that it answers nothing of. */
  writtenAt: instant,
  status: z.enum(SCHEDULED_STATES),
  reason: z.optional(z.nullable(z.enum(FAILURES))),
  /** Who cancelled it: he alone takes that back. */
  cancelledBy: z.optional(z.nullable(id)),
  /** The rule by which the practice says it by itself, what that follows (`about`), and the member in whose name. */
  automation: z.optional(z.object({ rule: id, trigger: z.enum(TRIGGERS), about: id, member: z.optional(id) })),
  /** The part of the conversation in which it is tried first: bound before that, so that it is said once. */
  segment: z.optional(z.number().check(z.int(), z.gte(1))),
});
export type Scheduled = z.infer<typeof scheduledFields>;

export const scheduledRecord = defineRecord({
  name: SCHEDULED,
  schemaVersion: 1,
  fields: scheduledFields,
  index: { ref: 'conversation' },
});

interface Meant {
  readonly kind: ConversationKind;
  readonly client?: string | undefined;
  readonly author: string;
}

/** Where one lies: what goes to a client is known to those who answer her beside its author; all else is his own. */
export function spaceOfScheduled({ kind: to, client, author }: Meant): Space {
  if (to === 'care-team' && client !== undefined) return staffOf(client);
  if (to === 'front-desk' && client !== undefined) return officeOf(client);
  return userOf(author);
}

/** It can still be changed, sent and cancelled. One that did not go can be given another time. */
export const isOpen = ({ status }: Pick<Scheduled, 'status'>): boolean => status === 'planned' || status === 'failed';
