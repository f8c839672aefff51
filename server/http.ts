// The HTTP house: what holds for every request, whatever route answers it. Origin before anything that changes, refusals
// as JSON of one closed list, the app's files and screens where no route answers, the same headers on all. It knows no
// route of its own but `/healthz`; `mount` adds the others.

import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { compressed } from './http/encoding.ts';
import { HttpRefusal, refusalResponse } from './http/errors.ts';
import { isServerPath, securityHeaders, withHeaders } from './http/headers.ts';
import { isRead } from './http/origin.ts';
import type { OriginRule } from './http/origin.ts';
import type { StaticFiles } from './http/static.ts';
import type { Log } from './log.ts';
import type { Health } from './store/health.ts';

export interface HttpParts {
  readonly publicUrl: string;
  readonly version: string;
  readonly origin: OriginRule;
  readonly log: Log;
  readonly health: () => Promise<Health>;
  /** The built app; null serves none. */
  readonly files: StaticFiles | null;
  /** Adds the routes of the API and of sync. */
  readonly mount: (app: Hono) => void;
}

/** `env` is what the server says of the connection; its `incoming` knows the peer's address. */
export type Fetch = (request: Request, env?: object) => Promise<Response>;

const SIGN_IN_BYTES = 64 * 1024;

/** Composes the house around the mounted routes. The answer never throws: a bug leaves as `500 try-again`. */
export function createHttp(parts: HttpParts): Fetch {
  const app = new Hono();
  app.use('*', (c, next) => logged(parts.log, c, next));
  app.use('*', (c, next) => {
    if (!isRead(c.req.method) && !isOneClick(c.req.path) && !parts.origin.allows(c.req.header('origin')))
      throw new HttpRefusal('forbidden-origin');
    return next();
  });
  app.use('/api/auth/*', bodyLimit({ maxSize: SIGN_IN_BYTES, onError: () => refusalResponse('too-large') }));
  app.get('/healthz', async () => answerHealth(await parts.health(), parts.version));
  parts.mount(app);
  app.notFound((c) => parts.files?.answer(c.req.raw) ?? refusalResponse('not-found'));
  app.onError((error, c) => answerError(parts.log, error, c));
  const headers = securityHeaders(parts.publicUrl);
  return async (request, env) => {
    const { pathname } = new URL(request.url);
    const answer = await app.fetch(request, env);
    const encoded = isServerPath(pathname) ? await compressed(answer, request.headers.get('accept-encoding')) : answer;
    return withHeaders(encoded, pathname, headers);
  };
}

/**
 * A mail program that ends a list for its person (RFC 8058) comes from no page. The path holds a signed word that can do this
 * one thing, and no cookie counts there.
 */
function isOneClick(path: string): boolean {
  return path.startsWith('/api/mail/off/');
}

/** Health as an answer: 503 while the store is away. */
export function answerHealth(health: Health, version: string): Response {
  if (health.status === 'ok') return Response.json({ status: 'ok', version, epoch: health.epoch });
  return Response.json(health, { status: 503, headers: { 'retry-after': '1' } });
}

async function logged(log: Log, c: Context, next: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await next();
  if (!isServerPath(c.req.path) || c.req.path === '/healthz') return;
  const ms = Math.round(performance.now() - began);
  log.info({ code: 'request', method: c.req.method, route: routePath(c, -1), status: c.res.status, ms });
}

function answerError(log: Log, error: unknown, c: Context): Response {
  if (error instanceof HttpRefusal) return refusalResponse(error.code, error.detail);
  if (error instanceof HTTPException && error.status < 500) return refusalResponse('bad-request');
  log.error({ code: 'request-failed', method: c.req.method, route: routePath(c, -1) }, error);
  return refusalResponse('try-again', { retryAfter: 1 }, 500);
}
