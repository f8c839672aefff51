// Two people who change one row without knowing of each other: different fields are merged and said to be, one field keeps both
// values until somebody chooses, and a removal goes over nothing that its author had not seen.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mergedWrites } from '../core/heads.ts';
import {
  addCard,
  boardDeviceOf,
  cardOn,
  changeCard,
  exchangeAll,
  openOn,
  removeCard,
  startBoardServer,
  titlesOn,
} from './cards.ts';

let server: Awaited<ReturnType<typeof startBoardServer>>;
beforeEach(async () => {
  server = await startBoardServer();
});
afterEach(() => expect(server.bugs).toEqual([]));

/** Ana's phone and laptop, Dr. Lee's desktop and tablet, with a card that all of them have. */
async function fourWithCard() {
  const [phone, laptop] = [await boardDeviceOf(server, 'ana'), await boardDeviceOf(server, 'ana')];
  const [desktop, tablet] = [await boardDeviceOf(server, 'lee'), await boardDeviceOf(server, 'lee')];
  const id = await addCard(server, phone, { title: 'title', note: 'note' });
  const all = [phone, laptop, desktop, tablet];
  await exchangeAll(...all);
  return { phone, laptop, desktop, tablet, all, id };
}

describe('one field, changed by two people offline', () => {
  test('has both values in view on every device, until one who sees both chooses', async () => {
    const { phone, laptop, desktop, all, id } = await fourWithCard();
    await changeCard(server, phone, { id, title: 'hers' });
    await changeCard(server, desktop, { id, title: 'his' });
    await exchangeAll(...all, ...all);
    for (const device of all) expect(await openOn(device, id)).toEqual({ title: ['hers', 'his'] });
    await changeCard(server, laptop, { id, title: 'agreed' });
    await exchangeAll(laptop, ...all);
    for (const device of all) {
      expect(await openOn(device, id)).toEqual({});
      expect((await cardOn(device, id)).fields).toMatchObject({ title: 'agreed', note: 'note' });
    }
  });

  test('keeps a third value that whoever chose had not seen', async () => {
    const { phone, desktop, tablet, all, id } = await fourWithCard();
    await changeCard(server, phone, { id, title: 'hers' });
    await changeCard(server, desktop, { id, title: 'his' });
    await exchangeAll(phone, desktop, phone);
    await changeCard(server, tablet, { id, title: 'his too, elsewhere' });
    await tablet.exchange();
    await changeCard(server, phone, { id, title: 'agreed' });
    await exchangeAll(...all, ...all);
    for (const device of all) expect(await openOn(device, id)).toEqual({ title: ['agreed', 'his too, elsewhere'] });
  });

  test('is one value where both wrote the same, and where one person went on on one device', async () => {
    const { phone, desktop, all, id } = await fourWithCard();
    await changeCard(server, phone, { id, title: 'same' });
    await changeCard(server, desktop, { id, title: 'same', note: 'one' });
    await changeCard(server, desktop, { id, note: 'two' });
    await exchangeAll(...all, ...all);
    for (const device of all) {
      expect(await openOn(device, id)).toEqual({});
      expect((await cardOn(device, id)).fields).toMatchObject({ title: 'same', note: 'two' });
    }
  });
});

describe('a device that was cut off between two pages', () => {
  test('has no news of what is in the second, also of changes that are older than where it stands', async () => {
    server = await startBoardServer({ pageRows: 2 });
    const { phone, desktop, all, id } = await fourWithCard();
    const removed = await addCard(server, phone, { title: 'removed there' });
    const others = [
      await addCard(server, phone, {}),
      await addCard(server, phone, {}),
      await addCard(server, phone, {}),
    ];
    await exchangeAll(phone, ...all);
    for (const card of [id, removed]) await changeCard(server, phone, { id: card, title: 'hers' });
    for (const other of others) await changeCard(server, phone, { id: other, note: 'between' });
    for (const card of [id, removed]) await changeCard(server, phone, { id: card, note: 'last' });
    await phone.exchange();
    const before = (await desktop.state()).cursor ?? 0;
    desktop.wire.faults.push('none', 'lose-request');
    await desktop.exchange().catch(() => undefined);
    expect((await desktop.state()).cursor).toBeGreaterThan(before + 2);
    expect((await cardOn(desktop, id)).fields).toMatchObject({ title: 'title' });
    await changeCard(server, desktop, { id, title: 'his' });
    await removeCard(server, desktop, removed);
    await exchangeAll(desktop, ...all, ...all);
    for (const device of all) {
      expect(await openOn(device, id)).toEqual({ title: ['hers', 'his'] });
      expect((await cardOn(device, removed)).fields).toMatchObject({ title: 'hers' });
    }
    expect(await desktop.rejections()).toMatchObject([{ code: 'changed', mutation: { name: 'card.remove' } }]);
  });
});

test('different fields, changed by two people offline, are merged, and every device can say who wrote which', async () => {
  const { phone, desktop, all, id } = await fourWithCard();
  await changeCard(server, phone, { id, title: 'hers' });
  await changeCard(server, desktop, { id, note: 'his' });
  await exchangeAll(...all, ...all);
  const { ana, lee } = server.clinic.people;
  for (const device of all) {
    const { fields, heads } = await cardOn(device, id);
    expect(fields).toMatchObject({ title: 'hers', note: 'his' });
    expect(await openOn(device, id)).toEqual({});
    const who = mergedWrites(heads).map(({ field, head }) => [field, head.by]);
    expect(who).toEqual([
      ['title', ana.member],
      ['note', lee.member],
    ]);
  }
});

describe('a removal', () => {
  test('against an edit that came before it unseen is refused, and the card stays with the edit', async () => {
    const { phone, desktop, all, id } = await fourWithCard();
    await changeCard(server, desktop, { id, note: 'his' });
    await removeCard(server, phone, id);
    expect(await titlesOn(phone)).toEqual([]);
    await exchangeAll(desktop, phone, ...all);
    expect(await phone.rejections()).toMatchObject([{ code: 'changed', mutation: { name: 'card.remove' } }]);
    for (const device of all) expect((await cardOn(device, id)).fields).toMatchObject({ note: 'his' });
    for (const device of all.slice(1)) expect(await device.rejections()).toEqual([]);
    await removeCard(server, phone, id);
    await exchangeAll(phone, ...all);
    for (const device of all) expect(await titlesOn(device)).toEqual([]);
  });

  test('that came before an edit sends the edit back to its author with its words, and to nobody else', async () => {
    const { phone, desktop, all, id } = await fourWithCard();
    await removeCard(server, phone, id);
    await changeCard(server, desktop, { id, note: 'his words' });
    await exchangeAll(phone, desktop, ...all);
    for (const device of all) expect(await titlesOn(device)).toEqual([]);
    expect(await desktop.rejections()).toMatchObject([
      { code: 'deleted', mutation: { name: 'card.change', args: { changes: { note: 'his words' } } } },
    ]);
    for (const device of all.filter((one) => one !== desktop)) {
      expect(await device.rejections()).toEqual([]);
      expect(await device.opened()).not.toContain('his words');
    }
  });
});

describe('two copies of one profile, that both count as one device', () => {
  test('what the other copy wrote is in view before anything is done over it', async () => {
    const { desktop, all, id } = await fourWithCard();
    const twin = await desktop.copy();
    await changeCard(server, desktop, { id, note: 'on the desktop' });
    await desktop.exchange();
    // Written while the twin is fetching: it has not sent anything, and nobody has told it that it is a copy.
    await changeCard(server, twin, { id, note: 'on the twin' });
    await twin.pull();
    expect(await openOn(twin, id)).toEqual({ note: ['on the desktop', 'on the twin'] });
    await exchangeAll(twin, ...all);
    expect(await openOn(desktop, id)).toEqual({ note: ['on the desktop', 'on the twin'] });
    expect((await twin.state()).device).not.toBe((await desktop.state()).device);
  });

  test('a device’s own work, back from the server, is not taken for a copy’s', async () => {
    const { desktop, id } = await fourWithCard();
    const { device } = await desktop.state();
    await changeCard(server, desktop, { id, note: 'once' });
    desktop.wire.faults.push('lose-answer');
    await desktop.exchange().catch(() => undefined);
    await changeCard(server, desktop, { id, note: 'twice' });
    await desktop.exchange();
    expect((await desktop.state()).device).toBe(device);
    expect(await openOn(desktop, id)).toEqual({});
  });
});
