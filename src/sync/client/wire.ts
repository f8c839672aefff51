// The device's side of the wire: one POST, parsed, with every failure as one of three typed errors. Weather passes by
// itself, a sign-in needs the person, a `WireError` is an answer to act on.

import * as z from 'zod/mini';
import type { JsonObject } from '../../base/json.ts';
import { countUse } from './data-use.ts';
import { errorBody } from '../core/error-body.ts';
import type { ErrorCode } from '../core/error-body.ts';

/** Offline, a timeout, a server away or busy. `retryAfterMs` is what the server asked for. */
export class Weather extends Error {
  override readonly name = 'Weather';
  readonly retryAfterMs: number | null;
  constructor(retryAfterMs: number | null = null) {
    super('no answer for now');
    this.retryAfterMs = retryAfterMs;
  }
}

/** Nobody is signed in here, or somebody else. Nothing is lost; sending waits. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded';
}

/** The server understood and said no. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: ErrorCode;
  readonly expected: number | undefined;
  constructor(code: ErrorCode, expected?: number) {
    super(code);
    this.code = code;
    this.expected = expected;
  }
}

const TIMEOUT_MS = 60_000;
const COMPRESS_FROM_BYTES = 1024;

export type Post = <T>(path: string, body: JsonObject, answer: z.ZodMiniType<T>) => Promise<T>;

/** How a request leaves the page, and as much of the answer as is looked at. */
export type Send = (path: string, init: RequestInit) => Promise<Pick<Response, 'ok' | 'status' | 'headers' | 'json'>>;
type Answer = Awaited<ReturnType<Send>>;

/** Posts to this origin with the session cookie. Throws `Weather`, `SignInNeeded` or `WireError`. */
export const post: Post = postBy((path, init) => fetch(path, init));

/** The same by another way to the server; in one process it needs neither a limit of time nor compression. */
export function postBy(send: Send, { bare = false }: { bare?: boolean } = {}): Post {
  return async (path, body, answer) => {
    const asked = bare ? bareRequest(body) : await request(body);
    const response = await attempt(send, path, asked);
    countUse('sent', sizeOf(asked.body));
    if (!response.ok) throw await failureOf(response);
    countUse('received', Number(response.headers.get('content-length') ?? 0));
    return parse(response, answer);
  };
}

const sizeOf = (body: RequestInit['body']): number =>
  body instanceof Blob ? body.size : typeof body === 'string' ? body.length : 0;

async function attempt(send: Send, path: string, init: RequestInit): Promise<Answer> {
  try {
    return await send(path, init);
  } catch {
    throw new Weather();
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

function bareRequest(body: JsonObject): RequestInit {
  return { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) };
}

async function request(body: JsonObject): Promise<RequestInit> {
  const text = JSON.stringify(body);
  const compressed = text.length >= COMPRESS_FROM_BYTES && typeof CompressionStream !== 'undefined';
  const headers = { ...JSON_TYPE, ...(compressed && { 'content-encoding': 'gzip' }) };
  const bytes = compressed ? await gzip(text) : text;
  return { method: 'POST', headers, body: bytes, signal: AbortSignal.timeout(TIMEOUT_MS), credentials: 'same-origin' };
}

function gzip(text: string): Promise<Blob> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(stream).blob();
}

/** What an answer that is no success means. */
export async function failureOf(response: Answer): Promise<Error> {
  if (response.status >= 500) return new Weather();
  const body = await response.json().then(
    (json: unknown) => z.safeParse(errorBody, json),
    () => null,
  );
  // An answer that is not ours (a hotel's sign-in page, a proxy) is weather, not a verdict.
  if (body === null || !body.success) return new Weather();
  const { code, expected } = body.data.error;
  if (code === 'slow-down') return new Weather(Number(response.headers.get('retry-after') ?? 0) * 1000);
  if (response.status === 401) return new SignInNeeded();
  return new WireError(code, expected);
}

async function parse<T>(response: Answer, answer: z.ZodMiniType<T>): Promise<T> {
  const json: unknown = await response.json().catch(() => {
    throw new Weather();
  });
  const parsed = z.safeParse(answer, json);
  if (!parsed.success) throw new Weather();
  return parsed.data;
}
