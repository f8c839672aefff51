// Coming in by an invitation: what a letter or page stands at, and the act that makes of it a sign-in and a membership. Promises: it
// works once; nothing of a practice is told to who has not the right secret; a name that is somebody's opens to his password alone.

import { timingSafeEqual } from 'node:crypto';
import { newId } from '../../src/base/ids.ts';
import { accountAddress, isEmailName, signInName } from '../../src/base/sign-in-name.ts';
import { CLIENT } from '../../src/features/client/schema.ts';
import type { Client } from '../../src/features/client/schema.ts';
import { INVITATION, isOpenState, stateAt } from '../../src/features/invitation/schema.ts';
import type { Invitation, InvitationLink, InvitationState } from '../../src/features/invitation/schema.ts';
import { officeOf } from '../../src/features/space-names.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import type { Row, RowRef } from '../../src/sync/core/record.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import type { ClockParts } from '../effects/clock/parts.ts';
import { writeWanted } from '../effects/clock/write.ts';
import { hashOfSecret } from '../effects/invitations.ts';
import type { Identity } from '../identity/identity.ts';
import { PersonRefused } from '../identity/person.ts';
import type { PracticeState } from '../store/store.ts';

export interface JoinParts extends ClockParts {
  readonly identity: Pick<Identity, 'personAt' | 'createUser' | 'forgetPerson' | 'membershipsOf'>;
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
  const person = await personFor(parts, found, { ...given, login });
  if ('state' in person) return person;
  const { userId, isNew } = person;
  const state = await enrol(parts, link, userId);
  if (state === 'joined') return { state, login, practice: found.practice.slug };
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
  { practice, client, invitation }: Found,
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
  const own = await identity.membershipsOf(known.userId);
  if (own.some(({ practiceId }) => practiceId === practice.id)) return { state: 'here-already' };
  return { userId: known.userId, isNew: false };
}

async function enrol(
  parts: JoinParts,
  link: InvitationLink,
  userId: string,
): Promise<'joined' | Exclude<InvitationState, 'requested' | 'open'> | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = await find(parts, link);
    if (found === null) return null;
    const { practice, invitation, client, state } = found;
    if (state !== 'open') return state;
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

async function find(parts: JoinParts, { practice: slug, id, secret }: InvitationLink): Promise<Found | null> {
  const practice = await parts.store.practice(slug);
  if (practice === null) return null;
  const invitation = await rowOf<Invitation>(parts, practice, { type: INVITATION, id });
  const hash = invitation?.fields.secretHash;
  if (!invitation || !hash || !isSame(hash, hashOfSecret(secret))) return null;
  const client = await rowOf<Client>(parts, practice, { type: CLIENT, id: invitation.fields.client });
  if (client === null || client.space !== officeOf(client.id)) return null;
  const state = stateAt(invitation.fields, parts.now().toISOString());
  if (!isOpenState(state)) return { practice, invitation, client, state: state as Found['state'] };
  // Another letter or page of hers was used: she signs in by that.
  return { practice, invitation, client, state: client.fields.memberId === undefined ? 'open' : 'accepted' };
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
