// Devices and servers of different releases: what both can say, they say; what only one knows waits, is brought into words that
// the other knows, or is fetched once it can be read. Nothing is lost, and nothing is compared for ever.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { must } from '../../base/must.ts';
import { newId } from '../../base/ids.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { createExchange } from '../client/exchange.ts';
import type { ExchangeState } from '../client/exchange.ts';
import { postBy, WireError } from '../client/wire.ts';
import { declared as present } from './board.ts';
import {
  addCard,
  boardDeviceOf,
  cardOn,
  changeCard,
  exchangeAll,
  onCard,
  openOn,
  startBoardServer,
  titlesOn,
} from './cards.ts';
import type { Device } from './devices.ts';
import { DexieMedium, memoryMedium } from './medium.ts';
import { LATER, NEXT, withoutWayBack, withStickers } from './next-release.ts';
import { ADD_ENTRY, deviceOf, entriesOn, entryOf } from './people.ts';

const DAY_MS = 24 * 60 * 60_000;

let server: Awaited<ReturnType<typeof startBoardServer>>;
let today: Date;
beforeEach(async () => {
  server = await startBoardServer();
  today = new Date('2026-11-23T09:00:00.000Z');
});
afterEach(() => {
  expect(server.bugs).toEqual([]);
  vi.unstubAllGlobals();
});

const now = () => today;
const olderDevice = (name: Name = 'ana') => boardDeviceOf(server, name, now);
const nextDevice = (name: Name = 'ana') => deviceOf(server, name, { ...NEXT, medium: memoryMedium(), now });

/** The server is taken down and comes back as another release over the same data. */
function serverBecomes(release: Parameters<typeof server.release>[0]): void {
  server.fetch = server.release(release).fetch;
}

const said1 = (device: Device) =>
  device.wire.crossed.flatMap(({ path, body }) =>
    path.endsWith('/hello') ? [] : [(JSON.parse(body) as { protocol?: number }).protocol],
  );
const inWhich = (device: Device) => [...new Set(said1(device))];

const addSticker = (device: Device, card: string, word: string) =>
  device.act('sticker.add', { ...onCard(server, device, newId()), card, word });
const stickersOn = async (device: Device, card: string) =>
  (await device.reader.byRef('sticker', [card])).map((row) => row.fields['word']);

describe('which protocol is spoken', () => {
  test.each([
    ['an older device and the next server', olderDevice, NEXT, [1]],
    ['the next device and an older server', nextDevice, { declared: present }, [1]],
    ['the next device and the next server', nextDevice, NEXT, [1, 2]],
  ] as const)('%s agree on what both know', async (_, deviceFor, release, spoken) => {
    serverBecomes(release);
    const device = await deviceFor();
    await device.act(ADD_ENTRY, entryOf(server, 'ana', 'hers'));
    await device.visit();
    await device.visit();
    expect(inWhich(device)).toEqual(spoken);
    expect(await device.unsent()).toEqual([]);
    expect(await entriesOn(device)).toEqual(['hers']);
  });

  test('a device that is too old to fetch still sends, locked too; after its update everything is there', async () => {
    const [phone, desktop] = [await olderDevice(), await olderDevice('lee')];
    await exchangeAll(phone, desktop);
    serverBecomes(LATER);
    await addCard(server, phone, { title: 'sent first', weight: 1.5 });
    await expect(phone.visit()).rejects.toMatchObject({ code: 'client-too-old' });
    await addCard(server, phone, { title: 'sent later' });
    await expect(phone.visit()).rejects.toMatchObject({ code: 'client-too-old' });
    expect(await phone.unsent()).toEqual([]);
    expect(await titlesOn(phone)).toEqual(['sent first', 'sent later']);
    const locked = { ...onCard(server, phone, newId()), card: { title: 'sent locked', note: '' } };
    await phone.actLocked('card.add', locked, phone.nowText());
    expect(await phone.sendLocked()).toBe(0);
    const updated = await phone.updated(NEXT);
    await updated.visit();
    expect(await titlesOn(updated)).toEqual(['sent first', 'sent later', 'sent locked']);
    expect(await updated.store.outbox.count()).toBe(0);
    expect(await updated.rejections()).toEqual([]);
    const his = await desktop.updated(LATER);
    await his.visit();
    expect(await titlesOn(his)).toEqual(['sent first', 'sent later', 'sent locked']);
  });

  test('a device that is too new for the server keeps its work, in order, until the server is brought up to date', async () => {
    const laptop = await olderDevice();
    await laptop.visit();
    const updated = await laptop.updated(LATER);
    const id = await addCard(server, updated, { title: 'one' });
    await changeCard(server, updated, { id, title: 'two' });
    for (const _ of [1, 2]) await expect(updated.visit()).rejects.toMatchObject({ code: 'server-too-old' });
    expect((await updated.unsent()).map(({ n }) => n)).toEqual([1, 2]);
    expect(await titlesOn(updated)).toEqual(['two']);
    serverBecomes(NEXT);
    await updated.visit();
    expect(inWhich(updated)).toEqual([1, 2]);
    expect(await updated.store.outbox.count()).toBe(0);
    expect(await updated.rejections()).toEqual([]);
    expect(await titlesOn(updated)).toEqual(['two']);
  });

  test.each([
    ['two numbers behind', [2], 'client-too-old', 'sent'],
    ['one behind', [3], 'fetched', 'sent'],
    ['the same', [3, 4], 'fetched', 'sent'],
    ['one ahead, that still speaks the last', [4, 5], 'fetched', 'sent'],
    ['one ahead, that speaks nothing older', [5], 'server-too-old', 'kept'],
  ] as const)('a device that is %s: its words are never lost in silence', async (_, protocols, heard, words) => {
    const phone = await (await olderDevice()).updated({ declared: present, protocols });
    serverBecomes({ declared: present, protocols: [3, 4] });
    await addCard(server, phone, { title: 'her words' });
    const verdict = await phone.visit().then(
      () => 'fetched',
      (error: unknown) => (error instanceof WireError ? error.code : error),
    );
    expect(verdict).toBe(heard);
    expect(await phone.unsent()).toHaveLength(words === 'kept' ? 1 : 0);
    expect(await titlesOn(phone)).toEqual(['her words']);
    const other = await deviceOf(server, 'lee', { declared: present, protocols: [4], medium: memoryMedium(), now });
    await other.visit();
    expect(await titlesOn(other)).toEqual(words === 'kept' ? [] : ['her words']);
  });

  test('a server that changes between two visits is greeted again', async () => {
    const device = await nextDevice();
    const spoken: unknown[] = [];
    for (const release of [{ declared: present }, LATER, NEXT, { declared: present }, NEXT]) {
      serverBecomes(release);
      await device.visit();
      spoken.push(said1(device).at(-1));
    }
    // With the last one nothing has to change: it is greeted at the next opening.
    expect(spoken).toEqual([1, 2, 2, 1, 1]);
  });

  test('is not what the server likes, but what was offered', async () => {
    const device = await olderDevice();
    const deliver = device.wire.door.deliver.bind(device.wire.door);
    Object.assign(device.wire.door, {
      deliver: async (request: Request) => {
        const answer = await deliver(request);
        const isHello = request.url.endsWith('/hello');
        return isHello ? Response.json({ ...((await answer.json()) as object), protocol: 7 }) : answer;
      },
    });
    await expect(device.visit()).rejects.toMatchObject({ name: 'Weather' });
  });
});

describe('what the screen is told', () => {
  async function lastWord(device: Device, protocols?: readonly number[]): Promise<unknown> {
    vi.stubGlobal('navigator', {});
    const told: ExchangeState['kind'][] = [];
    const line = {
      post: postBy(device.wire.send, { bare: true }),
      practice: 'willow',
      ...(protocols && { protocols }),
    };
    const exchange = createExchange(device.desk, line, { onState: (state) => told.push(state.kind) });
    exchange.start();
    await exchange.settled();
    exchange.stop();
    return told.at(-1);
  }

  test('that this device has to be updated, when its work is sent', async () => {
    const phone = await olderDevice();
    serverBecomes(LATER);
    await addCard(server, phone, { title: 'words' });
    expect(await lastWord(phone)).toBe('update-needed');
    expect(await phone.unsent()).toEqual([]);
    expect(await titlesOn(phone)).toEqual(['words']);
  });

  test('that the server is the older one, and what was written waits', async () => {
    const phone = await (await olderDevice()).updated(LATER);
    await addCard(server, phone, { title: 'words' });
    expect(await lastWord(phone, LATER.protocols)).toBe('held');
    expect(await phone.unsent()).toHaveLength(1);
    expect(await titlesOn(phone)).toEqual(['words']);
  });

  test('the same where the server speaks with it, but does not know an act yet', async () => {
    const phone = await (await olderDevice()).updated(NEXT);
    await addCard(server, phone, { title: 'words' });
    expect(await lastWord(phone, NEXT.protocols)).toBe('held');
    expect(await phone.unsent()).toHaveLength(1);
  });
});

describe('rows of another shape', () => {
  test('reach an older device in the shape it knows, and what it writes reaches the later ones in theirs', async () => {
    const phone = await olderDevice();
    const id = await addCard(server, phone, { title: 'a card', weight: 1.5 });
    await phone.visit();
    serverBecomes(NEXT);
    const desktop = await nextDevice('lee');
    await desktop.visit();
    expect((await cardOn(desktop, id)).fields).toMatchObject({ grams: 1500 });
    await changeCard(server, desktop, { id, grams: 2250 });
    await exchangeAll(desktop, phone);
    expect((await cardOn(phone, id)).fields).toMatchObject({ title: 'a card', weight: 2.25 });
    expect((await cardOn(phone, id)).fields).not.toHaveProperty('grams');
    await changeCard(server, phone, { id, weight: 0.5 });
    expect((await cardOn(phone, id)).fields).toMatchObject({ weight: 0.5 });
    await exchangeAll(phone, desktop);
    expect((await cardOn(desktop, id)).fields).toMatchObject({ grams: 500 });
    expect((await cardOn(desktop, id)).fields).not.toHaveProperty('weight');
    expect([await phone.rejections(), await desktop.rejections()]).toEqual([[], []]);
  });

  test('that two releases change at once keep both values in view', async () => {
    const phone = await olderDevice();
    const id = await addCard(server, phone, { title: 'a card' });
    await phone.visit();
    serverBecomes(NEXT);
    const desktop = await nextDevice('lee');
    await desktop.visit();
    await changeCard(server, desktop, { id, title: 'theirs', grams: 5 });
    await changeCard(server, phone, { id, title: 'hers' });
    await exchangeAll(desktop, phone, desktop);
    for (const device of [phone, desktop]) expect(await openOn(device, id)).toEqual({ title: ['hers', 'theirs'] });
  });

  test('of an older server are shown in the present one', async () => {
    const phone = await olderDevice();
    const id = await addCard(server, phone, { title: 'a card', weight: 1.5 });
    await phone.visit();
    const laptop = await nextDevice();
    await laptop.visit();
    expect((await cardOn(laptop, id)).fields).toMatchObject({ grams: 1500 });
    await changeCard(server, phone, { id, weight: 3 });
    await exchangeAll(phone, laptop);
    expect((await cardOn(laptop, id)).fields).toMatchObject({ grams: 3000 });
    serverBecomes(NEXT);
    await laptop.visit();
    expect((await cardOn(laptop, id)).fields).toMatchObject({ grams: 3000 });
  });

  test('do not carry to an older device what is sensitive', async () => {
    const phone = await olderDevice();
    await phone.visit();
    serverBecomes(NEXT);
    const desktop = await nextDevice('lee');
    const { client } = server.clinic.people.ana;
    await server.clinic.write('willow', [
      { type: 'shield', id: newId(), space: `chart:${client}`, fields: { client } },
    ]);
    const id = await addCard(server, desktop, { title: 'a card', grams: 71_500 });
    await exchangeAll(desktop, phone);
    expect((await cardOn(phone, id)).fields).toMatchObject({ title: 'a card' });
    expect(await phone.opened()).not.toMatch(/weight|grams/);
    expect(JSON.stringify(phone.wire.crossed)).not.toMatch(/weight|grams/);
  });

  test('that an older device cannot show are held back, also where it had them; after its update they are there', async () => {
    const phone = await olderDevice();
    await addCard(server, phone, { title: 'kept' });
    const changed = await addCard(server, phone, { title: 'changed' });
    const rewritten = await addCard(server, phone, { title: 'rewritten' });
    await phone.visit();
    serverBecomes({ declared: withoutWayBack });
    const desktop = await nextDevice('lee');
    await desktop.visit();
    await changeCard(server, desktop, { id: changed, grams: 7 });
    await addCard(server, desktop, { title: 'never shown', grams: 8 });
    // By the server's own hand, which leaves no heads.
    const { client } = server.clinic.people.ana;
    const fields = { client, title: 'rewritten', note: '', grams: 9 };
    await server.clinic.write('willow', [{ type: 'card', id: rewritten, space: `chart:${client}`, fields, shape: 2 }]);
    await exchangeAll(desktop, phone);
    expect(await titlesOn(phone)).toEqual(['kept']);
    await comparedForDays(phone);
    const fresh = await olderDevice();
    await fresh.visit();
    expect(await titlesOn(fresh)).toEqual(['kept']);
    for (const device of [phone, fresh]) {
      const updated = await device.updated({ declared: withoutWayBack });
      await updated.visit();
      expect(await titlesOn(updated)).toEqual(['changed', 'kept', 'never shown', 'rewritten']);
    }
  });
});

/** Some days on which a device compares all it has, and finds nothing. */
async function comparedForDays(device: Device): Promise<void> {
  for (let day = 0; day < 3; day++) {
    today = new Date(today.getTime() + DAY_MS);
    const before = device.wire.crossed.length;
    const spaces = (await device.state()).spaces.length;
    for (let i = 0; i < spaces + 1; i++) await device.visit();
    const compared = device.wire.crossed.slice(before).map(({ answer }) => JSON.parse(answer) as { check?: string });
    expect(compared.flatMap(({ check }) => check ?? [])).toEqual(Array(spaces).fill('same'));
  }
}

describe('a noun that only one side knows', () => {
  test.each([
    ['in memory', () => memoryMedium()],
    ['in IndexedDB', () => new DexieMedium()],
  ])(
    'is no trouble to an older device (%s), is compared with no difference, and is found after its update',
    async (_, medium) => {
      const phone = await deviceOf(server, 'ana', { declared: present, medium: medium(), now });
      await phone.visit();
      serverBecomes({ declared: withStickers });
      const desktop = await (await olderDevice('lee')).updated({ declared: withStickers });
      const id = await addCard(server, desktop, { title: 'a card' });
      await addSticker(desktop, id, 'well done');
      await exchangeAll(desktop, phone);
      expect(await titlesOn(phone)).toEqual(['a card']);
      await comparedForDays(phone);
      const updated = await phone.updated({ declared: withStickers });
      await updated.visit();
      expect(await stickersOn(updated, id)).toEqual(['well done']);
      await comparedForDays(updated);
      expect((await updated.state()).behind).toBeUndefined();
    },
  );

  test('waits with what came after it until the server knows it', async () => {
    const device = await (await olderDevice()).updated({ declared: withStickers });
    const id = await addCard(server, device, { title: 'before' });
    await addSticker(device, id, 'waits');
    await addCard(server, device, { title: 'after' });
    await changeCard(server, device, { id, note: 'changed' });
    expect(await device.visit()).toBe('held');
    expect((await device.unsent()).map(({ mutation }) => mutation?.name)).toEqual([
      ...['sticker.add', 'card.add', 'card.change'],
    ]);
    expect([await titlesOn(device), await stickersOn(device, id)]).toEqual([['after', 'before'], ['waits']]);
    serverBecomes({ declared: withStickers });
    expect(await device.visit()).toBe('all');
    expect(await device.store.outbox.count()).toBe(0);
    expect(await device.rejections()).toEqual([]);
    const other = await (await olderDevice('lee')).updated({ declared: withStickers });
    await other.visit();
    expect([await titlesOn(other), await stickersOn(other, id)]).toEqual([['after', 'before'], ['waits']]);
    expect((await cardOn(other, id)).fields).toMatchObject({ note: 'changed' });
  });

  test('that was written before app and server were set back is kept by both, and sent after all', async () => {
    const device = await (await olderDevice()).updated({ declared: withStickers });
    const id = await addCard(server, device, { title: 'a card' });
    await addSticker(device, id, 'kept');
    const back = await device.updated({ declared: present });
    expect(await back.visit()).toBe('held');
    expect((await back.unsent()).map(({ mutation }) => mutation?.name)).toEqual(['sticker.add']);
    serverBecomes({ declared: withStickers });
    await back.visit();
    expect(await back.unsent()).toEqual([]);
    const again = await back.updated({ declared: withStickers });
    await again.visit();
    expect(await stickersOn(again, id)).toEqual(['kept']);
    expect(await again.rejections()).toEqual([]);
  });
});

describe('an act in newer words than the server knows', () => {
  test('waits with all after it, and goes once the server is brought up to date', async () => {
    const device = await nextDevice();
    const id = await addCard(server, device, { title: 'a card', grams: 4 });
    await device.act(ADD_ENTRY, entryOf(server, 'ana', 'after it'));
    expect(await device.visit()).toBe('held');
    expect((await device.unsent()).map(({ mutation }) => mutation?.name)).toEqual(['card.add', ADD_ENTRY]);
    serverBecomes(NEXT);
    expect(await device.visit()).toBe('all');
    expect((await cardOn(device, id)).fields).toMatchObject({ grams: 4 });
    expect(await device.store.outbox.count()).toBe(0);
  });
});

describe('an outbox of the release before', () => {
  test('is shown in the present shape after the update, and goes as it was written', async () => {
    const phone = await olderDevice();
    await phone.visit();
    phone.wire.online = false;
    const id = await addCard(server, phone, { title: 'a card', weight: 1.5 });
    await changeCard(server, phone, { id, weight: 2 });
    const updated = await phone.updated(NEXT);
    expect((await cardOn(updated, id)).fields).toMatchObject({ grams: 2000 });
    await changeCard(server, updated, { id, grams: 2100 });
    serverBecomes(NEXT);
    updated.wire.online = true;
    await updated.visit();
    const pushed = must(
      updated.wire.crossed.find(({ path }) => path.endsWith('/push')),
      'a push',
    );
    const { mutations } = JSON.parse(pushed.body) as { mutations: { v: number }[] };
    expect(mutations.map(({ v }) => v)).toEqual([1, 1, 2]);
    expect(await updated.rejections()).toEqual([]);
    expect((await cardOn(updated, id)).fields).toMatchObject({ grams: 2100 });
    const other = await olderDevice('lee');
    await other.visit();
    expect((await cardOn(other, id)).fields).toMatchObject({ weight: 2.1 });
  });

  test('that was refused can be sent again by the release after, as it was written', async () => {
    const phone = await olderDevice();
    await phone.visit();
    await server.clinic.setStatus('ana', 'prospect');
    const id = await addCard(server, phone, { title: 'refused', weight: 1 });
    serverBecomes(NEXT);
    await phone.push();
    await server.clinic.setStatus('ana', 'active');
    const updated = await phone.updated(NEXT);
    const { name, v, args } = must((await updated.rejections())[0]?.mutation ?? undefined, 'a mutation');
    expect(v).toBe(1);
    expect(await updated.act(name, args, { v })).toBeUndefined();
    expect((await cardOn(updated, id)).fields).toMatchObject({ grams: 1000 });
    await updated.visit();
    expect((await cardOn(updated, id)).fields).toMatchObject({ title: 'refused', grams: 1000 });
    expect(await updated.store.outbox.count()).toBe(0);
  });
});
