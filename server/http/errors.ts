// Refusals on the wire: a code of the closed list and fixed words, never a stack, never data. Whatever else is thrown is
// a bug or weather of the server's own, and leaves as `try-again`.

import type { ErrorBody, ErrorCode } from '../../src/sync/core/error-body.ts';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-person': 401,
  'forbidden-origin': 403,
  'not-found': 404,
  gap: 409,
  'device-forked': 409,
  'epoch-changed': 409,
  'cursor-too-old': 409,
  'too-large': 413,
  invalid: 422,
  'client-too-old': 426,
  'server-too-old': 409,
  'slow-down': 429,
  'no-room': 409,
  'try-again': 503,
};

const WORDS: Readonly<Record<ErrorCode, string>> = {
  'bad-request': 'The request could not be read.',
  'not-signed-in': 'Sign in first.',
  'wrong-person': 'Another person is signed in.',
  'forbidden-origin': 'Requests from this origin are not taken.',
  'not-found': 'There is nothing here for you.',
  gap: 'A number is missing.',
  'device-forked': 'Another device has used these numbers.',
  'epoch-changed': 'The server was restored or replaced.',
  'cursor-too-old': 'This device was away for too long and has to fetch anew.',
  'too-large': 'This is too large.',
  invalid: 'The body does not have the expected form.',
  'client-too-old': 'This version of the app is too old.',
  'server-too-old': 'This server is older than the app.',
  'slow-down': 'Too many requests.',
  'no-room': 'There is no room for this now.',
  'try-again': 'Not now. Try again soon.',
};

export interface RefusalDetail {
  /** Path of what is invalid, as `mutations.0.n`. */
  readonly where?: string;
  /** The number wanted, with `gap`. */
  readonly expected?: number;
  /** Seconds, for `Retry-After`. */
  readonly retryAfter?: number;
}

/** Thrown by a route to answer with a refusal; `refusalResponse` makes the answer. */
export class HttpRefusal extends Error {
  readonly code: ErrorCode;
  readonly detail: RefusalDetail;

  constructor(code: ErrorCode, detail: RefusalDetail = {}) {
    super(code);
    this.name = 'HttpRefusal';
    this.code = code;
    this.detail = detail;
  }
}

/** The answer that carries a refusal; `status` only where it is not the code's usual one. */
export function refusalResponse(
  code: ErrorCode,
  { where, expected, retryAfter }: RefusalDetail = {},
  status: number = STATUS[code],
): Response {
  const body: ErrorBody = {
    error: {
      code,
      message: WORDS[code],
      ...(where !== undefined && { where }),
      ...(expected !== undefined && { expected }),
    },
  };
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) };
  return Response.json(body, { status, headers });
}
