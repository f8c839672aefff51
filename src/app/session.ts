// Who is here: nobody, a locked membership, or an open one. Signing in needs the server once; unlocking never does. The
// data key lives in this module's memory only: locking reloads the page, and with it goes the key.

import * as z from 'zod/mini';
import type { JsonObject } from '../base/json.ts';
import { must } from '../base/must.ts';
import { clientsNouns } from '../features/shared-client.ts';
import { destroyDatabase } from '../sync/client/database.ts';
import { changeMembership, forgetMembership, membershipHere, membershipsHere } from '../sync/client/registry.ts';
import type { DeviceMembership } from '../sync/client/registry.ts';
import { lookAtStore, lostStores } from '../sync/client/lost-stores.ts';
import type { LostStore } from '../sync/client/lost-stores.ts';
import { forgetUse } from '../sync/client/data-use.ts';
import { forgetNote, noteOf } from '../sync/client/store-note.ts';
import { StoreGone, unlessFull } from '../sync/client/store-troubles.ts';
import { deriveKeyInWorker } from '../sync/client/vault/argon.ts';
import { vaultKeysOf } from '../sync/client/vault/keys.ts';
import { unwrapWithPasskey, unwrapWithPassword } from '../sync/client/vault/wraps.ts';
import { openWorkspace } from '../sync/client/workspace.ts';
import type { Nouns } from '../sync/client/workspace.ts';
import type { Workspace } from '../sync/client/workspace.ts';
import { fetchMe, signInByPassword, signOutHere } from './account/auth-api.ts';
import type { Me, SignInProblem } from './account/auth-api.ts';
import { portalOf } from './portal-kind.ts';
import { lossKey } from './storage/loss-key.ts';

export type Session =
  | { readonly kind: 'starting' }
  /** This browser keeps nothing: nothing may be written here. */
  | { readonly kind: 'no-store' }
  | { readonly kind: 'signed-out' }
  /** What was kept here is gone or does not open: nothing is begun anew before the person says so. */
  | { readonly kind: 'lost'; readonly stores: readonly LostStore[]; readonly others: readonly DeviceMembership[] }
  | { readonly kind: 'choose'; readonly me: Me; choose(membershipId: string): Promise<void> }
  | { readonly kind: 'locked'; readonly memberships: readonly DeviceMembership[] }
  | { readonly kind: 'open'; readonly workspace: Workspace; readonly dataKey: Uint8Array };

const listeners = new Set<() => void>();
const otherTabs = new BroadcastChannel('interlude-session');
let session: Session = { kind: 'starting' };

export const currentSession = (): Session => session;

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function become(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

/** Looks what this device holds. */
export async function startSession(): Promise<void> {
  otherTabs.addEventListener('message', ({ data }) => {
    if (session.kind === 'open' && data === session.workspace.membership.id) location.reload();
  });
  const memberships = await membershipsHere().catch(() => null);
  const stores = await lostStores(memberships);
  const others = (memberships ?? []).filter(({ id }) => stores.every((lost) => lost.id !== id));
  if (stores.length > 0) become({ kind: 'lost', stores, others });
  else if (memberships === null) become({ kind: 'no-store' });
  else showLock(others);
}

function showLock(memberships: readonly DeviceMembership[]): void {
  become(memberships.length > 0 ? { kind: 'locked', memberships } : { kind: 'signed-out' });
}

/** Passes by what is lost, to those whose store is there. It is reported again at the next start. */
export function passByLost(): void {
  if (session.kind === 'lost') showLock(session.others);
}

/** Takes what is left of a lost store off the device, by its person's choice, and looks again. */
export async function forgetLost(id: string): Promise<void> {
  forgetCounts(id);
  await forgetMembership(id);
  await destroyDatabase(id);
  location.reload();
}

/** What is remembered outside of the store: its counts, and what was lost of an earlier one. */
function forgetCounts(id: string): void {
  forgetNote(id);
  forgetUse(id);
  localStorage.removeItem(lossKey(id));
}

/** Leaves the lock screen, or the report of a loss, for the sign-in; nothing that is here is touched. */
export function signInAsAnother(): void {
  become({ kind: 'signed-out' });
}

/** Signs in and opens the membership, or asks which. Returns what stood in the way. */
export async function signIn(email: string, password: string): Promise<SignInProblem | undefined> {
  const problem = await signInByPassword(email, password);
  if (problem !== undefined) return problem;
  const me = await fetchMe();
  if (me === null) return 'offline';
  const only = me.memberships[0];
  if (only === undefined) return 'no-membership';
  const choose = (id: string) => setUp(me, id, password);
  if (me.memberships.length > 1) become({ kind: 'choose', me, choose });
  else await choose(only.membershipId);
  return undefined;
}

/** Makes or opens this device's store for a membership of the person who has just signed in with this password. */
async function setUp(me: Me, membershipId: string, password: string): Promise<void> {
  // A second press, or a second tab, must find what the first one made, never make another key for the same store.
  await onlyOne(`interlude-setup-${membershipId}`, async () => {
    if (session.kind !== 'open') await makeOrOpen(me, membershipId, password);
  });
}

function onlyOne(name: string, work: () => Promise<void>): Promise<void> {
  const { locks } = navigator;
  return locks === undefined ? work() : locks.request(name, work);
}

async function makeOrOpen(me: Me, membershipId: string, password: string): Promise<void> {
  const chosen = must(
    me.memberships.find((one) => one.membershipId === membershipId),
    'a membership of this person',
  );
  const here = await membershipHere(membershipId);
  const noted = noteOf(membershipId) ?? here?.noted;
  const isLost = here === undefined ? noted !== undefined : (await lookAtStore(membershipId)) !== 'there';
  const oldKey = here && (await dataKeyBy(here, password));
  if (here && oldKey && !isLost) return open(here, oldKey, password);
  const { makeStore } = await import('./account/make-store.ts');
  const made = await makeStore({ me, chosen, here, oldKey, noted, isLost, password });
  await open(made.membership, made.dataKey, password);
}

async function open(membership: DeviceMembership, dataKey: Uint8Array, password?: string): Promise<void> {
  const usedAt = new Date().toISOString();
  await changeMembership(membership.id, { usedAt, noted: noteOf(membership.id) }).catch(unlessFull);
  const nouns = await nounsFor(membership);
  const opening = openWorkspace(nouns, { ...membership, usedAt }, vaultKeysOf(dataKey));
  const workspace = await opening.catch((error: unknown) => {
    // Gone since this page was loaded: the next look reports it.
    if (error instanceof StoreGone) location.reload();
    throw error;
  });
  become({ kind: 'open', workspace, dataKey });
  if (password && portalOf(workspace) === 'client') void openPrivate(workspace, password).catch(() => undefined);
  // Asked without waiting: browsers that grant it by themselves do so now, others ask in the settings.
  void navigator.storage?.persist?.().catch(() => false);
  void layBallast(membership.id).catch(() => undefined);
}

/** What the person reads alone opens with the same password, as soon as it is here. */
async function openPrivate(workspace: Workspace, password: string): Promise<void> {
  const { openWhenHere } = await import('./private/open-when-here.ts');
  await openWhenHere(workspace, password);
}

/** What the staff has to do with comes with their portal. */
async function nounsFor(membership: DeviceMembership): Promise<Nouns> {
  if (portalOf({ membership }) === 'client') return clientsNouns;
  const { declared } = await import('../features/shared.ts');
  return { recordTypes: declared.recordTypes, declarations: async () => declared };
}

async function layBallast(id: string): Promise<void> {
  const room = await import('../sync/client/room.ts');
  await room.layBallast(id);
}

export type Unlocked = 'open' | 'wrong' | 'cancelled';

/** Opens a locked membership, without a network. */
export async function unlockWithPassword(membership: DeviceMembership, password: string): Promise<Unlocked> {
  const dataKey = await dataKeyBy(membership, password);
  if (dataKey === undefined) return 'wrong';
  await open(membership, dataKey, password);
  return 'open';
}

async function dataKeyBy({ wraps }: DeviceMembership, password: string): Promise<Uint8Array | undefined> {
  for (const wrap of wraps) {
    if (wrap.kind !== 'password') continue;
    const unwrapped = await unwrapWithPassword(wrap, { password, derive: deriveKeyInWorker });
    if (unwrapped.status === 'open') return unwrapped.dataKey;
  }
  return undefined;
}

/** The same by fingerprint, face or device PIN, where a passkey was added. */
export async function unlockWithPasskey(membership: DeviceMembership): Promise<Unlocked> {
  for (const wrap of membership.wraps) {
    if (wrap.kind !== 'passkey') continue;
    const { passkeyKek } = await passkeys();
    const asked = await passkeyKek(wrap.credentialId, wrap.salt);
    if (asked.status !== 'ok') return 'cancelled';
    const unwrapped = unwrapWithPasskey(wrap, asked.kek);
    if (unwrapped.status !== 'open') continue;
    await open(membership, unwrapped.dataKey);
    return 'open';
  }
  return 'wrong';
}

/** Fetched when somebody uses one: most first screens never do. */
const passkeys = () => import('../sync/client/vault/passkey.ts');

/** Keeps what the lock screen may show and use. */
export async function keepForLockScreen(lockScreen: JsonObject): Promise<void> {
  if (session.kind === 'open')
    await changeMembership(session.workspace.membership.id, { lockScreen }).catch(unlessFull);
}

/** Forgets the key, in every tab, once what is being typed is kept. What is unsent stays, and goes out as parcels. */
export function lock(): void {
  if (session.kind !== 'open') return;
  const { workspace } = session;
  const close = () => {
    workspace.close();
    otherTabs.postMessage(workspace.membership.id);
    location.reload();
  };
  void import('../features/draft-keep-all.ts').then((typed) => typed.keepAll()).then(close, close);
}

/** Ends the session here and takes this membership off the device. What is unsent goes too: the caller has asked. */
export async function signOut(): Promise<void> {
  if (session.kind !== 'open') return;
  const { workspace } = session;
  const { id } = workspace.membership;
  workspace.close();
  // Twice: another tab counts for as long as the store is there.
  forgetCounts(id);
  await forgetMembership(id);
  await (await import('../sync/client/shares.ts')).forgetShares(id);
  await destroyDatabase(id);
  forgetNote(id);
  await signOutHere();
  otherTabs.postMessage(id);
  location.replace('/sign-in');
}

export const lockScreenShape = z.object({
  client: z.optional(z.string()),
  crisis: z.optional(
    z.record(
      z.string(),
      z.object({ text: z.string(), links: z.array(z.object({ label: z.string(), phone: z.string() })) }),
    ),
  ),
});
