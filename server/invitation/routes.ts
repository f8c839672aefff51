// `/api/invitations`: for who holds a letter or a page, and no session. Tries are counted as those of a sign-in are, so that nobody
// guesses: by invitation, and by address.

import type { IncomingMessage } from 'node:http';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { readJson } from '../http/body.ts';
import { HttpRefusal } from '../http/errors.ts';
import { PASSWORD_LENGTH } from '../identity/auth.ts';
import { clientAddress } from '../identity/client-address.ts';
import type { Identity } from '../identity/identity.ts';
import { join, lookAtInvitation } from './join.ts';
import type { JoinParts } from './join.ts';

const BYTES = 16 * 1024;
const link = z.object({
  practice: z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/),
  id: z.uuid(),
  secret: z.string().max(100),
});
const joining = link.extend({
  login: z.string().max(320),
  password: z.string().min(PASSWORD_LENGTH.least).max(PASSWORD_LENGTH.most),
});

export interface InvitationRoutesParts extends JoinParts {
  readonly identity: JoinParts['identity'] & Pick<Identity, 'beginTry'>;
}

/** Adds the routes. What the link names stands in the body: addresses are logged. */
export function invitationRoutes(app: Hono, parts: InvitationRoutesParts): void {
  app.post('/api/invitations/check', async (c) => {
    const asked = await readJson(c.req.raw, link, BYTES);
    return c.json(await counted(parts, c, { id: asked.id, work: () => lookAtInvitation(parts, asked) }));
  });
  app.post('/api/invitations/join', async (c) => {
    const asked = await readJson(c.req.raw, joining, BYTES);
    const isRight = ({ state }: { state: string }) => state !== 'wrong-password' && state !== 'name-taken';
    return c.json(await counted(parts, c, { id: asked.id, work: () => join(parts, asked, asked), isRight }));
  });
}

/** A try that was right is given back. */
async function counted<T extends { state: string }>(
  { identity }: InvitationRoutesParts,
  c: Context,
  { id, work, isRight = () => true }: { id: string; work: () => Promise<T | null>; isRight?: (answer: T) => boolean },
): Promise<T> {
  const env = c.env as { incoming?: IncomingMessage } | undefined;
  const attempt = await identity.beginTry(
    `invitation ${id}`,
    clientAddress(env?.incoming?.socket.remoteAddress, c.req.raw.headers),
  );
  if ('retryAfter' in attempt) throw new HttpRefusal('slow-down', attempt);
  const answer = await work();
  if (answer === null) throw new HttpRefusal('not-found');
  if (isRight(answer)) await attempt.succeeded();
  return answer;
}
