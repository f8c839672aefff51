// Sends the letters of invitations. What a letter opens with is worked out from the server's secret and the invitation's id, so that a
// letter that is sent again is the same letter, and nobody who reads the database can open one. Its hash is kept before it goes.

import { createHash, createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { CLIENT } from '../../src/features/client/schema.ts';
import type { Client } from '../../src/features/client/schema.ts';
import { expiryFrom, INVITATION, linkOf, stateAt } from '../../src/features/invitation/schema.ts';
import type { Invitation } from '../../src/features/invitation/schema.ts';
import type { Row } from '../../src/sync/core/record.ts';
import { deriveKey } from '../secret.ts';
import { inPractice } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import type { PracticeState } from '../store/store.ts';
import { practiceAt, rowsOf } from './clock/parts.ts';
import type { ClockParts } from './clock/parts.ts';
import { writeWanted } from './clock/write.ts';
import { invitationLetter } from './invitation-letter.ts';
import type { Mailer } from './mailer.ts';

export interface InvitationParts extends ClockParts {
  readonly mailer: Mailer;
  readonly publicUrl: string;
  readonly secretOf: (practice: string, invitation: string) => string;
}

/** What letters open with. */
export function createInvitationSecrets(secret: Uint8Array): InvitationParts['secretOf'] {
  const key = deriveKey(secret, 'invitation');
  return (practice, invitation) =>
    createHmac('sha256', key).update(`${practice} ${invitation}`).digest().subarray(0, 16).toString('base64url');
}

/** As a row keeps it. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Practices in which a letter waits to be sent. */
export async function practicesThatInvite({ db }: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from practice p where exists (select from row r where r.practice_id = p.id and r.type = ${INVITATION}
      and r.fields ->> 'status' = 'requested')`.execute(db);
  return rows.map(({ id }) => id);
}

/** Sends what waits, one node at a time. Throws where it met weather: what is left is found again. */
export async function sendInvitations(parts: InvitationParts, practiceId: string): Promise<void> {
  await inPractice(parts.database, practiceId, async (lock) => {
    const { rows } = await sql<{ got: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`invitations ${practiceId}`}, 0)) as got`.execute(lock);
    if (rows[0]?.got !== true) return;
    const where = sql`r.fields ->> 'status' = 'requested'`;
    const waiting = await inPractice(parts.database, practiceId, (tx) =>
      rowsOf(parts, { tx, practiceId }, { type: INVITATION, where }),
    );
    for (const row of waiting) await sendOne(parts, practiceId, row as Row<Invitation>);
  });
}

async function sendOne(parts: InvitationParts, practiceId: string, row: Row<Invitation>): Promise<void> {
  const { mailer, now, publicUrl, secretOf } = parts;
  const secret = secretOf(practiceId, row.id);
  const at = now().toISOString();
  // Nobody waits for a letter any more that could not be sent for so long.
  if (stateAt(row.fields, at) === 'expired')
    return void (await put(parts, { practiceId, row }, { status: 'undeliverable' }));
  const kept = await put(parts, { practiceId, row }, { secretHash: hashOfSecret(secret) });
  // Taken back meanwhile, or changed by another node: what it is now is looked at the next time.
  if (kept === null) return;
  const language = await languageOf(parts, practiceId, row.fields.client);
  const link = linkOf(publicUrl, { practice: kept.practice.slug, id: row.id, secret });
  const done = await mailer.send({ id: row.id, to: row.fields.login, ...invitationLetter(language, link) });
  const ended = { status: 'undeliverable' } as const;
  const gone = { status: 'open', sentAt: at, expiresAt: expiryFrom(at) } as const;
  await put(parts, { practiceId, row: kept.row }, done === 'refused' ? ended : gone);
}

/** Writes over the row as it was read; null where it is another by now. */
async function put(
  parts: InvitationParts,
  { practiceId, row }: { practiceId: string; row: Row<Invitation> },
  change: Partial<Invitation>,
): Promise<{ practice: PracticeState; row: Row<Invitation> } | null> {
  const { type, id, space } = row;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const practice = await practiceAt(parts, practiceId);
    const [there] = (await inPractice(parts.database, practiceId, (tx) =>
      rowsOf(parts, { tx, practiceId }, { type, where: sql`r.id = ${id}` }),
    )) as Row<Invitation>[];
    if (there === undefined || there.version !== row.version) return null;
    const fields = { ...row.fields, ...change };
    const done = await writeWanted(parts, practice, { wanted: [{ type, id, space, fields }], ground: [there] });
    if (done === 'stale') continue;
    const [written] = (await inPractice(parts.database, practiceId, (tx) =>
      rowsOf(parts, { tx, practiceId }, { type, where: sql`r.id = ${id}` }),
    )) as Row<Invitation>[];
    return written === undefined ? null : { practice, row: written };
  }
  return null;
}

const ATTEMPTS = 8;

async function languageOf(parts: InvitationParts, practiceId: string, client: string): Promise<string | null> {
  const where = sql`r.id = ${client}`;
  const [row] = await inPractice(parts.database, practiceId, (tx) =>
    rowsOf(parts, { tx, practiceId }, { type: CLIENT, where }),
  );
  return (row?.fields as Client | undefined)?.language ?? null;
}
