// `/api/mail`: what was sent to whom, for owners and admins of that practice and nobody else; and the end of all e-mail, for whoever
// holds a letter. The second takes no session: its word is signed, and it can do this one thing. "No" and "not there" get the
// same answer.

import { readFile } from 'node:fs/promises';
import type { Context, Hono } from 'hono';
import { sql } from 'kysely';
import { isId, newId } from '../../src/base/ids.ts';
import { NOTICES } from '../../src/features/notification/schema.ts';
import type { NotificationSettings } from '../../src/features/notification/schema.ts';
import { isManager } from '../../src/features/spaces.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import { pushRows } from '../accept/push-rows.ts';
import type { RowParts } from '../accept/push-rows.ts';
import type { Viewer, Viewers } from '../accept/viewer.ts';
import { HttpRefusal } from '../http/errors.ts';
import { inPractice } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { offPage } from './letter.ts';
import { outboxFile } from './mailer.ts';
import type { Mailer } from './mailer.ts';
import { userOfMember } from './news.ts';
import type { createOffTokens } from './off-token.ts';

export interface MailRoutesParts {
  readonly database: Database;
  readonly store: Store;
  readonly declared: Declarations;
  readonly viewers: Viewers;
  readonly mailer: Pick<Mailer, 'isKept'>;
  readonly dataDir: string;
  readonly tokens: ReturnType<typeof createOffTokens>;
  sessionOf(headers: Headers): Promise<{ readonly userId: string } | null>;
  readonly onFault: RowParts['onFault'];
  now(): Date;
}

/** What the screen of letters lists. */
export interface ListedLetter {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly state: string;
  readonly at: string;
  /** What it says, where letters are kept in the outbox. */
  readonly body: string | null;
}

const LISTED = 200;

/** Where one press ends all e-mail: takes no Origin, since mail programs press it for their people. */
export const OFF_PATH = '/api/mail/off';

/** Adds the routes. */
export function mailRoutes(app: Hono, parts: MailRoutesParts): void {
  app.get(`${OFF_PATH}/:token`, async (c) => c.html(offPage((await offOf(parts, c)).language, false)));
  app.post(`${OFF_PATH}/:token`, async (c) => {
    const { language, ...who } = await offOf(parts, c);
    await turnOff(parts, who);
    return c.html(offPage(language, true));
  });
  app.get('/api/mail/:practice', async (c) => {
    const { practice } = await managerOf(parts, c);
    return c.json({ isKept: parts.mailer.isKept, letters: await lettersOf(parts, practice.id) });
  });
  app.get('/api/mail/:practice/:id', async (c) => {
    const { practice } = await managerOf(parts, c);
    const id = c.req.param('id');
    const isKnown = isId(id) && (await lettersOf(parts, practice.id)).some((letter) => letter.id === id);
    const bytes = isKnown ? await readFile(outboxFile(parts.dataDir, id)).catch(() => null) : null;
    if (bytes === null) throw new HttpRefusal('not-found');
    return new Response(new Uint8Array(bytes), {
      headers: { 'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="${id}.eml"` },
    });
  });
}

async function managerOf({ sessionOf, viewers }: MailRoutesParts, c: Context): Promise<Viewer> {
  const session = await sessionOf(c.req.raw.headers);
  if (session === null) throw new HttpRefusal('not-signed-in');
  const viewer = await viewers.find(session.userId, c.req.param('practice') ?? '');
  if (viewer === null || !isManager(viewer.principal)) throw new HttpRefusal('not-found');
  return viewer;
}

async function lettersOf({ database }: MailRoutesParts, practice: string): Promise<ListedLetter[]> {
  const letters = await inPractice(database, practice, (tx) =>
    sql<Omit<ListedLetter, 'to' | 'at'> & { user: string | null; at: Date }>`
      select m.id, m.subject, m.state, m.at, m.body, substr(r.subject, 6) as user
      from mail m left join relation r on r.practice_id = m.practice_id and r.object = 'member:' || m.member_id and r.relation = 'user'
      where m.practice_id = ${practice} order by m.at desc, m.id desc limit ${LISTED}`.execute(tx),
  );
  const users = letters.rows.map(({ user }) => user).filter((user) => user !== null);
  // Addresses lie with identity, where the practices' role may not go.
  const people = await sql<{ id: string; email: string }>`
    select id::text, email from identity."user" where id::text = any(${users}::text[])`.execute(database.db);
  const emails = new Map(people.rows.map(({ id, email }) => [id, email]));
  return letters.rows.map(({ user, at, ...letter }) => ({
    ...letter,
    to: (user !== null && emails.get(user)) || '',
    at: at.toISOString(),
  }));
}

interface Off {
  readonly practice: string;
  readonly member: string;
  readonly slug: string;
  readonly user: string;
  readonly language: NotificationSettings['language'];
}

async function offOf({ tokens, database }: MailRoutesParts, c: Context): Promise<Off> {
  const read = tokens.read(c.req.param('token') ?? '');
  const user = read && (await userOfMember(database, read.practice, read.member));
  if (read === null || user === null) throw new HttpRefusal('not-found');
  const found = await inPractice(database, read.practice, (tx) =>
    sql<{ slug: string; language: NotificationSettings['language'] | null }>`
      select p.slug, r.fields ->> 'language' as language from practice p
      left join row r on r.practice_id = p.id and r.type = 'notificationSettings' and r.id = ${read.member}
      where p.id = ${read.practice}`.execute(tx),
  );
  const [row] = found.rows;
  if (row === undefined) throw new HttpRefusal('not-found');
  return { ...read, user, slug: row.slug, language: row.language ?? undefined };
}

/** As the member's own act, by the one way that there is. */
async function turnOff(parts: MailRoutesParts, { slug, user, member, practice }: Omit<Off, 'language'>): Promise<void> {
  const ways = Object.entries(NOTICES).filter(([, ways]) => 'mail' in ways);
  const switches = Object.fromEntries(ways.map(([kind]) => [`${kind}.mail`, false]));
  const at = parts.now().toISOString();
  const zone = await zoneOf(parts, practice, member);
  const args = { by: member, at, zone, switches };
  const mutation = { n: 1, mid: newId(), name: 'notification.choose', v: 1, args, base: 0, at };
  const refresh = () => parts.viewers.find(user, slug);
  const done = await pushRows(parts, refresh, { device: newId(), incoming: [mutation] });
  if (done.kind !== 'answered' || done.results[0]?.result !== 'applied') throw new HttpRefusal('try-again');
}

/** The one that holds: a letter knows of no other. */
async function zoneOf({ database }: MailRoutesParts, practice: string, member: string): Promise<string> {
  const found = await inPractice(database, practice, (tx) =>
    sql<{ zone: string | null }>`
      select coalesce(
        (select fields ->> 'zone' from row where practice_id = ${practice} and type = 'notificationSettings' and id = ${member}),
        (select fields ->> 'timezone' from row where practice_id = ${practice} and type = 'practice' and space = 'public' limit 1)
      ) as zone`.execute(tx),
  );
  return found.rows[0]?.zone ?? 'UTC';
}
