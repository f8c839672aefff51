// Files that acts name: sent with the act, kept here when it is given up, sent again to a server that was set back, and left to
// whoever goes on without the key.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import { declared } from '../../features/shared.ts';
import { giveUpFile, queueAgain } from '../client/files-here.ts';
import { refetchSpaces } from '../client/apply.ts';
import type { FileRecord } from '../client/database.ts';
import { beginWithParcels } from '../client/device-setup.ts';
import type { Device } from './devices.ts';
import { ADD_ENTRY, deviceOf, entryOf } from './people.ts';

let server: Awaited<ReturnType<typeof startMemoryServer>>;
let phone: Device;
beforeEach(async () => {
  server = await startMemoryServer();
  phone = await deviceOf(server, 'ana');
});
afterEach(() => expect(server.bugs).toEqual([]));

const [PHOTO, SMALL, OTHER] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];

async function lay(...ids: string[]): Promise<void> {
  const rest = { space: 's', bytes: 3, state: 'local', offset: 0, spoilt: 0, hour: '' } as const;
  await phone.store.files.put(ids.map((id) => ({ id, ...rest, ...(id === SMALL && { of: PHOTO }) })));
  for (const id of ids) await phone.store.files.putBytes(id, Uint8Array.of(1, 2, 3));
}

function entryWithPhoto(): JsonObject {
  const key = 'k'.repeat(43);
  const photo = {
    id: PHOTO,
    key,
    size: 3,
    type: 'image/jpeg',
    width: 4,
    height: 3,
    thumb: { id: SMALL, key, size: 3 },
  };
  return { ...entryOf(server, 'ana', ''), content: { text: '', media: [photo] } };
}

const statesOf = async (): Promise<(FileRecord['state'] | undefined)[]> =>
  (await phone.store.files.get([PHOTO, SMALL, OTHER])).map((file) => file?.state);

test('an act sends the files that it names, and no other', async () => {
  await lay(PHOTO, SMALL, OTHER);
  await phone.act(ADD_ENTRY, entryWithPhoto());
  expect(await statesOf()).toEqual(['queued', 'queued', 'local']);
  expect(await phone.store.files.countUnsent()).toBe(1);
});

test('given up, it leaves them here; what has arrived stays as it is', async () => {
  await lay(PHOTO, SMALL);
  await phone.act(ADD_ENTRY, entryWithPhoto());
  const [, small] = await phone.store.files.get([PHOTO, SMALL]);
  if (small !== undefined) await phone.store.files.put([{ ...small, state: 'stored' }]);
  const [waiting] = await phone.store.outbox.unsent();
  await phone.discard(waiting?.n ?? 0);
  expect(await statesOf()).toEqual(['local', 'stored', undefined]);
});

test('given up, a correction leaves on its way what the entry itself or another act names', async () => {
  await lay(PHOTO, SMALL);
  const entry = entryWithPhoto();
  await phone.act(ADD_ENTRY, entry);
  await phone.exchange();
  await phone.act(ADD_ENTRY, entryWithPhoto());
  await phone.act(ADD_ENTRY, entryWithPhoto());
  for (const { n } of await phone.store.outbox.unsent()) {
    await phone.discard(n);
    expect(await statesOf()).toEqual(['queued', 'queued', undefined]);
  }
});

test('given up with every act that named them, they are of a form again', async () => {
  await lay(PHOTO, SMALL);
  await phone.act(ADD_ENTRY, entryWithPhoto());
  await phone.act(ADD_ENTRY, entryWithPhoto());
  const [first, second] = await phone.store.outbox.unsent();
  await phone.discard(first?.n ?? 0);
  expect(await statesOf()).toEqual(['queued', 'queued', undefined]);
  await phone.discard(second?.n ?? 0);
  expect(await statesOf()).toEqual(['local', 'local', undefined]);
});

test('a server that was set back is asked for every file that it had', async () => {
  await lay(PHOTO, SMALL);
  const backup = server.store.backup();
  await phone.act(ADD_ENTRY, entryWithPhoto());
  await phone.exchange();
  const files = await phone.store.files.get([PHOTO, SMALL]);
  await phone.store.files.put(
    files.flatMap((file) => (file ? [{ ...file, state: 'stored' as const, offset: 3 }] : [])),
  );
  server.store.restore(backup, newId());
  await phone.exchange();
  expect(await phone.store.files.get([PHOTO])).toMatchObject([{ state: 'queued', offset: 0 }]);
  expect(await statesOf()).toEqual(['queued', 'queued', undefined]);
});

/** As where a space is filled anew. */
function refetch(space: string): Promise<void> {
  const { store } = phone;
  const desk = { store, declared, cipher: { token: String }, memberId: phone.membership.id, now: () => new Date() };
  return store.transaction((tx) => refetchSpaces(tx, desk, [space]));
}

test('an own file stays here until a backup of the server is known to be later, also where its space goes', async () => {
  await lay(PHOTO, SMALL);
  await phone.act(ADD_ENTRY, entryWithPhoto());
  await phone.exchange();
  const there = (await phone.store.files.get([PHOTO, SMALL])).filter((file) => file !== undefined);
  const space = (await phone.store.state()).spaces[0]?.space ?? '';
  await phone.store.files.put(there.map((file) => ({ ...file, space, state: 'stored' })));
  server.store.markBackedUp();
  await phone.exchange();
  await refetch(space);
  expect(await statesOf()).toEqual(['stored', 'stored', undefined]);
  await phone.act(ADD_ENTRY, entryOf(server, 'ana', 'later'));
  await phone.exchange();
  server.store.markBackedUp();
  await phone.exchange();
  await refetch(space);
  expect(await statesOf()).toEqual([undefined, undefined, undefined]);
});

test('who goes on with parcels only, without the key, still has the files to send', async () => {
  await lay(PHOTO, SMALL);
  await phone.act(ADD_ENTRY, entryWithPhoto());
  await beginWithParcels(phone.store, (await phone.store.state()).sealing);
  expect(await statesOf()).toEqual(['queued', 'queued', undefined]);
  expect(await phone.store.files.bytesOf(PHOTO)).toEqual(Uint8Array.of(1, 2, 3));
  expect(await phone.store.outbox.countUnsent()).toBe(1);
});

test('one that was refused is tried again alone, or given up with its small form; what has arrived stays', async () => {
  await lay(PHOTO, SMALL, OTHER);
  await phone.act(ADD_ENTRY, entryWithPhoto());
  const all = (await phone.store.files.get([PHOTO, SMALL, OTHER])).flatMap((file) => file ?? []);
  expect(all.map(({ row }) => row === undefined)).toEqual([false, false, true]);
  await phone.store.files.put(all.map((file) => ({ ...file, state: 'refused', pauses: 2, notBefore: Infinity })));
  await queueAgain(phone.store, PHOTO);
  expect(await statesOf()).toEqual(['queued', 'queued', 'refused']);
  expect((await phone.store.files.get([SMALL]))[0]).not.toHaveProperty('notBefore');
  await giveUpFile(phone.store, OTHER);
  expect(await statesOf()).toEqual(['queued', 'queued', undefined]);
  await giveUpFile(phone.store, PHOTO);
  expect(await statesOf()).toEqual([undefined, undefined, undefined]);
  expect(await phone.store.files.bytesOf(SMALL)).toBeUndefined();
  await lay(PHOTO);
  await phone.store.files.put([{ ...all[0], id: PHOTO, state: 'stored' } as FileRecord]);
  await giveUpFile(phone.store, PHOTO);
  expect(await statesOf()).toEqual(['stored', undefined, undefined]);
});
