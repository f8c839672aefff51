// Who can be mentioned, on real devices: those who take part, and in a community by nothing but the name that each has chosen.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { changeDoc, openDoc } from '../../sync/client/docs.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { plainDeviceOf } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { sayIntent } from './doc-acts.ts';
import { messagesOf } from './doc-fold.ts';
import { doIntent } from './doc-here.ts';
import { mentionsIn } from './doc-mentions.ts';
import { partOf } from './doc-parts.ts';
import { mentionableIn, mentionNames } from './queries-mentions.ts';
import { conversationById, standingAt } from './queries.ts';
import type { ConversationView } from './queries.ts';

const AT = '2026-06-10T12:00:00.000Z';
const by = ({ desk }: Device) => ({ by: desk.memberId, at: AT, zone: 'UTC' });
const act = async (device: Device, name: string, args: object) =>
  expect(await device.act(name, { ...by(device), ...args } as never)).toBeUndefined();

/** Lee and Okafor care for Ana, Okafor for Ben. */
async function clinic() {
  const server = await startMemoryServer({ declared });
  for (const client of ['ana', 'ben'] as const) await server.clinic.setCare('okafor', client, true);
  const take = (name: Name) => plainDeviceOf(server, name);
  const names = ['ana', 'ben', 'lee', 'okafor', 'support'] as const;
  const [ana, ben, lee, okafor, support] = await Promise.all(names.map(take));
  const all = [ana, ben, lee, okafor, support].map((device) => must(device, 'a device'));
  const meet = async () => {
    for (let i = 0; i < 3; i++) for (const device of all) await device.exchange();
  };
  await meet();
  const [one, two, three, four, five] = all as [Device, Device, Device, Device, Device];
  return { people: server.clinic.people, ana: one, ben: two, lee: three, okafor: four, support: five, meet };
}

type Place = Pick<ConversationView, 'id' | 'kind' | 'client' | 'member'>;
const offered = async ({ reader }: Device, place: Place) =>
  (await mentionableIn(reader, place, 'Ana')).map(({ name }) => name);

test('those are offered who take part, and nobody else, to each as he knows them', async () => {
  const { people, ana, lee, okafor, support, meet } = await clinic();
  const { client } = people.ana;
  const care = { ...standingAt(client, 'care-team'), member: undefined };
  const desk = { ...standingAt(client, 'front-desk'), member: undefined };
  expect(await offered(lee, care)).toEqual(['okafor', 'Ana']);
  expect(await offered(ana, care)).toEqual(['lee', 'okafor']);
  expect(await offered(support, desk)).toEqual(['admin', 'lee', 'okafor', 'owner', 'Ana']);
  expect(await offered(ana, desk)).toEqual(['admin', 'lee', 'okafor', 'owner', 'support']);
  const [direct, about, house] = [newId(), newId(), newId()];
  await act(lee, 'chat.begin', { id: direct, kind: 'direct', client, member: people.lee.member });
  await act(lee, 'chat.begin', { id: about, kind: 'staff', client });
  await act(lee, 'chat.begin', { id: house, kind: 'staff' });
  await meet();
  const at = async (device: Device, id: string) => must(await conversationById(device.reader, id), 'a conversation');
  expect(await offered(lee, await at(lee, direct))).toEqual(['Ana']);
  expect(await offered(ana, await at(ana, direct))).toEqual(['lee']);
  // About a client she is not called.
  expect(await offered(okafor, await at(okafor, about))).toEqual(['lee']);
  expect(await offered(support, await at(support, house))).toEqual(['admin', 'lee', 'okafor', 'owner']);
});

test('in a community clients are offered and shown by the name that each has chosen, also once it is another', async () => {
  const { people, ana, ben, lee, okafor, meet } = await clinic();
  const room = newId();
  const join = (device: Device, who: 'ana' | 'ben', name: string) =>
    act(device, 'chat.join', { conversation: room, client: people[who].client, name });
  await act(lee, 'chat.begin', { id: room, kind: 'community', topic: 'Sundays' });
  await meet();
  await act(lee, 'chat.takeIn', { conversation: room, member: people.okafor.member });
  await meet();
  for (const [who, device] of [
    ['ana', lee],
    ['ben', okafor],
  ] as const)
    await act(device, 'chat.ask', { conversation: room, client: people[who].client, member: people[who].member });
  await meet();
  await join(ana, 'ana', 'Sunny');
  await join(ben, 'ben', 'Rain');
  await meet();
  const here = async (device: Device) => must(await conversationById(device.reader, room), 'the community');
  expect(await offered(ana, await here(ana))).toEqual(['lee', 'okafor', 'Rain']);
  expect(await offered(ben, await here(ben))).toEqual(['lee', 'okafor', 'Sunny']);
  expect(await offered(lee, await here(lee))).toEqual(['okafor', 'Rain', 'Sunny']);

  // Written without a network.
  const chosen = await mentionableIn(ben.reader, await here(ben), '');
  const sunny = must(
    chosen.find(({ name }) => name === 'Sunny'),
    'Sunny',
  );
  const body = 'Thank you, @Sunny!';
  const user = must(await ben.reader.userId(), 'a sign-in');
  const intent = sayIntent({ id: newId(), by: user, at: AT, body, mentions: mentionsIn(body, [sunny]) });
  const change = (doc: Parameters<typeof doIntent>[0]) => void doIntent(doc, intent);
  expect(await changeDoc(ben.desk, { document: partOf(room, 1), intent, change })).toBeUndefined();
  await meet();
  await join(ana, 'ana', 'Moon');
  await meet();
  for (const [device, isMe] of [
    [ana, true],
    [ben, false],
    [lee, false],
    [okafor, false],
  ] as const) {
    const open = await openDoc(device.desk, partOf(room, 1));
    const [item] = messagesOf(open.doc);
    open.release();
    const who = must(item?.mentions[0], 'a mention').who;
    expect((await mentionNames(device.reader, await here(device)))(who)).toEqual({ name: 'Moon', isMe });
  }
  const told = JSON.stringify(ben.wire.crossed.map(({ answer }) => answer));
  for (const word of [people.ana.client, 'Legal ana']) expect(told).not.toContain(word);
});
