// Who is there: signing in and sessions (better-auth's), people, their memberships, and the first run. Promises that a
// person without a membership is nobody in a practice, and that whoever listens hears of each session that was ended.
// What a member may do is not decided here.

import type { Hono } from 'hono';
import { sql } from 'kysely';
import type { Principal } from '../../src/sync/core/policy.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import { createAttempts } from './attempts.ts';
import type { Attempts } from './attempts.ts';
import { createAuthDoor } from './auth-door.ts';
import { createAuth } from './auth.ts';
import type { Auth, EndedSession } from './auth.ts';
import { membershipsOf, principalFor } from './membership.ts';
import type { Membership } from './membership.ts';
import { forgetPerson, insertPerson, personAt } from './person.ts';
import type { KnownPerson, NewPerson } from './person.ts';
import { identityRoutes } from './routes.ts';
import { createSetup } from './setup.ts';

export interface IdentityParts {
  readonly database: Database;
  /** Origin that browsers use. */
  readonly publicUrl: string;
  readonly secret: Uint8Array;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface Session {
  readonly userId: string;
  readonly sessionId: string;
}

export interface Identity {
  /** Answers `/api/auth/*`; `peer` is the socket's remote address, for the count of wrong tries. */
  handler(request: Request, peer?: string): Promise<Response>;
  /** The session of a request's cookie, or null. Does not prolong it. */
  sessionOf(headers: Headers): Promise<Session | null>;
  /** Whether a sign-in is still good. */
  isSignedIn(sessionId: string): Promise<boolean>;
  /** Makes a person who can sign in. Throws PersonRefused. */
  createUser(person: NewPerson): Promise<{ userId: string }>;
  /** Takes one of the tries that there are for what `name` names, or says how many seconds to wait. */
  beginTry(name: string, address: string | null): ReturnType<Attempts['begin']>;
  /** Who signs in by an address; null where nobody does. */
  personAt(email: string): Promise<KnownPerson | null>;
  /** Takes back a person who was just made; not one who belongs somewhere by now. */
  forgetPerson(userId: string): Promise<void>;
  /** Ends all sessions of a person; listeners hear of each. */
  endSessionsOf(userId: string): Promise<void>;
  membershipsOf(userId: string): Promise<Membership[]>;
  /** Who a person is in a practice, or null for a stranger and where there is no such practice. */
  principalFor(userId: string, slug: string): Promise<Principal | null>;
  /** Calls the listener for every session that ends; returns how to stop that. */
  onSessionsEnded(listener: (ended: EndedSession) => void): () => void;
  /** A link that sets up the first practice; null where there is one. Each call ends the link before. */
  setupLink(): Promise<string | null>;
  /** Adds `/api/auth/*`, `/api/me` and `/api/setup`; to be called before sync's routes. */
  routes(app: Hono): void;
}

/** Identity over a database whose migrations have run. */
export function createIdentity(parts: IdentityParts): Identity {
  const { database, secret, log, now = Date.now } = parts;
  const listeners = new Set<(ended: EndedSession) => void>();
  const auth = createAuth(parts, (ended) => tell(listeners, ended, log));
  const attempts = createAttempts({ db: database.db, secret, now });
  const setup = createSetup({ ...parts, now });
  const handler = createAuthDoor({ auth, attempts });
  const memberships = (userId: string) => membershipsOf(database, userId);
  return {
    handler,
    sessionOf: (headers) => sessionOf(auth, headers),
    isSignedIn: (sessionId) => isSignedIn(database, sessionId),
    createUser: (person) => database.db.transaction().execute((tx) => insertPerson(tx, person)),
    beginTry: attempts.begin,
    personAt: (email) => personAt(database.db, email),
    forgetPerson: (userId) => forgetPerson(database.db, userId),
    endSessionsOf: async (userId) => (await auth.$context).internalAdapter.deleteUserSessions(userId),
    membershipsOf: memberships,
    principalFor: (userId, slug) => principalFor(database, userId, slug),
    onSessionsEnded: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setupLink: setup.link,
    routes: (app) => identityRoutes(app, { auth, setup, handler, membershipsOf: memberships }),
  };
}

async function sessionOf(auth: Auth, headers: Headers): Promise<Session | null> {
  if (!headers.has('cookie')) return null;
  // Prolonging here would move the date on the server and leave the browser's cookie to run out.
  const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  return found === null ? null : { userId: found.user.id, sessionId: found.session.id };
}

async function isSignedIn({ db }: Database, sessionId: string): Promise<boolean> {
  const found = await sql`
    select from identity.session where id::text = ${sessionId} and expires_at > now()`.execute(db);
  return found.rows.length > 0;
}

/** One deaf listener must not keep the others, nor the sign-out, from their work. */
function tell(listeners: ReadonlySet<(ended: EndedSession) => void>, ended: EndedSession, log: Log): void {
  for (const listener of listeners) {
    try {
      listener(ended);
    } catch (error) {
      log.error({ code: 'session-end-unheard' }, error);
    }
  }
}
