// A server that is set back to an earlier time: what it had accepted and no backup holds comes back from the devices, once and in
// order, and nothing that was written meanwhile goes unseen.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { beginWithParcels } from '../client/device-setup.ts';
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
import { ADD_ENTRY, entriesOn, entryOf } from './people.ts';

let server: Awaited<ReturnType<typeof startBoardServer>>;
beforeEach(async () => {
  server = await startBoardServer();
});
afterEach(() => expect(server.bugs).toEqual([]));

const both = async () => [await boardDeviceOf(server, 'ana'), await boardDeviceOf(server, 'lee')] as const;

/** Commits that no device of these people makes, so that numbers go on. */
async function passNumbers(count: number): Promise<void> {
  const other = await boardDeviceOf(server, 'ben');
  for (let i = 0; i < count; i++) await other.act(ADD_ENTRY, entryOf(server, 'ben', `of Ben ${i}`));
  await other.exchange();
}

describe('a restored server', () => {
  test('gets back what it had accepted from a device that had just begun to fetch anew', async () => {
    const [phone, desktop] = await both();
    const gone = await addCard(server, desktop, { title: 'to be removed' });
    await exchangeAll(desktop, phone);
    const backup = server.store.backup();
    await addCard(server, phone, { title: 'hers' });
    await phone.push();
    await desktop.act('card.remove', onCard(server, desktop, gone));
    await desktop.exchange();
    const soon = new Date(Date.now() + 60_000);
    expect(await server.store.purgeTombstones(server.clinic.practiceIds.willow, soon)).toBe(1);
    // Hears that its cursor is too old, and nothing after that.
    phone.wire.faults.push('none', 'lose-request');
    await expect(phone.pull()).rejects.toThrow();
    server.store.restore(backup, newId());
    await exchangeAll(phone, desktop);
    for (const device of [phone, desktop]) expect(await titlesOn(device)).toContain('hers');
  });

  test('takes no ground of its earlier life for one of this: a value written since stays in view beside it', async () => {
    const [phone, desktop] = await both();
    const id = await addCard(server, phone, { title: 'first' });
    await exchangeAll(phone, desktop);
    const backup = server.store.backup();
    await passNumbers(5);
    await phone.exchange();
    await changeCard(server, phone, { id, title: 'hers' });
    server.store.restore(backup, newId());
    await desktop.exchange();
    await changeCard(server, desktop, { id, title: 'his' });
    await desktop.exchange();
    await exchangeAll(phone, desktop);
    for (const device of [phone, desktop]) expect(await openOn(device, id)).toEqual({ title: ['hers', 'his'] });
  });

  test('gets back what no backup held, once, in order, before what was written since', async () => {
    const [phone, desktop] = await both();
    await exchangeAll(phone, desktop);
    const backup = server.store.backup();
    const id = await addCard(server, phone, { title: 'one' });
    await phone.exchange();
    await changeCard(server, phone, { id, title: 'two' });
    await exchangeAll(phone, desktop);
    expect(await phone.store.outbox.count()).toBe(0);
    server.store.restore(backup, newId());
    await changeCard(server, phone, { id, title: 'three' });
    await exchangeAll(phone, desktop);
    const fresh = await boardDeviceOf(server, 'lee');
    await fresh.exchange();
    for (const device of [phone, desktop, fresh]) {
      expect(await titlesOn(device)).toEqual(['three']);
      expect(await openOn(device, id)).toEqual({});
      expect(await device.rejections()).toEqual([]);
    }
    expect(await phone.store.outbox.count()).toBe(0);
  });

  test('gets it in order from a device that goes on under another id too', async () => {
    const [phone, desktop] = await both();
    await exchangeAll(phone, desktop);
    const backup = server.store.backup();
    const twin = await phone.copy();
    const id = await addCard(server, twin, { title: 'one' });
    await twin.exchange();
    await phone.act(ADD_ENTRY, entryOf(server, 'ana', 'beside'));
    await phone.exchange();
    await changeCard(server, phone, { id, title: 'two' });
    await phone.exchange();
    server.store.restore(backup, newId());
    await changeCard(server, twin, { id, note: 'since' });
    await exchangeAll(twin, phone, twin, desktop);
    expect((await cardOn(desktop, id)).fields).toMatchObject({ title: 'two', note: 'since' });
    expect(await entriesOn(desktop)).toEqual(['beside']);
    expect([...(await phone.rejections()), ...(await twin.rejections())]).toEqual([]);
  });

  test('gets it from a device that has only parcels left and had forked before', async () => {
    const [phone, desktop] = await both();
    await exchangeAll(phone, desktop);
    const backup = server.store.backup();
    await phone.act(ADD_ENTRY, entryOf(server, 'ana', 'accepted'));
    await phone.exchange();
    const twin = await phone.copy();
    await phone.act(ADD_ENTRY, entryOf(server, 'ana', 'of the phone'));
    await phone.exchange();
    await twin.act(ADD_ENTRY, entryOf(server, 'ana', 'of the twin'));
    twin.wire.faults.push('none', 'lose-request');
    await twin.push().catch(() => undefined);
    phone.lock();
    const { sealing } = await twin.state();
    await beginWithParcels(twin.store, sealing);
    await twin.restart();
    server.store.restore(backup, newId());
    await twin.exchange();
    await desktop.exchange();
    expect(await entriesOn(desktop)).toEqual(['accepted', 'of the twin']);
  });

  test('gets from the lock screen what was written there, and takes no ground of its earlier life with it', async () => {
    const [phone, desktop] = await both();
    const id = await addCard(server, phone, { title: 'first' });
    await exchangeAll(phone, desktop);
    const backup = server.store.backup();
    await passNumbers(5);
    await phone.exchange();
    await changeCard(server, phone, { id, title: 'hers' });
    server.store.restore(backup, newId());
    await desktop.exchange();
    await changeCard(server, desktop, { id, title: 'his' });
    await desktop.exchange();
    phone.lock();
    expect(await phone.sendLocked()).toBe(0);
    await desktop.exchange();
    expect(await openOn(desktop, id)).toEqual({ title: ['hers', 'his'] });
  });
});
