// A server's identity for tests: real PostgreSQL, a database of its own for each world, the real HTTP house around it.

import { randomBytes } from 'node:crypto';
import { createHttp } from '../http.ts';
import type { Fetch } from '../http.ts';
import { createOriginRule } from '../http/origin.ts';
import { createLog } from '../log.ts';
import type { Database } from '../store/database.ts';
import { createHealth } from '../store/health.ts';
import { databaseLike } from '../testing/database.ts';
import type { MigratedPostgres } from '../testing/database.ts';
import { createIdentity } from './identity.ts';
import type { Identity } from './identity.ts';

export const PUBLIC_URL = 'http://localhost:8080';
export const PASSWORD = 'interlude-demo';

export interface World {
  readonly database: Database;
  readonly identity: Identity;
  readonly secret: Uint8Array;
  readonly logged: string[];
  /** Moves the clock of everything that was given one. */
  wait(ms: number): void;
  now(): number;
  request: Fetch;
  /** POSTs JSON from a page of ours, or of `origin`. */
  post(path: string, body: unknown, more?: { cookie?: string; origin?: string }): Promise<Response>;
  get(path: string, cookie?: string): Promise<Response>;
  /** The cookie of a person who has signed in. */
  signIn(email: string, password?: string): Promise<string>;
}

/** A world on a fresh database of a migrated PostgreSQL. */
export async function freshWorld(postgres: MigratedPostgres, publicUrl = PUBLIC_URL): Promise<World> {
  const database = await databaseLike(postgres);
  const secret = new Uint8Array(randomBytes(32));
  const logged: string[] = [];
  const log = createLog({ write: (line) => void logged.push(line) });
  let passed = 0;
  const now = () => Date.now() + passed;
  const identity = createIdentity({ database, publicUrl, secret, log, now });
  const request = createHttp({
    publicUrl,
    version: '0',
    origin: createOriginRule(publicUrl),
    log,
    health: createHealth(database),
    files: null,
    mount: (app) => {
      identity.routes(app);
      app.post('/sync/:practice/hello', (c) => c.json({}));
    },
  });
  const post: World['post'] = (path, body, { cookie, origin = publicUrl } = {}) =>
    request(
      new Request(publicUrl + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, ...(cookie && { cookie }) },
        body: JSON.stringify(body),
      }),
    );
  const signIn = async (email: string, password = PASSWORD) =>
    cookieOf(await post('/api/auth/sign-in/email', { email, password }));
  const get = (path: string, cookie?: string) =>
    request(new Request(publicUrl + path, { headers: cookie ? { cookie } : {} }));
  const wait = (ms: number) => void (passed += ms);
  return { database, identity, secret, logged, wait, now, request, post, get, signIn };
}

/** What a browser would send back. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
}
