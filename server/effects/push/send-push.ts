// Sends one push to one device (RFC 8030, 8291, 8292). It says that there is something new and nothing else: what it is, the device
// fetches once it is unlocked. A device that is gone is forgotten; one whose session has ended is not told any more.

import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { sql } from 'kysely';
import webpush from 'web-push';
import { inPractice } from '../../store/database.ts';
import type { Database, PracticeTx } from '../../store/database.ts';
import { BUSY, isBusy } from '../busy.ts';
import { isQuiet } from '../quiet.ts';
import { isPushEndpoint, lookUpPublic } from './endpoint.ts';
import type { Vapid } from './vapid.ts';

export interface PushWay {
  readonly vapid: Vapid;
  /** Origin of a push service of the operator's own, or null. */
  readonly ownService: string | null;
}

export interface PushParts extends PushWay {
  readonly database: Database;
  now(): Date;
}

interface Message {
  readonly subscription: string;
  readonly is_urgent: boolean;
  readonly member_id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly session_id: string;
}

/** After a day an open app has told it better. */
const TTL_S = 24 * 3600;
/** A later push takes the place of one that waits at the service. */
const TOPIC = 'news';
const PATIENCE_MS = 15_000;
export const PUSH_BODY = JSON.stringify({ news: true });

/** Sends one message, if it still waits. Throws where it met weather; `isLast` drops it instead. */
export async function sendPush(
  parts: PushParts,
  { practice, id }: { practice: string; id: string },
  { isLast }: { isLast: boolean },
): Promise<void> {
  const fault = await inPractice(parts.database, practice, async (tx) => {
    const found = await sql<Message>`
      select m.subscription, m.is_urgent, s.member_id, s.endpoint, s.p256dh, s.auth, s.session_id
      from push_message m join push_subscription s on s.practice_id = m.practice_id and s.id = m.subscription
      where m.practice_id = ${practice} and m.id = ${id} for update of m skip locked`.execute(tx);
    const message = found.rows[0];
    if (message === undefined) return (await isBusy(tx, 'push_message', { practice, id })) ? { error: BUSY } : null;
    try {
      const quiet = await sql<{ is: boolean }>`select ${isQuiet(practice, message.member_id)} as is`.execute(tx);
      if (quiet.rows[0]?.is === true) {
        await drop(tx, practice, { id });
        return null;
      }
      const isGone = !(await isSignedIn(parts, message.session_id)) || (await send(parts, message)) === 'gone';
      await drop(tx, practice, isGone ? { subscription: message.subscription } : { id });
      return null;
    } catch (error) {
      if (isLast) await drop(tx, practice, { id });
      return { error };
    }
  });
  // oxlint-disable-next-line typescript/only-throw-error -- what the push service threw, as it was
  if (fault !== null) throw fault.error;
}

/** A subscription goes with all that waits for it. */
async function drop(tx: PracticeTx, practice: string, what: { subscription: string } | { id: string }): Promise<void> {
  if ('id' in what) await sql`delete from push_message where practice_id = ${practice} and id = ${what.id}`.execute(tx);
  else
    await sql`delete from push_subscription where practice_id = ${practice} and id = ${what.subscription}`.execute(tx);
}

async function isSignedIn({ database, now }: PushParts, session: string): Promise<boolean> {
  const found = await sql`select from identity.session where id = ${session} and expires_at > ${now()}`.execute(
    database.db,
  );
  return found.rows.length > 0;
}

/** Throws where it is weather. */
async function send(parts: PushParts, message: Message): Promise<'sent' | 'gone'> {
  const { endpoint, p256dh, auth } = message;
  if (!isPushEndpoint(endpoint, parts.ownService)) return 'gone';
  const details = webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, PUSH_BODY, {
    vapidDetails: parts.vapid,
    TTL: TTL_S,
    topic: TOPIC,
    urgency: message.is_urgent ? 'high' : 'normal',
    contentEncoding: 'aes128gcm',
  });
  const status = await post(parts, { endpoint, headers: details.headers, body: details.body });
  if (status >= 200 && status < 300) return 'sent';
  // 404 and 410: it is gone. Other refusals (another key, a form it does not take) will be the same next time.
  if (status < 500 && status !== 408 && status !== 429) return 'gone';
  throw Object.assign(new Error('the push service is not to be had'), { code: `HTTP_${status}` });
}

function post(
  { ownService }: PushParts,
  { endpoint, headers, body }: { endpoint: string; headers: object; body: Buffer },
): Promise<number> {
  const url = new URL(endpoint);
  const isOwn = url.origin === ownService;
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const options = { method: 'POST', headers: { ...headers }, timeout: PATIENCE_MS, agent: false as const };
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, ...(!isOwn && { lookup: lookUpPublic }) }, (answer) => {
      answer.resume();
      // Redirects are not followed: they would lead past the look at the address.
      answer.on('end', () => resolve(answer.statusCode ?? 500));
      answer.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    sent.on('error', reject);
    sent.end(body);
  });
}
