// Sends the letters of invitations. What a letter opens with is worked out from the server's secret and the invitation's id, so that a
// letter that is sent again is the same letter, and nobody who reads the database can open one. Its hash is kept before it goes.

import { createHash, createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { CLIENT } from '../../src/features/client/schema.ts';
import type { Client } from '../../src/features/client/schema.ts';
import { expiryFrom, INVITATION, isInvitable, linkOf, stateAt } from '../../src/features/invitation/schema.ts';
import type { Invitation } from '../../src/features/invitation/schema.ts';
import type { Row, RowRef } from '../../src/sync/core/record.ts';
import { deriveKey } from '../secret.ts';
import { inPractice } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { BUSY } from './busy.ts';
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

/** Whose an invitation is: its link does not say. */
export async function practiceThatInvites({ db }: Database, invitation: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select p.id from practice p where exists (select from row r where r.practice_id = p.id and r.type = ${INVITATION}
      and r.id = ${invitation})`.execute(db);
  return rows[0]?.id ?? null;
}

/** The letters of a practice that wait to be sent. */
export async function invitationsToSend(parts: InvitationParts, practiceId: string): Promise<string[]> {
  const where = sql`r.fields ->> 'status' = 'requested'`;
  const waiting = await inPractice(parts.database, practiceId, (tx) =>
    rowsOf(parts, { tx, practiceId }, { type: INVITATION, where }),
  );
  return waiting.map(({ id }) => id);
}

/**
 * Sends one letter, if it still waits. Throws where it met weather and is to be tried again; `isLast` gives it up as undeliverable, so
 * that the staff see it. No lock is held while the mail server has it: sent twice it is the same letter.
 */
export async function sendInvitation(
  parts: InvitationParts,
  { practice: practiceId, id }: { practice: string; id: string },
  { isLast }: { isLast: boolean },
): Promise<void> {
  const row = await rowOf<Invitation>(parts, practiceId, { type: INVITATION, id });
  if (row?.fields.status !== 'requested') return;
  const secret = parts.secretOf(practiceId, id);
  const at = parts.now().toISOString();
  // Nobody waits for a letter any more that could not be sent for so long.
  if (stateAt(row.fields, at) === 'expired') return void (await put(parts, practiceId, { row, change: UNDELIVERABLE }));
  const client = await rowOf<Client>(parts, practiceId, { type: CLIENT, id: row.fields.client });
  const ground = client === null ? [] : [client];
  const against = whyNot(client?.fields);
  const change = against === null ? { secretHash: hashOfSecret(secret) } : { ...against, endedAt: at };
  const kept = await put(parts, practiceId, { row, change, ground });
  // Taken back meanwhile, or she is another by now: it is looked at anew.
  if (kept === null) throw BUSY;
  if (against !== null) return;
  const end = async (change: Partial<Invitation>) => {
    if ((await put(parts, practiceId, { row: kept, change })) === null) throw BUSY;
  };
  try {
    const letter = invitationLetter(client?.fields.language, linkOf(parts.publicUrl, { id, secret }));
    const done = await parts.mailer.send({ id, to: row.fields.login, ...letter });
    await end(done === 'refused' ? UNDELIVERABLE : { status: 'open', sentAt: at, expiresAt: expiryFrom(at) });
  } catch (error) {
    if (isLast) await end(UNDELIVERABLE);
    throw error;
  }
}

/** What becomes of a letter that must not go any more: her care has ended, she signs in already, or she wants no e-mail. */
function whyNot(client: Client | undefined): Partial<Invitation> | null {
  if (client === undefined || client.memberId !== undefined || !isInvitable(client)) return { status: 'revoked' };
  return client.safeContact?.noEmail ? UNDELIVERABLE : null;
}

const UNDELIVERABLE = { status: 'undeliverable' } as const;

/** Writes over the row as it was read, and over `ground`; null where one of them is another by now. */
async function put(
  parts: InvitationParts,
  practiceId: string,
  { row, change, ground = [] }: { row: Row<Invitation>; change: Partial<Invitation>; ground?: readonly Row[] },
): Promise<Row<Invitation> | null> {
  const { type, id, space } = row;
  const all = [row, ...ground];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const practice = await practiceAt(parts, practiceId);
    for (const one of all) if ((await rowOf(parts, practiceId, one))?.version !== one.version) return null;
    const wanted = [{ type, id, space, fields: { ...row.fields, ...change } }];
    if ((await writeWanted(parts, practice, { wanted, ground: all })) !== 'stale')
      return rowOf<Invitation>(parts, practiceId, row);
  }
  return null;
}

const ATTEMPTS = 8;

async function rowOf<F extends Client | Invitation>(
  parts: InvitationParts,
  practiceId: string,
  { type, id }: RowRef,
): Promise<Row<F> | null> {
  const where = sql`r.id = ${id}`;
  const [row] = await inPractice(parts.database, practiceId, (tx) =>
    rowsOf(parts, { tx, practiceId }, { type, where }),
  );
  return (row as Row<F> | undefined) ?? null;
}
