// A grant that becomes strict: what is sensitive leaves that person's devices wherever it lies there, and stays on the server for
// who may see it.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { keepDraft } from '../client/drafts.ts';
import { staffOf } from '../../features/space-names.ts';
import {
  addCard,
  boardDeviceOf,
  cardOn,
  changeCard,
  exchangeAll,
  onCard,
  startBoardServer,
  titlesOn,
} from './cards.ts';
import { ADD_ENTRY, entryOf } from './people.ts';

let server: Awaited<ReturnType<typeof startBoardServer>>;
beforeEach(async () => {
  server = await startBoardServer();
});
afterEach(() => expect(server.bugs).toEqual([]));

const SENSITIVE = /weight|71\.5/;

async function shield(): Promise<void> {
  const { client } = server.clinic.people.ana;
  await server.clinic.write('willow', [{ type: 'shield', id: newId(), space: staffOf(client), fields: { client } }]);
}

async function team() {
  const devices = [
    await boardDeviceOf(server, 'ana'),
    await boardDeviceOf(server, 'ana'),
    await boardDeviceOf(server, 'lee'),
  ];
  await exchangeAll(...devices);
  return devices as [(typeof devices)[number], (typeof devices)[number], (typeof devices)[number]];
}

describe('a strict grant', () => {
  test('takes what is sensitive out of rows, drafts, refused words and kept copies, and off the wire', async () => {
    const [phone, laptop, desktop] = await team();
    const id = await addCard(server, phone, { title: 'a card', weight: 71.5 });
    await exchangeAll(phone, laptop, desktop);
    await server.clinic.setStatus('ana', 'prospect');
    await phone.act('card.change', { ...onCard(server, phone, newId()), changes: { weight: 71.5 } });
    await phone.actLocked(
      'card.change',
      { ...onCard(server, phone, newId()), changes: { weight: 71.5 } },
      phone.nowText(),
    );
    await phone.restart();
    await phone.push();
    await server.clinic.setStatus('ana', 'active');
    await phone.store.drafts.put({
      id: 'form',
      at: phone.nowText(),
      content: { card: { weight: 71.5, note: 'kept' } },
    });
    expect(await phone.opened()).toMatch(SENSITIVE);
    await shield();
    const before = [phone, laptop].map((device) => device.wire.crossed.length);
    await exchangeAll(phone, laptop, desktop);
    for (const [i, device] of [phone, laptop].entries()) {
      expect(await device.opened()).not.toMatch(SENSITIVE);
      expect(JSON.stringify(device.wire.crossed.slice(before[i]).map(({ answer }) => answer))).not.toMatch(SENSITIVE);
      expect(await titlesOn(device)).toEqual(['a card']);
    }
    // What is sent again without them says so to its author.
    expect((await phone.rejections()).map(({ partial }) => partial)).toEqual([true]);
    expect(await phone.store.drafts.get('form')).toMatchObject({ content: { card: { note: 'kept' } } });
    expect((await cardOn(desktop, id)).fields).toMatchObject({ weight: 71.5 });
  });

  test('lets nothing sensitive back into a draft from a form that was open before', async () => {
    const [phone, laptop, desktop] = await team();
    const typed = { card: { weight: 71.5, note: 'kept' } };
    await keepDraft(phone.desk, 'form', typed);
    expect(await phone.store.drafts.get('form')).toMatchObject({ content: typed });
    await shield();
    await exchangeAll(phone, laptop, desktop);
    await keepDraft(phone.desk, 'form', { card: { ...typed.card, note: 'one letter more' } });
    expect((await phone.store.drafts.get('form'))?.content).toEqual({ card: { note: 'one letter more' } });
    expect(await phone.opened()).not.toMatch(SENSITIVE);
    // Of who is not strict, everything is kept.
    await keepDraft(desktop.desk, 'form', typed);
    expect((await desktop.store.drafts.get('form'))?.content).toEqual(typed);
    await keepDraft(phone.desk, 'form', null);
    expect(await phone.store.drafts.all()).toEqual([]);
  });

  test('does not cost the server what it holds: after a restore the kept copy gives all of it back', async () => {
    const [phone, laptop, desktop] = await team();
    await shield();
    const backup = server.store.backup();
    const id = await addCard(server, phone, { title: 'a card', weight: 71.5 });
    await exchangeAll(phone, laptop, desktop);
    server.store.restore(backup, newId());
    await exchangeAll(phone, laptop, desktop);
    expect((await cardOn(desktop, id)).fields).toMatchObject({ weight: 71.5 });
    for (const device of [phone, laptop]) expect(await device.opened()).not.toMatch(SENSITIVE);
  });

  test('leaves its author the other words of an act that the server lost and then refused', async () => {
    const [phone, laptop, desktop] = await team();
    const backup = server.store.backup();
    const id = await addCard(server, desktop, { title: 'a card' });
    await exchangeAll(desktop, phone, laptop);
    await changeCard(server, phone, { id, note: 'her words', weight: 71.5 });
    await exchangeAll(phone, laptop, desktop);
    await shield();
    await exchangeAll(phone, laptop);
    expect(await phone.opened()).not.toMatch(SENSITIVE);
    server.store.restore(backup, newId());
    // The card is still on its maker's laptop only.
    await exchangeAll(phone);
    const [rejection] = await phone.rejections();
    expect(rejection).toMatchObject({
      code: 'not-there',
      partial: true,
      mutation: { args: { changes: { note: 'her words' } } },
    });
    expect(await phone.opened()).not.toMatch(SENSITIVE);
  });

  test('takes a row away that becomes sensitive as a whole, and gives it back when it is not any more', async () => {
    const [phone, laptop, desktop] = await team();
    await shield();
    const id = await addCard(server, desktop, { title: 'a card' });
    // Until every space has been compared today: that would find it out too, a day later.
    for (let i = 0; i < 6; i++) await exchangeAll(desktop, phone, laptop);
    expect(await titlesOn(phone)).toEqual(['a card']);
    await changeCard(server, desktop, { id, secret: true, note: 'hidden words' });
    await exchangeAll(desktop, phone, laptop);
    for (const device of [phone, laptop]) {
      expect(await titlesOn(device)).toEqual([]);
      expect(await device.opened()).not.toContain('hidden words');
      expect(JSON.stringify(device.wire.crossed.map(({ answer }) => answer))).not.toContain('hidden words');
    }
    expect(await titlesOn(desktop)).toEqual(['a card']);
    await changeCard(server, desktop, { id, secret: false });
    await exchangeAll(desktop, phone, laptop);
    for (const device of [phone, laptop]) expect(await titlesOn(device)).toEqual(['a card']);
  });

  test('takes no copy along of a whole row that is sensitive, though its author wrote it', async () => {
    const [phone, , desktop] = await team();
    await addCard(server, phone, { title: 'all of it is hidden', secret: true });
    await phone.act(ADD_ENTRY, entryOf(server, 'ana', 'an entry'));
    await exchangeAll(phone, desktop);
    await server.clinic.setStatus('ana', 'prospect');
    await addCard(server, phone, { title: 'all of it is hidden, and refused', secret: true });
    await addCard(server, phone, { title: 'refused and open' });
    await phone.push();
    await server.clinic.setStatus('ana', 'active');
    expect(await phone.rejections()).toHaveLength(2);
    await shield();
    await exchangeAll(phone, desktop);
    expect(await phone.opened()).not.toContain('all of it is hidden');
    expect(await phone.opened()).toContain('refused and open');
    expect((await phone.rejections()).flatMap(({ partial }) => partial ?? [])).toEqual([]);
    expect(await titlesOn(desktop)).toEqual(['all of it is hidden']);
  });
});
