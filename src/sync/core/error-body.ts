// What a server says instead of an answer: a code of a closed list. Apart from the rest of the wire, because a page needs it before
// it needs any of that.

import * as z from 'zod/mini';

export const ERROR_CODES = [
  'bad-request',
  'not-signed-in',
  'wrong-person',
  'forbidden-origin',
  'not-found',
  'gap',
  'device-forked',
  'epoch-changed',
  'cursor-too-old',
  'too-large',
  'invalid',
  'client-too-old',
  /** The client is of a later release than the server: it waits, and so does what it holds. */
  'server-too-old',
  'slow-down',
  /** For files: the sender, the space or the disk has as much as it may have, for now. */
  'no-room',
  'try-again',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const errorBody = z.object({
  error: z.object({
    code: z.enum(ERROR_CODES),
    message: z.string(),
    where: z.optional(z.string()),
    expected: z.optional(z.number().check(z.int(), z.gte(0))),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;
