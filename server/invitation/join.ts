// Coming in by an invitation: what a letter or page stands at, and the act that makes of it a sign-in and a membership. Promises: it
// works once; nothing of a practice is told to who has not the right secret; a name that is somebody's opens to his password alone.

import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { newId } from '../../src/base/ids.ts';
import { accountAddress, isEmailName, signInName } from '../../src/base/sign-in-name.ts';
import { CLIENT } from '../../src/features/client/schema.ts';
import type { Client } from '../../src/features/client/schema.ts';
import { INVITATION, isInvitable, isOpenState, stateAt } from '../../src/features/invitation/schema.ts';
import type { Invitation, InvitationLink, InvitationState } from '../../src/features/invitation/schema.ts';
import { officeOf } from '../../src/features/space-names.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import type { Row, RowRef } from '../../src/sync/core/record.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import { practiceAt } from '../effects/clock/parts.ts';
import type { ClockParts } from '../effects/clock/parts.ts';
import { writeWanted } from '../effects/clock/write.ts';
import { hashOfSecret, practiceThatInvites } from '../effects/invitations.ts';
import type { Identity } from '../identity/identity.ts';
import { PersonRefused } from '../identity/person.ts';
import { PATIENCE } from '../store/database.ts';
import type { PracticeState } from '../store/store.ts';
import { Turns } from '../store/turns.ts';

export interface JoinParts extends ClockParts {
  readonly identity: Pick<Identity, 'beginTry' | 'personAt' | 'createUser' | 'forgetPerson' | 'membershipsOf'>;
}

/** What the person who holds the letter or page is told. */
export interface JoinView {
  readonly state: Exclude<InvitationState, 'requested'>;
  /** Only of what is open. */
  readonly login?: string;
  readonly way?: Invitation['way'];
  /** Somebody signs in by that address already: it is his password that is asked for. */
  readonly hasAccount?: boolean;
}

export type Joined =
  | { readonly state: 'joined'; readonly login: string; readonly practice: string }
  /** The name is somebody's, and this is not his password. */
  | { readonly state: 'wrong-password' | 'name-taken' | 'bad-name' }
  /** He belongs to this practice already: one sign-in is one person in it. */
  | { readonly state: 'here-already' }
  /** Too many passwords were tried for that account, here or at a sign-in. */
  | { readonly state: 'slow-down'; readonly retryAfter: number }
  | { readonly state: Exclude<InvitationState, 'requested' | 'open'> };

const ATTEMPTS = 8;

interface Found {
  readonly practice: PracticeState;
  readonly invitation: Row<Invitation>;
  readonly client: Row<Client>;
  readonly state: Exclude<InvitationState, 'requested'>;
}

/** How the invitation stands; null for whatever names none, or has not its secret. */
export async function lookAtInvitation(parts: JoinParts, link: InvitationLink): Promise<JoinView | null> {
  const found = await find(parts, link);
  if (found === null) return null;
  if (found.state !== 'open') return { state: found.state };
  const { login, way } = found.invitation.fields;
  const known = way === 'email' ? await parts.identity.personAt(accountAddress(login)) : null;
  return { state: 'open', login, way, hasAccount: known !== null };
}

/** Makes or finds the sign-in, and the client's membership; null where the link names nothing. */
export async function join(
  parts: JoinParts,
  link: InvitationLink,
  given: { readonly login: string; readonly password: string },
): Promise<Joined | null> {
  const found = await find(parts, link);
  if (found === null) return null;
  if (found.state !== 'open') return { state: found.state };
  const login = loginFor(found.invitation.fields, given.login);
  if (login === null) return { state: 'bad-name' };
  const account = accountAddress(login);
  const attempt = await parts.identity.beginTry(account, null);
  if ('retryAfter' in attempt) return { state: 'slow-down', ...attempt };
  const joined = await alone(parts, account, () => comeIn(parts, link, { ...given, login }));
  if (joined?.state === 'joined') await attempt.succeeded();
  return joined;
}

const turns = new Turns(PATIENCE.lockMs);

/** One at a time for an account: else who comes second could take back the person as whom the first has come in. */
async function alone<T>({ database }: JoinParts, account: string, work: () => Promise<T>): Promise<T> {
  // One connection of this node holds a lock, however many wait.
  return turns.take('join', () =>
    database.db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`join ${account}`}, 0))`.execute(tx);
      return work();
    }),
  );
}

async function comeIn(
  parts: JoinParts,
  link: InvitationLink,
  given: { readonly login: string; readonly password: string },
): Promise<Joined | null> {
  const found = await find(parts, link);
  if (found === null) return null;
  if (found.state !== 'open') return { state: found.state };
  const person = await personFor(parts, found, given);
  if ('state' in person) return person;
  const { userId, isNew } = person;
  const state = await enrol(parts, link, userId);
  if (state === 'joined') return { state, login: given.login, practice: found.practice.slug };
  // Somebody else was first: of who comes second nothing is left.
  if (isNew) await parts.identity.forgetPerson(userId);
  return state === null ? null : { state };
}

/** A letter is for its address; a page proposes a name, and its holder chooses. */
function loginFor({ way, login }: Invitation, typed: string): string | null {
  if (way === 'email') return login;
  const name = signInName(typed);
  return name === null || isEmailName(name) ? null : name;
}

type PersonFor = { readonly userId: string; readonly isNew: boolean } | Extract<Joined, { state: unknown }>;

async function personFor(
  { identity }: JoinParts,
  { client, invitation }: Found,
  { login, password }: { readonly login: string; readonly password: string },
): Promise<PersonFor> {
  const email = accountAddress(login);
  const known = await identity.personAt(email);
  if (known === null) {
    const { legalName, preferredName } = client.fields;
    try {
      const { userId } = await identity.createUser({ name: preferredName ?? legalName, email, password });
      return { userId, isNew: true };
    } catch (error) {
      if (error instanceof PersonRefused && error.reason === 'email-taken') return { state: 'name-taken' };
      throw error;
    }
  }
  const isLetter = invitation.fields.way === 'email';
  if (!(await known.fits(password))) return { state: isLetter ? 'wrong-password' : 'name-taken' };
  return { userId: known.userId, isNew: false };
}

async function enrol(
  parts: JoinParts,
  link: InvitationLink,
  userId: string,
): Promise<'joined' | 'here-already' | Exclude<InvitationState, 'requested' | 'open'> | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = await find(parts, link);
    if (found === null) return null;
    const { practice, invitation, client, state } = found;
    if (state !== 'open') return state;
    // What is written below is written over the relations as they were before this.
    const own = await parts.identity.membershipsOf(userId);
    if (own.some(({ practiceId }) => practiceId === practice.id)) return 'here-already';
    const at = parts.now().toISOString();
    const memberId = newId();
    const wanted = [
      {
        ...refOf(invitation),
        fields: { ...invitation.fields, status: 'accepted' as const, endedAt: at, endedBy: memberId },
      },
      { ...refOf(client), fields: { ...client.fields, memberId, userId, status: 'active' as const } },
    ];
    if ((await writeWanted(parts, practice, { wanted, ground: [invitation, client] })) !== 'stale') return 'joined';
  }
  throw new Error('an invitation that never rests');
}

async function find(parts: JoinParts, { id, secret }: InvitationLink): Promise<Found | null> {
  const practiceId = await practiceThatInvites(parts.database, id);
  if (practiceId === null) return null;
  const practice = await practiceAt(parts, practiceId);
  const invitation = await rowOf<Invitation>(parts, practice, { type: INVITATION, id });
  const hash = invitation?.fields.secretHash;
  if (!invitation || !hash || !isSame(hash, hashOfSecret(secret))) return null;
  const client = await rowOf<Client>(parts, practice, { type: CLIENT, id: invitation.fields.client });
  if (client === null || client.space !== officeOf(client.id)) return null;
  const state = stateAt(invitation.fields, parts.now().toISOString());
  if (!isOpenState(state)) return { practice, invitation, client, state: state as Found['state'] };
  const { memberId, status } = client.fields;
  // Another letter or page of hers was used: she signs in by that. To who is no client any more it opens nothing.
  const now = memberId !== undefined ? 'accepted' : isInvitable({ status }) ? 'open' : 'revoked';
  return { practice, invitation, client, state: now };
}

async function rowOf<F extends Client | Invitation>(
  { store }: JoinParts,
  practice: PracticeState,
  ref: RowRef,
): Promise<Row<F> | null> {
  const key = { memberId: practice.id, device: practice.id };
  const { rows } = await store.readBatch(practice.id, { key, refs: [ref], ns: [] });
  const row = rows.get(rowKey(ref)) ?? null;
  return row === null || isTombstone(row) ? null : (row as Row<F>);
}

const refOf = ({ type, id, space }: Row) => ({ type, id, space });

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
