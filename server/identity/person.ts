// People who can sign in. Nobody makes himself one: a set-up, an invitation or a seed does. Written in the caller's
// transaction, in the shape better-auth reads; its own sign-up stays closed.

import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { newId } from '../../src/base/ids.ts';
import type { Tables } from '../store/database.ts';
import { PASSWORD_LENGTH } from './auth.ts';

export interface NewPerson {
  readonly id?: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Why a person was not made. */
export class PersonRefused extends Error {
  readonly reason: 'email-taken' | 'password-length';

  constructor(reason: PersonRefused['reason']) {
    super(reason);
    this.name = 'PersonRefused';
    this.reason = reason;
  }
}

export interface KnownPerson {
  readonly userId: string;
  fits(password: string): Promise<boolean>;
}

/** Who signs in by an address; null where nobody does. */
export async function personAt(db: Kysely<Tables>, email: string): Promise<KnownPerson | null> {
  const found = await sql<{ id: string; password: string | null }>`
    select u.id::text, a.password from identity."user" u
    left join identity.account a on a.user_id = u.id and a.provider_id = 'credential'
    where u.email = ${email.toLowerCase()}`.execute(db);
  const [row] = found.rows;
  if (row === undefined) return null;
  const { id, password: hash } = row;
  return { userId: id, fits: async (password) => hash !== null && verifyPassword({ hash, password }) };
}

/** Takes back a person who was just made; not one who belongs somewhere by now. */
export async function forgetPerson(db: Kysely<Tables>, userId: string): Promise<void> {
  await sql`delete from identity."user" where id = ${userId}
    and not exists (select from relation where relation = 'user' and subject = ${`user:${userId}`})`.execute(db);
}

/** Makes a person with a password. Throws PersonRefused; after `email-taken` the transaction can go on. */
export async function insertPerson(tx: Kysely<Tables>, person: NewPerson): Promise<{ userId: string }> {
  const { length } = person.password;
  if (length < PASSWORD_LENGTH.least || length > PASSWORD_LENGTH.most) throw new PersonRefused('password-length');
  const userId = person.id ?? newId();
  const password = await hashPassword(person.password);
  const made = await sql`
    insert into identity."user" (id, name, email, email_verified)
    values (${userId}, ${person.name.trim()}, ${person.email.trim().toLowerCase()}, true)
    on conflict (email) do nothing`.execute(tx);
  if (made.numAffectedRows !== 1n) throw new PersonRefused('email-taken');
  await sql`
    insert into identity.account (id, account_id, provider_id, user_id, password, updated_at)
    values (${newId()}, ${userId}, 'credential', ${userId}, ${password}, now())`.execute(tx);
  return { userId };
}
