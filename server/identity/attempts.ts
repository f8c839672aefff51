// Counts wrong passwords, per account and per address, in the database: a restart forgives nobody, and two servers count
// as one. A try is counted before the password is looked at and given back when it was right, so that parallel guesses
// cannot all slip past the same count; right passwords are never slowed.

import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { must } from '../../src/base/must.ts';
import { deriveKey } from '../secret.ts';
import type { Tables } from '../store/database.ts';

interface Limit {
  readonly tries: number;
  readonly windowMs: number;
}

const PER_ACCOUNT: Limit = { tries: 10, windowMs: 15 * 60_000 };
const PER_ADDRESS: Limit = { tries: 30, windowMs: 60_000 };

export interface Attempt {
  /** The password was right: forgets the account's wrong ones, and this try of the address. */
  succeeded(): Promise<void>;
  /** Nothing was guessed: gives back this try alone. */
  back(): Promise<void>;
}

export type Attempts = ReturnType<typeof createAttempts>;

/** Counters over a database; `now` gives milliseconds since 1970. */
export function createAttempts({ db, secret, now }: { db: Kysely<Tables>; secret: Uint8Array; now: () => number }) {
  const key = deriveKey(secret, 'auth');
  // Keyed, so that the table does not say whose accounts are tried, nor from where.
  const nameOf = (kind: 'account' | 'address', text: string) =>
    createHmac('sha256', key).update(`${kind} ${text}`).digest('base64url');

  /** Takes one try, or says how many seconds to wait. Known and unknown e-mails are counted alike. */
  async function begin(email: string, address: string | null): Promise<Attempt | { retryAfter: number }> {
    const place = address === null ? null : nameOf('address', address);
    const account = nameOf('account', email.toLowerCase());
    const counts = [
      ...(place === null ? [] : [{ name: place, limit: PER_ADDRESS }]),
      { name: account, limit: PER_ACCOUNT },
    ];
    for (const { name, limit } of counts) {
      const waitMs = await count(db, name, { limit, nowMs: now() });
      if (waitMs > 0) return { retryAfter: Math.ceil(waitMs / 1000) };
    }
    return {
      succeeded: () => forgive(db, { account, place }),
      back: () =>
        giveBack(
          db,
          counts.map(({ name }) => name),
        ),
    };
  }

  return { begin };
}

/** Counts one try; milliseconds to wait where there were too many. A window is fixed: more tries do not prolong it. */
async function count(db: Kysely<Tables>, name: string, { limit, nowMs }: { limit: Limit; nowMs: number }) {
  const now = new Date(nowMs);
  const open = new Date(nowMs - limit.windowMs);
  const { rows } = await sql<{ count: number; since: Date }>`
    insert into identity.rate_limit as kept (key, count, since) values (${name}, 1, ${now})
    on conflict (key) do update set
      count = case when kept.since <= ${open} then 1 else least(kept.count + 1, ${limit.tries + 1}) end,
      since = case when kept.since <= ${open} then excluded.since else kept.since end
    returning count, since`.execute(db);
  const row = must(rows[0], 'a counter');
  if (row.count === 1) await forgetOld(db, nowMs);
  return row.count > limit.tries ? row.since.getTime() + limit.windowMs - nowMs : 0;
}

async function forgive(db: Kysely<Tables>, { account, place }: { account: string; place: string | null }) {
  await sql`delete from identity.rate_limit where key = ${account}`.execute(db);
  if (place !== null) await giveBack(db, [place]);
}

async function giveBack(db: Kysely<Tables>, names: readonly string[]) {
  await sql`update identity.rate_limit set count = greatest(count - 1, 0) where key = any(${names})`.execute(db);
}

async function forgetOld(db: Kysely<Tables>, nowMs: number) {
  const oldest = new Date(nowMs - Math.max(PER_ACCOUNT.windowMs, PER_ADDRESS.windowMs));
  await sql`delete from identity.rate_limit where since < ${oldest}`.execute(db);
}
