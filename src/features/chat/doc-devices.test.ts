// Conversations over real devices and the real guard, where a document alone would not show it.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import { docStanding } from '../../sync/client/doc-standing.ts';
import { changeDoc, openDoc, openDocDesk } from '../../sync/client/docs.ts';
import { openFileDesk } from '../../sync/client/file-desk.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { plainDeviceOf } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { chartOf } from '../space-names.ts';
import { discardIntent, retractIntent, sayIntent } from './doc-acts.ts';
import { messagesOf } from './doc-fold.ts';
import { doIntent } from './doc-here.ts';
import { CHAT, SEGMENT_ITEMS } from './doc-names.ts';
import { joinParts } from './doc-parts.ts';
import { messageOfFile } from './parts/message-of-file.ts';
import { conversationIdOf } from './schema.ts';

const AT = '2026-06-10T12:00:00.000Z';

async function begun() {
  const server = await startMemoryServer({ declared });
  const take = (name: 'ana' | 'lee') => plainDeviceOf(server, name);
  const [ana, lee] = [await take('ana'), await take('lee')];
  const client = must(server.clinic.people.ana.client, 'a client');
  const by = ana.desk.memberId;
  expect(await ana.act('chat.open', { by, at: AT, zone: 'UTC', client, kind: 'care-team' })).toBeUndefined();
  await meet(ana, lee);
  const space = chartOf(client);
  const part = (segment: number) => `${CHAT}:${conversationIdOf(client, 'care-team')}:${segment}`;
  return { ana, lee, part, space };
}

async function meet(...devices: Device[]): Promise<void> {
  for (let i = 0; i < 3; i++) for (const device of devices) await device.exchange();
}

const me = async ({ reader }: Device) => must(await reader.userId(), 'a sign-in');

async function act(device: Device, document: string, intent: JsonObject): Promise<void> {
  const change = (doc: Parameters<typeof doIntent>[0]) => void doIntent(doc, intent);
  expect(await changeDoc(device.desk, { document, intent, change })).toBeUndefined();
}

async function say(device: Device, document: string, body: string): Promise<string> {
  const id = newId();
  await act(device, document, sayIntent({ id, by: await me(device), at: AT, body }));
  return id;
}

async function itemsOn(device: Device, document: string) {
  const open = await openDoc(device.desk, document);
  const items = messagesOf(open.doc);
  open.release();
  return items;
}

test.each([true, false])(
  'a message that is taken back stays so where it comes to the next part (kept open: %s)',
  async (isOpen) => {
    const { ana, lee, part } = await begun();
    for (let i = 0; i < SEGMENT_ITEMS - 5; i++) await say(lee, part(1), `${i}`);
    await meet(lee, ana);
    for (let i = 0; i < 5; i++) await say(lee, part(1), `late ${i}`);
    await lee.exchange();
    // Kept open, what is said of it stands on it, and is refused with it; opened anew, it is taken without it.
    const held = isOpen ? await openDoc(ana.desk, part(1)) : undefined;
    const id = await say(ana, part(1), 'Never mind.');
    const own = (await itemsOn(ana, part(1))).find((item) => item.id === id);
    const intent = retractIntent(must(own, 'one’s own message'), { me: await me(ana), at: AT });
    await act(ana, part(1), must(intent ?? undefined, 'an intent'));
    await meet(ana, lee);
    expect(await ana.rejections()).toEqual([]);
    const open = await openDoc(lee.desk, part(2));
    await meet(lee);
    expect(messagesOf(open.doc)).toMatchObject([{ id, retractedAt: AT }]);
    open.release();
    held?.release();
  },
  60_000,
);

test('what waits, what was accepted and what is back again are told apart', async () => {
  const { ana, lee, part } = await begun();
  await say(ana, part(1), 'Hello.');
  const standing = () => docStanding(ana.store, ana.desk, part(1));
  expect(await standing()).toMatchObject({ seq: 0, own: [{ version: 0, intent: { say: { body: 'Hello.' } } }] });
  await ana.push();
  const [accepted] = (await standing()).own;
  expect(accepted?.version).toBeGreaterThan(0);
  await meet(ana, lee);
  expect(await standing()).toEqual({ seq: 1, own: [] });
});

test('a correction that finds its part full stands with what it betters all the same, on both devices', async () => {
  const { ana, lee, part } = await begun();
  for (let i = 0; i < SEGMENT_ITEMS - 1; i++) await say(lee, part(1), `${i}`);
  const slip = await say(lee, part(1), 'Tuseday');
  await meet(lee, ana);
  const better = { id: newId(), by: await me(lee), at: AT, body: 'Tuesday', corrects: slip };
  await act(lee, part(1), sayIntent(better));
  await meet(lee, ana);
  const [first, second] = [await openDoc(ana.desk, part(1)), await openDoc(ana.desk, part(2))];
  await meet(ana);
  for (const device of [lee, ana]) {
    const parts = [1, 2].map(async (segment) => ({ segment, items: await itemsOn(device, part(segment)) }));
    const shown = joinParts(await Promise.all(parts));
    expect(shown.get(1)?.at(-1)?.item).toMatchObject({ id: slip, body: 'Tuesday', earlier: ['Tuseday'] });
    expect(shown.get(2)).toEqual([]);
  }
  for (const open of [first, second]) open.release();
  expect(await lee.rejections()).toEqual([]);
}, 60_000);

test('what names a file that waits is found, and that it was discarded is told; what is looked at is not asked for', async () => {
  const { ana, lee, part, space } = await begun();
  await say(lee, part(1), 'Show me.');
  await meet(lee, ana);
  const files = openFileDesk(ana.store, { practice: 'willow' });
  const [note, other] = [await files.keepOne(space, Uint8Array.of(1, 2)), await files.keepOne(space, Uint8Array.of(3))];
  const medium = { ...note, type: 'audio/webm' as const, seconds: 1 };
  await act(ana, part(1), sayIntent({ id: newId(), by: await me(ana), at: AT, body: '', media: [medium] }));
  const docs = openDocDesk(ana.desk, () => undefined);
  const ground = { reader: ana.reader, read: docs.read };
  const due = await ana.store.docs.due();
  expect(await messageOfFile(ground, { space, file: other.id })).toBeNull();
  expect(await messageOfFile(ground, { space: 'practice', file: note.id })).toBeNull();
  const place = must((await messageOfFile(ground, { space, file: note.id })) ?? undefined, 'a message');
  expect(place).toMatchObject({ document: part(1), medium, item: { media: [medium] } });
  expect(await ana.store.docs.due()).toEqual(due);
  const intent = discardIntent(place.item, { me: await me(ana), file: note.id });
  await act(ana, part(1), must(intent ?? undefined, 'an intent'));
  await meet(ana, lee);
  expect((await itemsOn(lee, part(1))).at(-1)?.discarded).toEqual([note.id]);
});
