// The addresses of identity: signing in, who am I, and the first run's set-up. A session slides where its cookie can go
// back to the browser: when the app asks who it is, and when a device says hello.

import type { IncomingMessage } from 'node:http';
import type { Context, Hono } from 'hono';
import { readJson } from '../http/body.ts';
import { HttpRefusal } from '../http/errors.ts';
import type { Auth } from './auth.ts';
import { AUTH_PATH } from './auth.ts';
import { mainRole } from './membership.ts';
import type { Membership } from './membership.ts';
import { PersonRefused } from './person.ts';
import { setupCheck, setupRequest } from './setup.ts';
import type { Setup } from './setup.ts';

export interface IdentityRoutes {
  readonly auth: Auth;
  readonly setup: Setup;
  handler(request: Request, peer?: string): Promise<Response>;
  membershipsOf(userId: string): Promise<Membership[]>;
}

const SETUP_BYTES = 16 * 1024;

/** Adds the routes. To be called before sync's, or hello does not slide the session. */
export function identityRoutes(app: Hono, parts: IdentityRoutes): void {
  app.all(`${AUTH_PATH}/*`, (c) => parts.handler(c.req.raw, peerOf(c)));
  app.get('/api/me', (c) => me(c, parts));
  app.use('/sync/:practice/hello', async (c, next) => {
    await next();
    if (c.res.ok) await slide(c, parts.auth);
  });
  // Not in the address: what opens something stands in no log.
  app.post('/api/setup/check', async (c) => {
    const { token } = await readJson(c.req.raw, setupCheck, SETUP_BYTES);
    if (!(await parts.setup.isOpen(token))) throw new HttpRefusal('not-found');
    return c.json({ open: true });
  });
  app.post('/api/setup', (c) => setUp(c, parts.setup));
}

async function me(c: Context, { auth, membershipsOf }: IdentityRoutes): Promise<Response> {
  const found = await slide(c, auth);
  if (found === null) throw new HttpRefusal('not-signed-in');
  const { id, name, email } = found.user;
  const memberships = (await membershipsOf(id)).map(({ slug, practiceName, memberId, roles }) => ({
    practice: slug,
    practiceName,
    role: mainRole(roles),
    roles,
    membershipId: memberId,
  }));
  return c.json({ user: { id, name, email }, memberships });
}

/** Looks up the session, prolongs it where that is due, and sends the cookie along. */
async function slide(c: Context, auth: Auth) {
  const { response, headers } = await auth.api.getSession({ headers: c.req.raw.headers, returnHeaders: true });
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
  return response;
}

async function setUp(c: Context, setup: Setup): Promise<Response> {
  const asked = await readJson(c.req.raw, setupRequest, SETUP_BYTES);
  try {
    const made = await setup.run(asked);
    if (made === null) throw new HttpRefusal('not-found');
    return c.json({ practice: made.slug }, 201);
  } catch (error) {
    if (error instanceof PersonRefused) throw new HttpRefusal('invalid', { where: 'owner.email' });
    throw error;
  }
}

/** The socket's remote address, where the server behind the app tells its socket. */
function peerOf(c: Context): string | undefined {
  const env = c.env as { incoming?: IncomingMessage } | undefined;
  return env?.incoming?.socket.remoteAddress;
}
