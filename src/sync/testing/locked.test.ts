// What goes out from the lock screen and is refused: it stays for its author, and stands in nobody's way.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boardDeviceOf, exchangeAll, startBoardServer } from './cards.ts';
import type { Device } from './devices.ts';
import { ADD_ENTRY, entriesOn, entryOf } from './people.ts';

let server: Awaited<ReturnType<typeof startBoardServer>>;
beforeEach(async () => {
  server = await startBoardServer();
});
afterEach(() => expect(server.bugs).toEqual([]));

const write = (device: Device, text: string) => device.act(ADD_ENTRY, entryOf(server, 'ana', text));
const writeLocked = (device: Device, text: string) =>
  device.actLocked(ADD_ENTRY, entryOf(server, 'ana', text), device.nowText());

describe('what the lock screen sends and the server refuses', () => {
  test('leaves a hole in what is unsent, and nothing is fetched or sent anew for it', async () => {
    const [phone, desktop] = [await boardDeviceOf(server, 'ana'), await boardDeviceOf(server, 'lee')];
    await exchangeAll(phone, desktop);
    const { device } = await phone.state();
    phone.lock();
    await writeLocked(phone, 'refused');
    await server.clinic.setStatus('ana', 'prospect');
    expect(await phone.sendLocked()).toBe(1);
    await server.clinic.setStatus('ana', 'active');
    await writeLocked(phone, 'accepted');
    expect(await phone.sendLocked()).toBe(1);
    await phone.unlock();
    await write(phone, 'after');
    await exchangeAll(phone, desktop);
    expect((await phone.state()).device).toBe(device);
    expect(await phone.rejections()).toMatchObject([{ mutation: { args: { content: { text: 'refused' } } } }]);
    expect(await phone.store.outbox.count()).toBe(0);
    for (const one of [phone, desktop]) expect(await entriesOn(one)).toEqual(['accepted', 'after']);
  });

  test('does not stand in the way of what comes behind the first batch', async () => {
    const phone = await boardDeviceOf(server, 'ana');
    await phone.exchange();
    await server.clinic.setStatus('ana', 'prospect');
    await write(phone, 'refused');
    phone.lock();
    expect(await phone.sendLocked()).toBe(1);
    await server.clinic.setStatus('ana', 'active');
    await phone.unlock();
    for (let i = 0; i < 510; i++) await write(phone, `entry ${i}`);
    phone.lock();
    expect(await phone.sendLocked()).toBe(1);
    const desktop = await boardDeviceOf(server, 'lee');
    await desktop.exchange();
    expect(await entriesOn(desktop)).toHaveLength(510);
  });
});
