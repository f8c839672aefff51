// Private entries on several devices over the real engine and server: written here, opened there, and to everybody else not there.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { keepDraft } from '../../sync/client/drafts.ts';
import { mutate } from '../../sync/client/mutate.ts';
import { deriveKey } from '../../sync/client/vault/argon-derive.ts';
import { newRecoveryCode } from '../../sync/client/vault/recovery-code.ts';
import { deviceOf, plainDeviceOf } from '../../sync/testing/people.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { DexieMedium, memoryMedium } from '../../sync/testing/medium.ts';
import type { Medium } from '../../sync/testing/medium.ts';
import { openParcel } from '../../sync/core/parcel.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { SyncServer } from '../../../server/testing/sync-server.ts';
import { addAct, removeAct, reviseAct, sharedId } from './contents.ts';
import type { Inside } from './contents.ts';
import { makeKey, openWithCode, openWithPassword, renewCode, renewPassword, ringOf } from './ring.ts';
import type { Desk } from './ring.ts';
import { allPrivate, insideOf, newestPrivate } from './views.ts';

const PASSWORD = 'interlude-test';
const WORDS = 'zq-sentinel only mine';
const how = { derive: deriveKey, cost: { memoryKib: 64, passes: 1 } };

let server: SyncServer;
beforeEach(async () => {
  server = await startMemoryServer();
});
afterEach(() => expect(server.bugs).toEqual([]));

const deskOf = (device: Device): Desk => ({
  reader: device.reader,
  keepDraft: (id, content) => keepDraft(device.desk, id, content),
  mutate: (act) => mutate(device.desk, act),
});

/** A device of Ana's that has fetched what there is. */
async function anas(medium: Medium = memoryMedium()): Promise<{ device: Device; desk: Desk }> {
  const device = await deviceOf(server, 'ana', { medium });
  await device.exchange();
  return { device, desk: deskOf(device) };
}

const inside = (text: string, more: Partial<Inside> = {}): Omit<Inside, 'v'> => {
  const at = '2026-11-24T09:41:00.000Z';
  return { kind: 'reflection', at, zone: 'America/Chicago', content: { text }, ...more };
};

async function authorOn({ reader }: Desk) {
  return { member: reader.memberId, key: must((await ringOf(reader)).writing, 'an open key') };
}

async function write(desk: Desk, text: string): Promise<string> {
  const act = addAct(await authorOn(desk), inside(text));
  expect(await desk.mutate(act)).toBeUndefined();
  return String(act.args['id']);
}

/** Bytes as letters, so that words among them would be found. */
const latin = (_: string, value: unknown) =>
  value instanceof Uint8Array ? Array.from(value, (byte) => String.fromCharCode(byte)).join('') : value;

const textsOn = async ({ reader }: Desk) => (await allPrivate(reader)).map(({ content }) => content.text).sort();
const privacyOn = async ({ reader }: Desk) => (await allPrivate(reader)).map(({ privacy }) => privacy).sort();

async function exchangeAll(...devices: Device[]): Promise<void> {
  for (const device of devices) await device.exchange();
  for (const device of devices) await device.exchange();
}

test('what was written offline on one device opens on another with the password, and on a third with the code', async () => {
  const [phone, laptop, tablet] = [await anas(), await anas(), await anas()];
  const code = newRecoveryCode();
  expect(await makeKey(phone.desk, { password: PASSWORD, code }, how)).toBe('made');
  await write(phone.desk, WORDS);
  expect(await textsOn(phone.desk)).toEqual([WORDS]);
  expect(await allPrivate(phone.desk.reader)).toMatchObject([
    { privacy: 'open', delivery: 'device', kind: 'reflection' },
  ]);
  await exchangeAll(phone.device, laptop.device, tablet.device);

  expect(await privacyOn(laptop.desk)).toEqual(['locked']);
  expect((await ringOf(laptop.desk.reader)).state).toBe('locked');
  expect(await openWithPassword(laptop.desk, 'wrong', how)).toBe(false);
  expect(await textsOn(laptop.desk)).toEqual(['']);
  expect(await openWithPassword(laptop.desk, PASSWORD, how)).toBe(true);
  expect(await textsOn(laptop.desk)).toEqual([WORDS]);
  // It rests under the data key: a lock and an unlock do not take it.
  await laptop.device.restart();
  expect(await textsOn(deskOf(laptop.device))).toEqual([WORDS]);

  expect(await openWithCode(tablet.desk, newRecoveryCode())).toBe(false);
  expect(await openWithCode(tablet.desk, code)).toBe(true);
  expect(await allPrivate(tablet.desk.reader)).toMatchObject([
    { content: { text: WORDS }, at: '2026-11-24T09:41:00.000Z', delivery: 'sent' },
  ]);
});

test('no word, kind or minute of it is in what travels, in parcels as the practice opens them, in rows or on a disk', async () => {
  const medium = new DexieMedium();
  const { device, desk } = await anas(medium);
  await makeKey(desk, { password: PASSWORD, code: newRecoveryCode() }, how);
  const id = await write(desk, WORDS);
  const again = inside(`${WORDS} again`, { wordedAt: '2026-11-24T10:12:00.000Z' });
  await desk.mutate(reviseAct(await authorOn(desk), id, again));
  await desk.keepDraft('new-entry:0', { content: { text: WORDS }, isPrivate: true });
  const unsent = await device.unsent();
  const privateKeyFor = () => server.sealing;
  const parcels = await Promise.all(
    unsent.map(async ({ header, parcel: bytes }) => {
      const opened = await openParcel({ header, bytes, privateKeyFor });
      return opened.status === 'opened' ? new TextDecoder().decode(opened.plaintext) : opened.reason;
    }),
  );
  const disk = JSON.stringify(await medium.raw(desk.reader.memberId), latin);
  await device.exchange();
  const rows = [await device.rows('privateEntry'), await device.rows('privateEntryRevision')];
  const acts = device.wire.crossed.map(({ body }) => (JSON.parse(body) as { mutations?: unknown }).mutations);
  const places = [unsent.map(({ mutation }) => mutation?.args), parcels, rows, acts].map((place) =>
    JSON.stringify(place),
  );
  expect(places.every((place) => place.includes('sealed'))).toBe(true);
  for (const trace of ['zq-sentinel', 'reflection', '09:41', '10:12:00', 'Chicago', PASSWORD])
    expect([...places, disk].map((place) => place.includes(trace))).not.toContain(true);
});

test('lengths are rounded: a short word and a long sentence look the same', async () => {
  const { desk } = await anas();
  await makeKey(desk, { password: PASSWORD, code: newRecoveryCode() }, how);
  const author = await authorOn(desk);
  const lengths = ['a', 'a'.repeat(200)].map((text) => String(addAct(author, inside(text)).args['sealed']).length);
  expect(lengths[0]).toBe(lengths[1]);
  expect(String(addAct(author, inside('a'.repeat(900))).args['sealed']).length).toBeGreaterThan(lengths[0] ?? 0);
});

test('reaches nobody else, and nobody else can add to it or take it away', async () => {
  const { device, desk } = await anas();
  await makeKey(desk, { password: PASSWORD, code: newRecoveryCode() }, how);
  const id = await write(desk, WORDS);
  await device.exchange();
  const { sealed, key } = (await device.rows('privateEntry'))[0]?.fields ?? {};
  const ways = (await ringOf(desk.reader)).ways.map((way) => way.id);
  for (const who of ['lee', 'okafor', 'support', 'admin', 'owner', 'ben', 'prospect'] as const) {
    const other = await plainDeviceOf(server, who);
    await other.exchange();
    for (const type of ['privateEntry', 'privateEntryRevision', 'privateEntryWrap'])
      expect(await other.rows(type)).toEqual([]);
    expect(JSON.stringify(other.wire.crossed.map(({ answer }) => answer))).not.toMatch(/privateEntry|zq-sentinel/);
    const by = server.clinic.people[who].member;
    const said = { by, at: '2026-11-24T09:00:00.000Z', zone: 'UTC' };
    const acts = [
      { name: 'privateEntry.reviseEntry', args: { ...said, id: newId(), entry: id, key, sealed } },
      { name: 'privateEntry.removeEntry', args: { ...said, id, revisions: [] } },
      { name: 'privateEntry.changeWraps', args: { ...said, key, add: [], remove: ways } },
      // In her name, and into her space.
      { name: 'privateEntry.addEntry', args: { ...said, by: desk.reader.memberId, id: newId(), key, sealed } },
    ];
    for (const { name, args } of acts) await other.actLocked(name, args as never, other.nowText());
    await other.restart();
    await other.push();
  }
  await device.exchange();
  expect(await textsOn(desk)).toEqual([WORDS]);
  expect((await ringOf(desk.reader)).ways.map((way) => way.id).sort()).toEqual(ways.sort());
});

describe('wordings', () => {
  test('a later one stands over the first, and both stay; two of two devices are both kept', async () => {
    const [phone, laptop] = [await anas(), await anas()];
    await makeKey(phone.desk, { password: PASSWORD, code: newRecoveryCode() }, how);
    const id = await write(phone.desk, 'first');
    await exchangeAll(phone.device, laptop.device);
    await openWithPassword(laptop.desk, PASSWORD, how);
    for (const { desk } of [phone, laptop]) {
      const what = must(await insideOf(desk.reader, id), 'what is in it');
      const { v: _, ...rest } = { ...what, content: { text: `worded on ${desk === phone.desk ? 'phone' : 'laptop'}` } };
      await desk.mutate(reviseAct(await authorOn(desk), id, rest));
    }
    await exchangeAll(phone.device, laptop.device);
    for (const { desk } of [phone, laptop]) {
      const [view] = await newestPrivate(desk.reader, 5);
      expect(view?.content.text).toBe('worded on laptop');
      expect(view?.wordings.map(({ content }) => content.text)).toEqual([
        'first',
        'worded on phone',
        'worded on laptop',
      ]);
    }
  });

  test('a removed entry goes with its wordings; what was worded meanwhile comes back to its author', async () => {
    const [phone, laptop] = [await anas(), await anas()];
    await makeKey(phone.desk, { password: PASSWORD, code: newRecoveryCode() }, how);
    const id = await write(phone.desk, 'first');
    await phone.desk.mutate(reviseAct(await authorOn(phone.desk), id, inside('second')));
    await exchangeAll(phone.device, laptop.device);
    await openWithPassword(laptop.desk, PASSWORD, how);
    await laptop.desk.mutate(reviseAct(await authorOn(laptop.desk), id, inside('meanwhile')));
    const [view] = await allPrivate(phone.desk.reader);
    await phone.desk.mutate(removeAct(phone.desk.reader.memberId, id, view?.revisions ?? []));
    await exchangeAll(phone.device, laptop.device);
    for (const { device, desk } of [phone, laptop]) {
      expect(await textsOn(desk)).toEqual([]);
      expect(await device.rows('privateEntryRevision')).toEqual([]);
    }
    expect((await laptop.device.rejections()).map(({ code }) => code)).toEqual(['deleted']);
    // Twice is once.
    await phone.desk.mutate(removeAct(phone.desk.reader.memberId, id, []));
    await phone.device.exchange();
    expect(await phone.device.rejections()).toEqual([]);
  });
});

describe('two keys, each made without a network', () => {
  async function two() {
    const [phone, laptop] = [await anas(), await anas()];
    const codes = [newRecoveryCode(), newRecoveryCode()] as const;
    await makeKey(phone.desk, { password: PASSWORD, code: codes[0] }, how);
    await makeKey(laptop.desk, { password: PASSWORD, code: codes[1] }, how);
    await write(phone.desk, 'on the phone');
    await write(laptop.desk, 'on the laptop');
    await exchangeAll(phone.device, laptop.device);
    return { phone, laptop, codes };
  }

  test('both are kept, nothing is lost, and all devices settle on the first made', async () => {
    const { phone, laptop } = await two();
    expect((await ringOf(phone.desk.reader)).state).toBe('partly');
    expect(await privacyOn(phone.desk)).toEqual(['locked', 'open']);
    for (const { desk } of [phone, laptop]) expect(await openWithPassword(desk, PASSWORD, how)).toBe(true);
    await exchangeAll(phone.device, laptop.device);
    const rings = [await ringOf(phone.desk.reader), await ringOf(laptop.desk.reader)];
    expect(rings.map(({ state }) => state)).toEqual(['open', 'open']);
    expect(rings[0]?.keys).toHaveLength(2);
    expect(rings[0]?.writing?.id).toBe(rings[0]?.keys[0]);
    expect(rings[1]?.writing?.id).toBe(rings[0]?.keys[0]);
    for (const { desk } of [phone, laptop]) expect(await textsOn(desk)).toEqual(['on the laptop', 'on the phone']);
  });

  test.each([0, 1] as const)('either code opens everything on a new device (%i)', async (which) => {
    const { phone, laptop, codes } = await two();
    await openWithPassword(phone.desk, PASSWORD, how);
    await exchangeAll(phone.device, laptop.device);
    const tablet = await anas();
    expect(await openWithCode(tablet.desk, codes[which])).toBe(true);
    expect(await textsOn(tablet.desk)).toEqual(['on the laptop', 'on the phone']);
  });

  test('a device that knows of a key makes no other', async () => {
    const { phone } = await two();
    const tablet = await anas();
    const before = (await ringOf(phone.desk.reader)).keys;
    expect(await makeKey(tablet.desk, { password: PASSWORD, code: newRecoveryCode() }, how)).toBe('there');
    expect((await ringOf(tablet.desk.reader)).keys).toEqual(before);
    expect((await ringOf(tablet.desk.reader)).writing).toBeNull();
  });
});

test('a device that has fetched nothing yet does not say that there is no key', async () => {
  const device = await plainDeviceOf(server, 'ana');
  expect((await ringOf(device.reader)).state).toBe('unknown');
  await device.exchange();
  expect((await ringOf(device.reader)).state).toBe('none');
});

test('a new code takes the old one’s place, on every device', async () => {
  const phone = await anas();
  const [old, fresh] = [newRecoveryCode(), newRecoveryCode()];
  await makeKey(phone.desk, { password: PASSWORD, code: old }, how);
  await write(phone.desk, WORDS);
  expect(await renewCode(phone.desk, fresh)).toBe(true);
  await phone.device.exchange();
  const [one, two] = [await anas(), await anas()];
  expect(await openWithCode(one.desk, old)).toBe(false);
  expect(await openWithCode(two.desk, fresh)).toBe(true);
  expect(await textsOn(two.desk)).toEqual([WORDS]);
});

test('a password that was changed is taken for the new one after the code, and the old one opens nothing more', async () => {
  const phone = await anas();
  const code = newRecoveryCode();
  await makeKey(phone.desk, { password: 'before', code }, how);
  await write(phone.desk, WORDS);
  await phone.device.exchange();
  const laptop = await anas();
  expect(await openWithPassword(laptop.desk, 'after', how)).toBe(false);
  await openWithCode(laptop.desk, code);
  await renewPassword(laptop.desk, 'after', how);
  await laptop.device.exchange();
  const [one, two] = [await anas(), await anas()];
  expect(await openWithPassword(one.desk, 'before', how)).toBe(false);
  expect(await openWithPassword(two.desk, 'after', how)).toBe(true);
  // Known already: nothing is written.
  await renewPassword(two.desk, 'after', how);
  expect(await two.device.unsent()).toEqual([]);
});

test('a key whose ways were given up before they were sent is taken up again, not replaced', async () => {
  const phone = await anas();
  await makeKey(phone.desk, { password: PASSWORD, code: newRecoveryCode() }, how);
  await write(phone.desk, WORDS);
  const [first] = await phone.device.unsent();
  await phone.device.discard(must(first, 'the act that made the ways').n);
  expect((await ringOf(phone.desk.reader)).state).toBe('none');
  expect(await textsOn(phone.desk)).toEqual([WORDS]);
  const code = newRecoveryCode();
  expect(await makeKey(phone.desk, { password: PASSWORD, code }, how)).toBe('made');
  await phone.device.exchange();
  const tablet = await anas();
  await openWithCode(tablet.desk, code);
  expect(await textsOn(tablet.desk)).toEqual([WORDS]);
});

test('what was moved or changed does not open, and says so', async () => {
  const { device, desk } = await anas();
  await makeKey(desk, { password: PASSWORD, code: newRecoveryCode() }, how);
  const author = await authorOn(desk);
  const act = addAct(author, inside(WORDS));
  await desk.mutate({ ...act, args: { ...act.args, id: newId() } });
  expect(await allPrivate(desk.reader)).toMatchObject([{ privacy: 'broken', content: { text: '' } }]);
  await device.exchange();
  expect(await device.rejections()).toEqual([]);
});

test('shared twice, it is one entry, whichever device shares it', async () => {
  const { desk } = await anas();
  await makeKey(desk, { password: PASSWORD, code: newRecoveryCode() }, how);
  const { key } = await authorOn(desk);
  expect(sharedId(key, 'one')).toBe(sharedId({ ...key }, 'one'));
  expect(sharedId(key, 'one')).not.toBe(sharedId(key, 'two'));
});
