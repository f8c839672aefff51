// What its author gives up while it is on its way: too late, or answered with nothing.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { must } from '../../base/must.ts';
import { boardDeviceOf, exchangeAll, startBoardServer } from './cards.ts';
import type { Device } from './devices.ts';
import { ADD_ENTRY, entriesOn, entryOf } from './people.ts';

let server: Awaited<ReturnType<typeof startBoardServer>>;
beforeEach(async () => {
  server = await startBoardServer();
});
afterEach(() => expect(server.bugs).toEqual([]));

const write = (device: Device, text: string) => device.act(ADD_ENTRY, entryOf(server, 'ana', text));

describe('an act that is given up while it is on its way', () => {
  async function givenUpOnItsWay(phone: Device): Promise<void> {
    await write(phone, 'given up');
    phone.wire.faults.push('held');
    const pushing = phone.push();
    await expect.poll(() => phone.wire.held).toBe(1);
    await phone.discard(must((await phone.unsent())[0], 'an entry').n);
    phone.wire.release();
    await pushing;
  }

  test('and is refused comes back as nothing: its author has let it go', async () => {
    const phone = await boardDeviceOf(server, 'ana');
    await phone.exchange();
    await server.clinic.setStatus('ana', 'prospect');
    await givenUpOnItsWay(phone);
    expect(await phone.rejections()).toEqual([]);
    expect(await phone.store.outbox.count()).toBe(0);
  });

  test('and is accepted was too late: it is in view again, as everybody else has it', async () => {
    const [phone, desktop] = [await boardDeviceOf(server, 'ana'), await boardDeviceOf(server, 'lee')];
    await exchangeAll(phone, desktop);
    await givenUpOnItsWay(phone);
    await exchangeAll(phone, desktop);
    for (const device of [phone, desktop]) expect(await entriesOn(device)).toEqual(['given up']);
    expect(await phone.store.outbox.count()).toBe(0);
  });
});

async function withOneRefused(text: string) {
  const [phone, desktop] = [await boardDeviceOf(server, 'ana'), await boardDeviceOf(server, 'lee')];
  await exchangeAll(phone, desktop);
  await server.clinic.setStatus('ana', 'prospect');
  await write(phone, text);
  await phone.push();
  await server.clinic.setStatus('ana', 'active');
  const { mid, mutation } = must((await phone.rejections())[0], 'what was refused');
  const { name, args } = must(mutation ?? undefined, 'its words');
  return { phone, desktop, mid, name, args };
}

test('what was refused is done again once, though both of its author’s tabs are asked to', async () => {
  const { phone, desktop, mid, name, args } = await withOneRefused('sent again');
  const tabs = [phone, await phone.otherTab()];
  await Promise.all(tabs.map((tab) => tab.act(name, args, { replaces: mid })));
  expect(await phone.rejections()).toEqual([]);
  expect(await phone.unsent()).toHaveLength(1);
  await exchangeAll(phone, desktop);
  for (const device of [phone, desktop]) expect(await entriesOn(device)).toEqual(['sent again']);
});

describe('an act that mends what was refused', () => {
  const mended = (device: Device, mid: string, text: string) =>
    device.act(ADD_ENTRY, entryOf(server, 'ana', text), { mends: mid });

  test('takes it along when it is kept: nothing is left to be mended twice', async () => {
    const { phone, desktop, mid } = await withOneRefused('refused');
    await mended(phone, mid, 'mended');
    expect(await phone.rejections()).toEqual([]);
    expect(await phone.unsent()).toHaveLength(1);
    await exchangeAll(phone, desktop);
    for (const device of [phone, desktop]) expect(await entriesOn(device)).toEqual(['mended']);
  });

  test('is kept also where that has gone meanwhile: its words are new', async () => {
    const { phone, mid } = await withOneRefused('refused');
    await phone.store.rejections.delete(mid);
    await mended(phone, mid, 'mended');
    expect(await phone.unsent()).toHaveLength(1);
  });

  test('leaves it where the device itself says no', async () => {
    const { phone, mid } = await withOneRefused('refused');
    const args = entryOf(server, 'ana', 'no');
    expect(await phone.act(ADD_ENTRY, { ...args, at: 'no time' }, { mends: mid })).toBeDefined();
    expect(await phone.rejections()).toHaveLength(1);
  });
});
