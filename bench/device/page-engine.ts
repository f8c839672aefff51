// A device as the app makes it, without its screens: the engine's own store under a data key, its loops and its live reads.
// The data key lies in the page's storage, because what is measured begins after the password.

import { base64urlToBytes, bytesToBase64url } from '../../src/base/base64url.ts';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { entriesOf } from '../../src/features/journal/queries.ts';
import { declared } from '../../src/features/shared.ts';
import { live } from '../../src/sync/client/live.ts';
import { destroyDatabase } from '../../src/sync/client/database.ts';
import { createDatabase } from '../../src/sync/client/device-setup.ts';
import { openDexieStore } from '../../src/sync/client/dexie-store.ts';
import { greet, sayHello } from '../../src/sync/client/greet.ts';
import { mutate } from '../../src/sync/client/mutate.ts';
import type { Desk } from '../../src/sync/client/mutate.ts';
import { pullAll } from '../../src/sync/client/pull-loop.ts';
import { pushAll } from '../../src/sync/client/push-loop.ts';
import { createReader } from '../../src/sync/client/reader.ts';
import type { Reader } from '../../src/sync/client/reader.ts';
import { changeMembership, keepMembership, membershipsHere } from '../../src/sync/client/registry.ts';
import { cipherOf } from '../../src/sync/client/vault/cipher.ts';
import { createDeviceKey, generateDataKey, vaultKeysOf } from '../../src/sync/client/vault/keys.ts';
import { post } from '../../src/sync/client/wire.ts';
import { openWorkspace } from '../../src/sync/client/workspace.ts';
import type { Workspace } from '../../src/sync/client/workspace.ts';
import { openSealingSession } from '../../src/sync/core/parcel.ts';
import { entryArgs } from '../ground/entries.ts';
import { bodiesFrom, watched } from './page-watch.ts';

const KEY_AT = 'bench-data-key';
const LIST = 30;
const WRITES_AT_ONCE = 25;

interface Me {
  readonly memberships: readonly { practice: string; membershipId: string; roles: string[] }[];
}

interface Open {
  readonly desk: Desk;
  readonly practice: string;
  readonly reader: Reader;
}

let opened: Open | null = null;
let workspace: Workspace | null = null;

/** Signs in and makes this device's empty store, in place of the one that was here. */
async function setUp({
  email,
  password,
  practice,
}: {
  email: string;
  password: string;
  practice: string;
}): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const signIn = { method: 'POST', headers: json, body: JSON.stringify({ email, password }) };
  if (!(await fetch('/api/auth/sign-in/email', signIn)).ok) throw new Error('the sign-in was refused');
  const me = (await (await fetch('/api/me')).json()) as Me;
  const chosen = must(
    me.memberships.find((one) => one.practice === practice),
    'a membership',
  );
  await close();
  await destroyDatabase(chosen.membershipId);
  const dataKey = generateDataKey();
  const device = newId();
  const { sealing } = await sayHello(post, { practice, membership: chosen.membershipId, device });
  await createDatabase(chosen.membershipId, { device, sealing });
  await keepMembership({
    id: chosen.membershipId,
    practice,
    name: 'A person',
    roles: chosen.roles,
    wraps: [],
    deviceKey: await createDeviceKey(vaultKeysOf(dataKey)),
    lockScreen: {},
    usedAt: new Date().toISOString(),
  });
  localStorage.setItem(KEY_AT, bytesToBase64url(dataKey));
}

const keysHere = () => vaultKeysOf(must(base64urlToBytes(localStorage.getItem(KEY_AT) ?? ''), 'a data key'));

export async function desk(): Promise<Open> {
  if (opened !== null) return opened;
  const membership = must((await membershipsHere())[0], 'a membership');
  const cipher = cipherOf(keysHere());
  const store = openDexieStore(membership.id, cipher);
  const session = await openSealingSession((await store.state()).sealing);
  const made: Desk = {
    store,
    declared,
    cipher,
    memberId: membership.id,
    sealParcel: (header, plain) => session.seal(header, plain),
    now: () => new Date(),
  };
  opened = { desk: made, practice: membership.practice, reader: createReader(store, made, membership.id) };
  return opened;
}

async function close(): Promise<void> {
  workspace?.close();
  opened?.desk.store.close();
  workspace = opened = null;
}

/** Fetches everything, as after a sign-in; `firstMs` and `firstBytes` are of what came until the newest rows could be read. */
async function pull(client: string) {
  const { desk: mine, practice, reader } = await desk();
  await greet(mine, { post, practice });
  performance.clearResourceTimings();
  performance.setResourceTimingBufferSize(10_000);
  const startedAt = performance.now();
  let first: { ms: number; answers: number } | null = null;
  let answers = 0;
  const counted: typeof post = async (...asked) => {
    if (first === null && (await entriesOf(reader, { client, limit: LIST })).entries.length > 0)
      first = { ms: performance.now() - startedAt, answers };
    const answer = await post(...asked);
    answers += 1;
    return answer;
  };
  const { ms, blocks } = await watched(() => pullAll(mine, { post: counted, practice }));
  const { ms: firstMs, answers: firstAnswers } = must<{ ms: number; answers: number }>(first, 'a first page');
  const bodies = bodiesFrom(`/sync/${practice}/pull`);
  const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
  return { ms, blocks, pulls: answers, bytes: sum(bodies), firstMs, firstBytes: sum(bodies.slice(0, firstAnswers)) };
}

/** Does so many acts, of which none is sent; the bytes of their mutations as plain JSON. */
async function write({ count, client }: { count: number; client: string }) {
  const { desk: mine } = await desk();
  const startedAt = performance.now();
  for (let from = 0; from < count; from += WRITES_AT_ONCE) {
    const some = Array.from({ length: Math.min(WRITES_AT_ONCE, count - from) }, (_, i) =>
      mutate(mine, { name: 'journal.addEntry', args: entryArgs({ client, by: mine.memberId }, from + i) }),
    );
    for (const refusal of await Promise.all(some)) if (refusal) throw new Error(`refused: ${refusal.code}`);
  }
  const ms = performance.now() - startedAt;
  const unsent = await mine.store.outbox.unsent();
  return { ms, rawBytes: unsent.reduce((sum, entry) => sum + JSON.stringify(entry.mutation).length, 0) };
}

/** Sends everything; `waitMs` of it was waiting for the server. */
async function push() {
  const { desk: mine, practice } = await desk();
  let waitMs = 0;
  const timed: typeof post = async (...asked) => {
    const askedAt = performance.now();
    const answer = await post(...asked);
    waitMs += performance.now() - askedAt;
    return answer;
  };
  const { ms, blocks } = await watched(() => pushAll(mine, { post: timed, practice }));
  if ((await mine.store.outbox.countUnsent()) > 0) throw new Error('something was not sent');
  return { ms, waitMs, blocks };
}

/** One round of the job where there is nothing to do. */
async function idle(): Promise<void> {
  const { desk: mine, practice } = await desk();
  await pushAll(mine, { post, practice });
  await pullAll(mine, { post, practice });
}

/** From the data key to the first list of the newest entries, as an unlock does it. */
async function start(client: string) {
  await close();
  const membership = must((await membershipsHere())[0], 'a membership');
  const { result, ms, blocks } = await watched(async () => {
    await changeMembership(membership.id, { usedAt: new Date().toISOString() });
    workspace = await openWorkspace(
      { recordTypes: declared.recordTypes, declarations: async () => declared },
      membership,
      keysHere(),
    );
    const { entries } = await firstOf(workspace.reader, client);
    return entries.length;
  });
  return { ms, blocks, shown: result };
}

function firstOf(reader: Reader, client: string): ReturnType<typeof entriesOf> {
  return new Promise((resolve, reject) => {
    const watching = live(() => entriesOf(reader, { client, limit: LIST })).subscribe((value) => {
      resolve(value);
      setTimeout(() => watching.unsubscribe());
    }, reject);
  });
}

/** Does acts one after another, each when the one before is seen and sent; milliseconds until each was kept, and was seen. */
async function save({ count, client }: { count: number; client: string }) {
  const here = must(workspace, 'a workspace that was started');
  const waiting = new Map<string, () => void>();
  const watching = live(() => entriesOf(here.reader, { client, limit: LIST })).subscribe(({ entries }) => {
    for (const { id } of entries) waiting.get(id)?.();
  });
  const samples: { kept: number; seen: number }[] = [];
  for (let i = 0; i < count; i += 1) {
    const args = entryArgs({ client, by: here.membership.id }, i);
    const startedAt = performance.now();
    const seen = new Promise<number>((resolve) => waiting.set(args.id, () => resolve(performance.now() - startedAt)));
    const refusal = await here.mutate({ name: 'journal.addEntry', args });
    if (refusal) throw new Error(`refused: ${refusal.code}`);
    samples.push({ kept: performance.now() - startedAt, seen: await seen });
    waiting.delete(args.id);
    await here.settled();
  }
  watching.unsubscribe();
  return samples;
}

export const engineDevice = { setUp, pull, write, push, idle, start, save, close };
