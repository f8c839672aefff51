// What follows a conversation: the head that the relay writes, and what the front desk hands over.

import * as z from 'zod/mini';
import { id, instant, zone } from '../fields.ts';

const count = z.number().check(z.int(), z.gte(0));

/** A message of the client's that nobody has answered: when it came, whether its words sort first, whether they were old by then. */
const yes = z.optional(z.literal(true));
const waiting = z.object({ message: id, at: instant, risk: yes, late: yes });
export type Waiting = z.infer<typeof waiting>;

export const headFields = z.object({
  /** The newest part of the conversation's document, and how far that has come. */
  segment: count,
  seq: count,
  /** How many messages each has written, by who. */
  counts: z.record(z.string(), count),
  /** The newest message: no word of it, since what is taken back must not stand here. `cameAt` is the server's time. */
  last: z.optional(z.object({ id, by: z.string(), at: instant, cameAt: instant })),
  /** When the newest message of each came to the server, by who: two may write in one moment. */
  came: z.optional(z.record(z.string(), instant)),
  /** Who was mentioned lately, by which row: by whom, and when that came. */
  mentioned: z.optional(z.record(id, z.object({ by: z.string(), at: instant }))),
  /** What the client has said since the staff last did, the first one first; not all of many. */
  waiting: z.optional(z.array(waiting)),
  /** When somebody of the staff said something last. */
  answeredAt: z.optional(instant),
});
export type Head = z.infer<typeof headFields>;

export const QUOTES_MOST = 20;
export const QUOTE_MAX = 4000;

/** Words of the thread, as they were said there. `media`: so many photos and voice notes with them, or instead of them. */
export const quoted = z
  .strictObject({
    by: z.string().check(z.maxLength(100)),
    at: instant,
    body: z.string().check(z.maxLength(QUOTE_MAX)),
    media: z.optional(z.number().check(z.int(), z.gte(1))),
  })
  .check(z.refine(({ body, media }) => body.trim() !== '' || media !== undefined, 'empty'));
export type Quoted = z.infer<typeof quoted>;

export const handOverFields = z.object({
  client: id,
  /** The message that was handed over, in the thread with the front desk. */
  message: id,
  at: instant,
  zone,
  /** It and what went before it. Only in the care team's thread. */
  quotes: z.optional(z.array(quoted)),
  /** Its words sort first. */
  risk: z.optional(z.literal(true)),
});
export type HandOver = z.infer<typeof handOverFields>;
