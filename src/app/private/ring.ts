// A person's keys for private entries: which there are ways to, which are open on this device, and the acts that change the ways. Mostly there
// is one. Two devices that each made one without a network have made two: both are kept, entries name theirs, and a device that has both lets
// each open the other. What new entries are sealed under is the same on every device that has it open: the first made.

import { newId } from '../../base/ids.ts';
import { changeWraps } from '../../features/private-entry/mutators.ts';
import { userOf } from '../../features/space-names.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { restingKey, restKey } from '../../sync/client/resting-key.ts';
import type { DeriveKey } from '../../sync/client/vault/argon-derive.ts';
import type { ArgonCost } from '../../sync/client/vault/argon-derive.ts';
import {
  newPersonalKey,
  openByCode,
  openByKey,
  openByPassword,
  wrapByCode,
  wrapByKey,
  wrapByPassword,
} from '../../sync/client/vault/personal-key.ts';
import type { PersonalKey, PersonalWrap } from '../../sync/client/vault/personal-key.ts';
import type { Workspace } from '../../sync/client/workspace.ts';
import { hourOf } from './hour.ts';

/** What of an open membership this needs. */
export type Desk = Pick<Workspace, 'reader' | 'keepDraft' | 'mutate'>;

interface Way {
  readonly id: string;
  readonly key: string;
  readonly wrap: PersonalWrap;
}

export interface Ring {
  readonly ways: readonly Way[];
  /** Ids of all keys that there are ways to, the first made first. */
  readonly keys: readonly string[];
  readonly open: ReadonlyMap<string, PersonalKey>;
  /** `unknown`: this device has not fetched all yet, so that there may be a key. `partly`: one is open, another is not. */
  readonly state: 'unknown' | 'none' | 'locked' | 'partly' | 'open';
  /** What new entries are sealed under. */
  readonly writing: PersonalKey | null;
}

/** How the keys stand on this device. Live when used inside a live read. */
export async function ringOf(reader: Reader): Promise<Ring> {
  const ways = (await reader.all('privateEntryWrap')).map(({ id, fields }): Way => {
    return { id, key: String(fields['key']), wrap: fields['wrap'] as PersonalWrap };
  });
  const keys = [...new Set(ways.map(({ key }) => key))].sort();
  const open = await openOf(reader, keys);
  const isKnown = (await reader.isWhole()) && (await reader.spaces()).includes(userOf(reader.memberId));
  const some = open.size === keys.length ? 'open' : 'partly';
  const state = keys.length === 0 ? (isKnown ? 'none' : 'unknown') : open.size === 0 ? 'locked' : some;
  return { ways, keys, open, state, writing: [...open.values()][0] ?? null };
}

/** Those of these keys that are open on this device, in the same order. */
export async function openOf(reader: Pick<Reader, 'draft'>, ids: readonly string[]): Promise<Map<string, PersonalKey>> {
  const found = await Promise.all(ids.map((id) => restingKey(reader, id)));
  return new Map(found.flatMap((key) => (key ? [[key.id, key] as const] : [])));
}

export interface Secrets {
  readonly password: string;
  /** Whole and without spaces. */
  readonly code: string;
}

interface Cost {
  readonly derive: DeriveKey;
  readonly cost?: ArgonCost;
}

/** `there`: another device was first; nothing was made. */
export type Made = 'made' | 'there' | 'refused';

/** Makes the key, with its first two ways. It rests on this device before any row names it. */
export async function makeKey(desk: Desk, { password, code }: Secrets, how: Cost): Promise<Made> {
  const { reader } = desk;
  if ((await ringOf(reader)).keys.length > 0) return 'there';
  const key = (await keyWithoutWays(reader)) ?? newPersonalKey();
  await restKey(desk.keepDraft, key);
  const owner = reader.memberId;
  const add = [await wrapByPassword(key, owner, { password, ...how }), wrapByCode(key, owner, code)];
  return (await change(desk, { key: key.id, add, remove: [] })) ? 'made' : 'refused';
}

/** A key that entries here are under, whose ways were given up before they were sent: it must not be forgotten for a new one. */
async function keyWithoutWays(reader: Reader): Promise<PersonalKey | undefined> {
  const rows = await reader.newest('privateEntry', { space: userOf(reader.memberId), limit: 50 });
  const open = await openOf(reader, [...new Set(rows.map(({ fields }) => String(fields['key'])))]);
  return [...open.values()][0];
}

/** Opens what this password opens. Returns whether all is open. Costs a derivation a way, so it is asked of what is closed only. */
export async function openWithPassword(
  desk: Desk,
  password: string,
  { derive }: Pick<Cost, 'derive'>,
): Promise<boolean> {
  const owner = desk.reader.memberId;
  return openWith(desk, ({ key, wrap }) => openByPassword(wrap, { owner, key }, { password, derive }));
}

/** Opens what this code opens. Returns whether it opened anything. */
export async function openWithCode(desk: Desk, code: string): Promise<boolean> {
  const owner = desk.reader.memberId;
  const before = (await ringOf(desk.reader)).open.size;
  await openWith(desk, ({ key, wrap }) => openByCode(wrap, { owner, key }, code));
  return (await ringOf(desk.reader)).open.size > before;
}

async function openWith(desk: Desk, open: (way: Way) => Promise<PersonalKey | null> | PersonalKey | null) {
  const { reader, keepDraft } = desk;
  const ring = await ringOf(reader);
  const opened = new Map(ring.open);
  for (const way of ring.ways) {
    if (opened.has(way.key)) continue;
    const key = await open(way);
    if (key) opened.set(key.id, key);
  }
  openByEachOther(reader.memberId, ring, opened);
  for (const key of opened.values()) if (!ring.open.has(key.id)) await restKey(keepDraft, key);
  await linkKeys(desk);
  return opened.size === ring.keys.length;
}

/** Until nothing more opens. */
function openByEachOther(owner: string, { ways }: Ring, opened: Map<string, PersonalKey>): void {
  const next = ways.flatMap(({ key, wrap }) => {
    const by = wrap.kind === 'key' && !opened.has(key) ? opened.get(wrap.by) : undefined;
    return (by && openByKey(wrap, { owner, key }, by)) ?? [];
  })[0];
  if (next === undefined) return;
  opened.set(next.id, next);
  openByEachOther(owner, { ways } as Ring, opened);
}

/** Lets keys that are open here open each other, so that either code or password does for both. */
async function linkKeys(desk: Desk): Promise<void> {
  const { reader } = desk;
  const { open, ways } = await ringOf(reader);
  for (const key of open.values()) {
    const isLinked = (by: string) =>
      ways.some((way) => way.key === key.id && way.wrap.kind === 'key' && way.wrap.by === by);
    const missing = [...open.values()].filter((by) => by.id !== key.id && !isLinked(by.id));
    const add = missing.map((by) => wrapByKey(key, reader.memberId, by));
    if (add.length > 0) await change(desk, { key: key.id, add, remove: [] });
  }
}

/** A new code for every key that is open here; the old ones open them no more. False where the device said no. */
export async function renewCode(desk: Desk, code: string): Promise<boolean> {
  const { open, ways } = await ringOf(desk.reader);
  let isDone = open.size > 0;
  for (const key of open.values()) {
    const old = ways.filter((way) => way.key === key.id && way.wrap.kind === 'code').map(({ id }) => id);
    const add = [wrapByCode(key, desk.reader.memberId, code)];
    isDone = (await change(desk, { key: key.id, add, remove: old })) && isDone;
  }
  return isDone;
}

/** Sees to it that this password opens every key that is open here: those of an earlier one open them no more. */
export async function renewPassword(desk: Desk, password: string, how: Cost): Promise<void> {
  const owner = desk.reader.memberId;
  const { open, ways } = await ringOf(desk.reader);
  for (const key of open.values()) {
    const old = ways.filter((way) => way.key === key.id && way.wrap.kind === 'password');
    const opened = await Promise.all(
      old.map(({ wrap }) => openByPassword(wrap, { owner, key: key.id }, { password, ...how })),
    );
    if (opened.some((one) => one !== null)) continue;
    const add = [await wrapByPassword(key, owner, { password, ...how })];
    await change(desk, { key: key.id, add, remove: old.map(({ id }) => id) });
  }
}

type Change = { readonly key: string; readonly add: readonly PersonalWrap[]; readonly remove: readonly string[] };

async function change({ reader, mutate }: Desk, { key, add, remove }: Change): Promise<boolean> {
  const args = {
    ...saidOf(reader.memberId, new Date().toISOString()),
    key,
    add: add.map((wrap) => ({ id: newId(), wrap })),
    remove: [...remove],
  };
  return (await mutate({ name: changeWraps.name, args })) === undefined;
}

/** What every private act says of itself: no more of the time than an hour, and no place. */
export const saidOf = (by: string, at: string) => ({ by, at: hourOf(at), zone: 'UTC' });
