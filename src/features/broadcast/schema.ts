// One text to many clients, to each in a conversation of her own [CommunicationRequest]. Who gets it is frozen when it is confirmed,
// and lies where its author alone reads it: no client learns who else was written to.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant, words } from '../fields.ts';

export const BROADCAST = 'broadcast';
export const PROGRESS = 'broadcastProgress';

export const BROADCAST_MAX = 4000;
export const RECIPIENTS_MOST = 5000;
/** From the confirmation on, by the server's clock. */
export const UNDO_MS = 60_000;

/** Whom its author meant: all active clients, his own, or those he chose. */
export const AUDIENCES = ['active', 'own', 'chosen'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const broadcastKind = z.enum(['care-team', 'front-desk']);
export const recipientIds = z.array(id).check(z.minLength(1), z.maxLength(RECIPIENTS_MOST));

const broadcastFields = z.object({
  body: words(BROADCAST_MAX),
  /** In which conversation of each client. */
  kind: broadcastKind,
  audience: z.enum(AUDIENCES),
  recipients: recipientIds,
  /** Until then nothing is sent. */
  sendAt: instant,
  cancelledAt: z.optional(instant),
});
export type Broadcast = z.infer<typeof broadcastFields>;

export const broadcastRecord = defineRecord({ name: BROADCAST, schemaVersion: 1, fields: broadcastFields });

const count = z.number().check(z.int(), z.gte(0));

const progressFields = z.object({
  status: z.enum(['scheduled', 'sending', 'sent', 'cancelled']),
  total: count,
  sent: count,
  /** Who is not open to its author any more, or is no active client. */
  leftOut: count,
});
export type BroadcastProgress = z.infer<typeof progressFields>;

/** How far it has come, under the same id. Written by the server alone. */
export const progressRecord = defineRecord({ name: PROGRESS, schemaVersion: 1, fields: progressFields });
