// `/api/push`: a device says where it can be told, for the member who is signed in on it, and takes it back. What it says opens a
// way to that device: it is kept for sending and never given out again.

import type { Hono } from 'hono';
import type { Context } from 'hono';
import { sql } from 'kysely';
import * as z from 'zod';
import { newId } from '../../../src/base/ids.ts';
import type { Viewer, Viewers } from '../../accept/viewer.ts';
import { readJson } from '../../http/body.ts';
import { HttpRefusal } from '../../http/errors.ts';
import { inPractice } from '../../store/database.ts';
import type { Database } from '../../store/database.ts';
import { isPushEndpoint } from './endpoint.ts';
import type { PushWay } from './send-push.ts';

export interface PushRoutesParts extends PushWay {
  readonly database: Database;
  readonly viewers: Viewers;
  sessionOf(headers: Headers): Promise<{ readonly userId: string; readonly sessionId: string } | null>;
  now(): Date;
}

const BODY_BYTES = 8 * 1024;
/** More devices than a person has; the oldest goes. */
const DEVICES = 10;
const P256 = 65;
const AUTH = 16;

const bytes = (length: number) =>
  z.string().refine((text) => /^[\w-]+=*$/.test(text) && Buffer.from(text, 'base64url').length === length);

const subscriptionOf = (own: string | null) =>
  z.object({
    endpoint: z.string().refine((endpoint) => isPushEndpoint(endpoint, own)),
    keys: z.object({ p256dh: bytes(P256), auth: bytes(AUTH) }),
  });
const taken = z.object({ endpoint: z.string() });

/** Adds the routes. */
export function pushRoutes(app: Hono, parts: PushRoutesParts): void {
  const shape = subscriptionOf(parts.ownService);
  app.get('/api/push/:practice', async (c) => {
    await deviceOf(parts, c);
    return c.json({ publicKey: parts.vapid.publicKey });
  });
  app.put('/api/push/:practice', async (c) => {
    const { viewer, sessionId } = await deviceOf(parts, c);
    const { endpoint, keys } = await readJson(c.req.raw, shape, BODY_BYTES);
    await keep(parts, viewer, { endpoint, ...keys, sessionId });
    return c.body(null, 204);
  });
  app.delete('/api/push/:practice', async (c) => {
    const { viewer } = await deviceOf(parts, c);
    const { endpoint } = await readJson(c.req.raw, taken, BODY_BYTES);
    const { practice, principal } = viewer;
    await inPractice(parts.database, practice.id, (tx) =>
      sql`delete from push_subscription
        where practice_id = ${practice.id} and member_id = ${principal.memberId} and endpoint = ${endpoint}`.execute(
        tx,
      ),
    );
    return c.body(null, 204);
  });
}

async function deviceOf(
  { sessionOf, viewers }: PushRoutesParts,
  c: Context,
): Promise<{ viewer: Viewer; sessionId: string }> {
  const session = await sessionOf(c.req.raw.headers);
  if (session === null) throw new HttpRefusal('not-signed-in');
  const viewer = await viewers.find(session.userId, c.req.param('practice') ?? '');
  if (viewer === null) throw new HttpRefusal('not-found');
  return { viewer, sessionId: session.sessionId };
}

interface Place {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly sessionId: string;
}

async function keep({ database, now }: PushRoutesParts, { practice, principal }: Viewer, place: Place): Promise<void> {
  const member = principal.memberId;
  await inPractice(database, practice.id, async (tx) => {
    await sql`
      insert into push_subscription (practice_id, id, member_id, session_id, endpoint, p256dh, auth, at)
      values (${practice.id}, ${newId()}, ${member}, ${place.sessionId}, ${place.endpoint}, ${place.p256dh}, ${place.auth}, ${now()})
      on conflict (practice_id, member_id, endpoint) do update set session_id = excluded.session_id,
        p256dh = excluded.p256dh, auth = excluded.auth, at = excluded.at`.execute(tx);
    await sql`delete from push_subscription where practice_id = ${practice.id} and member_id = ${member} and id not in (
      select id from push_subscription where practice_id = ${practice.id} and member_id = ${member}
      order by at desc, id desc limit ${DEVICES})`.execute(tx);
  });
}
