// The first run: while there is no practice, whoever runs the server holds a link that makes the first one and its owner.
// Only the hash of the link's token is kept; it works once, for a day, and each start makes a new one. Token, person and
// practice are one transaction: of two who use it at the same time one wins and the other changes nothing.

import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import * as z from 'zod';
import type { Database, PracticeTx, Tables } from '../store/database.ts';
import { PASSWORD_LENGTH } from './auth.ts';
import { insertPractice } from './create-practice.ts';
import { insertPerson } from './person.ts';

const TOKEN_BYTES = 32;
const LIFE_MS = 24 * 60 * 60_000;

const name = z.string().trim().min(1).max(200);

/** Asks whether a link still works. */
export const setupCheck = z.object({ token: z.string().max(100) });

export const setupRequest = z.object({
  token: z.string().max(100),
  practice: z.object({
    name,
    slug: z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/),
    timezone: z.string().max(64).refine(isTimezone),
  }),
  owner: z.object({
    name,
    email: z.email().max(320),
    password: z.string().min(PASSWORD_LENGTH.least).max(PASSWORD_LENGTH.most),
  }),
});
export type SetupRequest = z.infer<typeof setupRequest>;

export interface SetupParts {
  readonly database: Database;
  readonly secret: Uint8Array;
  readonly publicUrl: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export type Setup = ReturnType<typeof createSetup>;

/** The first run of a server. */
export function createSetup({ database, secret, publicUrl, now }: SetupParts) {
  /** A new link, which ends those before it; null where there is a practice already. */
  async function link(): Promise<string | null> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const made = await database.db.transaction().execute(async (tx) => {
      await sql`delete from identity.setup_token`.execute(tx);
      if (await hasPractice(tx)) return false;
      await sql`insert into identity.setup_token (hash, expires_at)
        values (${hashOf(token)}, ${new Date(now() + LIFE_MS)})`.execute(tx);
      return true;
    });
    // Behind the `#`: a browser does not send it, so it stands in no log.
    return made ? `${publicUrl}/setup#${token}` : null;
  }

  /** Whether a token would work now. */
  async function isOpen(token: string): Promise<boolean> {
    const { rows } = await sql`select from identity.setup_token
      where hash = ${hashOf(token)} and expires_at > ${new Date(now())}`.execute(database.db);
    return rows.length > 0 && !(await hasPractice(database.db));
  }

  /** Makes practice and owner; null where the token does not work. Throws PersonRefused. */
  async function run({ token, practice, owner }: SetupRequest): Promise<{ slug: string } | null> {
    return database.db.transaction().execute(async (tx) => {
      if (!(await spend(tx, token))) return null;
      const { userId } = await insertPerson(tx, owner);
      const { slug } = await insertPractice(tx, secret, { ...practice, owner: { userId, name: owner.name } });
      return { slug };
    });
  }

  /** Whoever comes second waits here for the first, and finds the token gone. */
  async function spend(tx: PracticeTx, token: string): Promise<boolean> {
    const spent = await sql`delete from identity.setup_token
      where hash = ${hashOf(token)} and expires_at > ${new Date(now())}`.execute(tx);
    return spent.numAffectedRows === 1n && !(await hasPractice(tx));
  }

  return { link, isOpen, run };
}

async function hasPractice(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('practice').select('id').limit(1).executeTakeFirst()) !== undefined;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
