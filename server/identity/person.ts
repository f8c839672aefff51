// People who can sign in. Nobody makes himself one: a set-up, an invitation or a seed does. Written in the caller's
// transaction, in the shape better-auth reads; its own sign-up stays closed.

import { hashPassword } from 'better-auth/crypto';
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
