// The device's files and the server's, brought together: kept, sent, fetched, opened, over the real routes.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { chartOf } from '../../src/features/space-names.ts';
import { NOTHING_YET } from '../../src/sync/client/database.ts';
import type { DeviceStore } from '../../src/sync/client/device-store.ts';
import { openFileDesk } from '../../src/sync/client/file-desk.ts';
import type { FileDesk, FileRef } from '../../src/sync/client/file-desk.ts';
import { queueAgain } from '../../src/sync/client/files-here.ts';
import { sendFiles } from '../../src/sync/client/send-files.ts';
import { SignInNeeded, Weather } from '../../src/sync/client/wire.ts';
import type { Send } from '../../src/sync/client/wire.ts';
import { FILE_MAX_BYTES } from '../../src/sync/core/files.ts';
import { MemoryDisk } from '../../src/sync/testing/memory-device.ts';
import type { Name } from '../testing/clinic.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import { startFileServer } from './file-server.fixture.ts';
import type { FileServer } from './file-server.fixture.ts';

let databases: TestDatabases;
let server: FileServer;
beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());
beforeEach(async () => {
  server = await startFileServer(await databases.fresh());
});
afterEach(async () => {
  vi.useRealTimers();
  await server.remove();
});

interface Device {
  readonly store: DeviceStore;
  readonly desk: FileDesk;
  readonly space: string;
  readonly send: Send;
  sendAll(): Promise<unknown>;
}

async function deviceOf(who: Name, { disk = new MemoryDisk(), into = 'ana' as Name } = {}): Promise<Device> {
  const store = disk.open();
  await store.putState({ ...NOTHING_YET, device: newId(), lastN: 0, sealing: { keyId: 'k', publicKey: 'p' } });
  const { practice } = server.clinic.people[who];
  const send: Send = (path, init) => server.ask(who, path, init);
  const get = ((path: string, init: RequestInit) => server.ask(who, path, init)) as typeof fetch;
  const line = { practice, send };
  return {
    store,
    desk: openFileDesk(store, { practice }, get),
    space: chartOf(server.clinic.people[into].client),
    send,
    sendAll: () => sendFiles(store, line),
  };
}

const picture = (size: number, fill = 7) => new Uint8Array(size).fill(fill);

/** Keeps a file with its small form and has it queued, as an act that names both does. */
async function queue({ desk, store, space }: Device, size = 600_000): Promise<{ whole: FileRef; small: FileRef }> {
  const kept = await desk.keep(space, { whole: picture(size), small: picture(900, 9) });
  const files = await store.files.get([kept.whole.id, kept.small.id]);
  await store.files.put(files.flatMap((file) => (file === undefined ? [] : [{ ...file, state: 'queued' as const }])));
  return kept;
}

const statesOf = async ({ store }: Device, ...refs: FileRef[]) =>
  (await store.files.get(refs.map(({ id }) => id))).map((file) => file && [file.state, file.offset]);

describe('a file', () => {
  test('of a form stays here; queued it goes out, and opens for whoever has its key and may have it', async () => {
    const ana = await deviceOf('ana');
    const local = await ana.desk.keep(ana.space, { whole: picture(500), small: picture(50) });
    const { whole, small } = await queue(ana);
    expect(await ana.store.files.countUnsent()).toBe(1);
    await ana.sendAll();
    expect(await statesOf(ana, whole, small, local.whole)).toEqual([
      ['stored', whole.size],
      ['stored', small.size],
      ['local', 0],
    ]);
    expect((await server.lying('files')).sort()).toEqual([whole.id, small.id].sort());
    const lee = await deviceOf('lee');
    expect(await lee.desk.open(lee.space, whole)).toEqual(picture(600_000));
    expect(await lee.desk.open(lee.space, { ...whole, key: small.key })).toBeNull();
    expect((await lee.store.files.get([whole.id]))[0]).toMatchObject({ state: 'cached', space: lee.space });
    expect(await lee.store.files.bytesOf(whole.id)).not.toEqual(picture(600_000));
    for (const who of ['okafor', 'ben', 'support', 'harborProvider'] as const) {
      const other = await deviceOf(who);
      expect(await other.desk.open(ana.space, whole)).toBeNull();
      expect(await other.store.files.get([whole.id])).toEqual([undefined]);
    }
  });

  test('goes on where it was after a page that ended in the middle, and pieces that had arrived are not sent again', async () => {
    const disk = new MemoryDisk();
    const first = await deviceOf('ana', { disk });
    const { whole } = await queue(first);
    let pieces = 0;
    const dying: Send = (path, init) => {
      if (init.method === 'PATCH' && ++pieces > 2) return Promise.reject(new TypeError('network'));
      return first.send(path, init);
    };
    await expect(sendFiles(first.store, { practice: 'willow', send: dying })).rejects.toBeInstanceOf(Weather);
    const [[state, offset] = []] = await statesOf(first, whole);
    expect([state, Number(offset) > 0]).toEqual(['uploading', true]);
    first.store.close();
    const second = await deviceOf('ana', { disk });
    let sent = 0;
    const counting: Send = (path, init) => {
      if (init.body instanceof Blob) sent += init.body.size;
      return second.send(path, init);
    };
    await sendFiles(second.store, { practice: 'willow', send: counting });
    expect(await statesOf(second, whole)).toEqual([['stored', whole.size]]);
    expect(sent).toBe(whole.size - Number(offset));
  });

  test('goes out from a locked device too, which has no key', async () => {
    const disk = new MemoryDisk();
    const open = await deviceOf('ana', { disk });
    const { whole, small } = await queue(open);
    open.store.close();
    const locked = disk.open({ locked: true });
    await sendFiles(locked, { practice: 'willow', send: open.send });
    expect((await locked.files.get([whole.id, small.id])).map((file) => file?.state)).toEqual(['stored', 'stored']);
    expect((await server.lying('files')).sort()).toEqual([whole.id, small.id].sort());
  });

  test('that was taken though nobody heard it is not sent again', async () => {
    const ana = await deviceOf('ana');
    const { whole, small } = await queue(ana);
    const deaf: Send = async (path, init) => {
      const answer = await ana.send(path, init);
      if (init.method === 'PATCH') throw new TypeError('network');
      return answer;
    };
    await sendFiles(ana.store, { practice: 'willow', send: deaf });
    expect(await statesOf(ana, whole, small)).toMatchObject([
      ['stored', whole.size],
      ['stored', small.size],
    ]);
  });

  test('waits while nobody is signed in, the network is away, or what answers is not the server', async () => {
    const ana = await deviceOf('ana');
    const { whole } = await queue(ana);
    const by = (send: Send) => sendFiles(ana.store, { practice: 'willow', send });
    await expect(by((path, init) => server.ask(null, path, init))).rejects.toBeInstanceOf(SignInNeeded);
    await expect(by(() => Promise.reject(new TypeError('network')))).rejects.toBeInstanceOf(Weather);
    await expect(by(async () => new Response('<h1>Welcome to our hotel</h1>'))).rejects.toBeInstanceOf(Weather);
    await expect(by(async () => new Response('no', { status: 404 }))).rejects.toBeInstanceOf(Weather);
    expect(await statesOf(ana, whole)).toEqual([['queued', 0]]);
  });

  test('that may not be sent now is tried again after a pause, each longer, and does not keep the others', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const ana = await deviceOf('ana');
    const { whole, small } = await queue(ana);
    let asked = 0;
    const counting: Send = (path, init) => ((asked += 1), ana.send(path, init));
    const again = () => sendFiles(ana.store, { practice: 'willow', send: counting });
    const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
    await server.clinic.setStatus('ana', 'prospect');
    expect([await again(), await again(), asked]).toEqual([60_000, 60_000, 2]);
    later(60_000);
    expect([await again(), asked]).toEqual([120_000, 4]);
    later(60_000);
    expect([await again(), asked]).toEqual([60_000, 4]);
    expect(await ana.store.files.countUnsent()).toBe(1);
    await server.clinic.setStatus('ana', 'active');
    const other = await queue(ana, 500);
    await again();
    expect(await statesOf(ana, other.whole, whole)).toMatchObject([
      ['stored', 528],
      ['queued', 0],
    ]);
    later(60_000);
    expect(await again()).toBeNull();
    expect(await statesOf(ana, whole, small)).toMatchObject([
      ['stored', whole.size],
      ['stored', small.size],
    ]);
  });

  test('that is put off or was refused goes at once when somebody asks for it', async () => {
    const ana = await deviceOf('ana');
    const { whole, small } = await queue(ana);
    await server.clinic.setStatus('ana', 'prospect');
    await ana.sendAll();
    await server.clinic.setStatus('ana', 'active');
    const [file] = await ana.store.files.get([small.id]);
    if (file !== undefined) await ana.store.files.put([{ ...file, state: 'refused', spoilt: 3 }]);
    await ana.sendAll();
    expect(await statesOf(ana, whole, small)).toMatchObject([
      ['queued', 0],
      ['refused', 0],
    ]);
    await queueAgain(ana.store);
    await ana.sendAll();
    expect(await statesOf(ana, whole, small)).toMatchObject([
      ['stored', whole.size],
      ['stored', small.size],
    ]);
  });

  test('of which only the small form is left to send is still counted, and sent', async () => {
    const ana = await deviceOf('ana');
    const { whole, small } = await queue(ana);
    const [file] = await ana.store.files.get([whole.id]);
    if (file !== undefined) await ana.store.files.put([{ ...file, state: 'stored' }]);
    expect(await ana.store.files.countUnsent()).toBe(1);
    await ana.sendAll();
    expect(await statesOf(ana, small)).toMatchObject([['stored', small.size]]);
    expect(await ana.store.files.countUnsent()).toBe(0);
  });

  test('that the server will never take is noted so', async () => {
    const ana = await deviceOf('ana');
    const { whole } = await queue(ana);
    const [file] = await ana.store.files.get([whole.id]);
    if (file !== undefined) await ana.store.files.put([{ ...file, bytes: FILE_MAX_BYTES + 1 }]);
    await ana.sendAll();
    expect(await statesOf(ana, whole)).toEqual([['refused', 0]]);
  });

  test('whose bytes are spoilt on the device is tried thrice, then refused', async () => {
    const ana = await deviceOf('ana');
    const { whole, small } = await queue(ana, 900_000);
    await ana.store.files.putBytes(whole.id, picture(whole.size));
    for (let tries = 0; tries < 3; tries++) await ana.sendAll();
    expect(await statesOf(ana, whole, small)).toMatchObject([
      ['refused', 0],
      ['stored', small.size],
    ]);
    expect(await server.lying('uploads')).toEqual([]);
  });

  test('stops between two pieces when something else is to go first', async () => {
    const ana = await deviceOf('ana');
    const { whole } = await queue(ana);
    let asked = 0;
    await sendFiles(ana.store, { practice: 'willow', send: ana.send }, () => (asked += 1) < 5);
    expect((await statesOf(ana, whole))[0]?.[0]).not.toBe('stored');
    await ana.sendAll();
    expect(await statesOf(ana, whole)).toEqual([['stored', whole.size]]);
  });

  test('whose bytes were changed on the way down is not opened and not kept', async () => {
    const ana = await deviceOf('ana');
    const { whole } = await queue(ana);
    await ana.sendAll();
    const lying = (async () => new Response(picture(whole.size))) as typeof fetch;
    const lee = await deviceOf('lee');
    expect(await openFileDesk(lee.store, { practice: 'willow' }, lying).open(lee.space, whole)).toBeNull();
    expect(await lee.store.files.get([whole.id])).toEqual([undefined]);
  });
});
