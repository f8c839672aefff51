// How far one's words have come, over real devices and the real relay: also where somebody else began the conversation.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { changeDoc } from '../../sync/client/docs.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { plainDeviceOf } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { sayIntent } from './doc-acts.ts';
import { doIntent } from './doc-here.ts';
import { partOf } from './doc-parts.ts';
import { conversationById } from './queries.ts';

const AT = '2026-06-10T12:00:00.000Z';
const by = ({ desk }: Device) => ({ by: desk.memberId, at: AT, zone: 'UTC' });

async function exchange(...devices: readonly Device[]): Promise<void> {
  for (let i = 0; i < 3; i++) for (const device of devices) await device.exchange();
}

async function say(device: Device, conversation: string): Promise<void> {
  const user = must(await device.reader.userId(), 'a sign-in');
  const intent = sayIntent({ id: newId(), by: user, at: AT, body: 'Hello.' });
  const change = (doc: Parameters<typeof doIntent>[0]) => void doIntent(doc, intent);
  expect(await changeDoc(device.desk, { document: partOf(conversation, 1), intent, change })).toBeUndefined();
}

test('“they have it” moves on all devices of who writes, and not before a device of the other side has it', async () => {
  const server = await startMemoryServer({ declared });
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const [ana, tablet, lee, phone] = [await take('ana'), await take('ana'), await take('lee'), await take('lee')];
  const { ana: client, lee: member } = server.clinic.people;
  const id = newId();
  const args = { id, kind: 'direct', client: client.client, member: member.member, topic: 'Sundays' };
  expect(await lee.act('chat.begin', { ...by(lee), ...args })).toBeUndefined();
  await exchange(lee, phone, ana, tablet);
  const isDelivered = async ({ reader }: Device) => {
    const { space, version } = must(await conversationById(reader, id), 'the conversation');
    return version > 0 && (await reader.deliveredThrough(space)) >= version;
  };
  await say(ana, id);
  await exchange(ana, tablet);
  for (const device of [ana, tablet]) expect(await isDelivered(device)).toBe(false);
  await exchange(phone);
  await exchange(ana, tablet);
  for (const device of [ana, tablet]) expect(await isDelivered(device)).toBe(true);
  // And the other way, by who began it and by his other device.
  await say(phone, id);
  await exchange(phone, lee);
  for (const device of [lee, phone]) expect(await isDelivered(device)).toBe(false);
  await exchange(tablet);
  await exchange(lee, phone);
  for (const device of [lee, phone]) expect(await isDelivered(device)).toBe(true);
});

test('of a conversation in which he has written nothing nobody asks how far it has come', async () => {
  const server = await startMemoryServer({ declared });
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const [ana, tablet, lee] = [await take('ana'), await take('ana'), await take('lee')];
  const { ana: client, lee: member } = server.clinic.people;
  const id = newId();
  const args = { id, kind: 'direct', client: client.client, member: member.member };
  expect(await lee.act('chat.begin', { ...by(lee), ...args })).toBeUndefined();
  await exchange(lee, ana, tablet);
  await say(lee, id);
  await exchange(lee, ana, tablet);
  const { space } = must(await conversationById(ana.reader, id), 'the conversation');
  const isAwaited = async (device: Device) => ((await device.state()).awaiting[space] ?? 0) > 0;
  expect(await isAwaited(lee)).toBe(true);
  for (const device of [ana, tablet]) expect(await isAwaited(device)).toBe(false);
  await say(ana, id);
  await exchange(ana, tablet);
  for (const device of [ana, tablet]) expect(await isAwaited(device)).toBe(true);
});
