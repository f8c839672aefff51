// `/api/invitations`: for who holds a letter or a page, and no session. Tries are counted as those of a sign-in are, so that nobody
// guesses: by invitation, by the account that a password is tried for (the same count as a sign-in's), and by address.

import type { IncomingMessage } from 'node:http';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { readJson } from '../http/body.ts';
import { HttpRefusal } from '../http/errors.ts';
import { PASSWORD_LENGTH } from '../identity/auth.ts';
import { clientAddress } from '../identity/client-address.ts';
import { join, lookAtInvitation } from './join.ts';
import type { JoinParts } from './join.ts';

const BYTES = 16 * 1024;
const link = z.object({
  id: z.uuid(),
  secret: z.string().max(100),
});
const joining = link.extend({
  login: z.string().max(320),
  password: z.string().min(PASSWORD_LENGTH.least).max(PASSWORD_LENGTH.most),
});

/** Adds the routes. What the link names stands in the body: addresses are logged. */
export function invitationRoutes(app: Hono, parts: JoinParts): void {
  app.post('/api/invitations/check', async (c) => {
    const asked = await readJson(c.req.raw, link, BYTES);
    const work = () => lookAtInvitation(parts, asked);
    return c.json(await counted(parts, c, { id: asked.id, work, isGuess: () => false }));
  });
  app.post('/api/invitations/join', async (c) => {
    const asked = await readJson(c.req.raw, joining, BYTES);
    const work = () => join(parts, asked, asked);
    const answer = await counted(parts, c, { id: asked.id, work, isGuess: ({ state }) => GUESSES.has(state) });
    if (answer.state === 'slow-down') throw new HttpRefusal('slow-down', { retryAfter: answer.retryAfter });
    return c.json(answer);
  });
}

/** Answers for which a password was looked at; where it was right too, who guesses has learned that. */
const GUESSES: ReadonlySet<string> = new Set(['wrong-password', 'name-taken', 'here-already', 'slow-down']);

/** Who comes in is forgiven what went before; a try that guessed at nothing is given back, and no other with it. */
async function counted<T extends { state: string }>(
  { identity }: JoinParts,
  c: Context,
  { id, work, isGuess }: { id: string; work: () => Promise<T | null>; isGuess: (answer: T) => boolean },
): Promise<T> {
  const env = c.env as { incoming?: IncomingMessage } | undefined;
  const attempt = await identity.beginTry(
    `invitation ${id}`,
    clientAddress(env?.incoming?.socket.remoteAddress, c.req.raw.headers),
  );
  if ('retryAfter' in attempt) throw new HttpRefusal('slow-down', attempt);
  const answer = await work();
  if (answer === null) throw new HttpRefusal('not-found');
  if (answer.state === 'joined') await attempt.succeeded();
  else if (!isGuess(answer)) await attempt.back();
  return answer;
}
