// Documents on the line: real sockets, channels and judges; what a device exchanges otherwise is moved by hand.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { must } from '../../base/must.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { SyncServer } from '../../../server/testing/sync-server.ts';
import { forgetRows } from '../client/apply.ts';
import { documentsOnLine } from '../client/doc-line.ts';
import { docKey } from '../client/doc-names.ts';
import { presenceIn } from '../client/doc-presence.ts';
import { takeInCame } from '../client/doc-take-in.ts';
import { openDoc } from '../client/docs.ts';
import type { OpenDoc } from '../client/docs.ts';
import type { Device } from './devices.ts';
import { startLines } from './lines.ts';
import type { Lines, OpenLine } from './lines.ts';
import { DexieMedium } from './medium.ts';
import { beginThread, mark, say, saysOn, signatureOf, threadDeviceOf } from './thread-acts.ts';
import { declared, threadDoc } from './threads.ts';

let server: SyncServer;
let lines: Lines;
let ana: Device;
let lee: Device;
let document: string;

beforeEach(async () => {
  server = await startMemoryServer({ declared });
  lines = await startLines(server);
  [ana, lee] = [await threadDeviceOf(server, 'ana'), await threadDeviceOf(server, 'lee')];
  document = threadDoc(await beginThread(server, ana));
  for (const device of [ana, lee]) await device.exchange();
});
afterEach(async () => {
  await lines.close();
  expect(server.bugs).toEqual([]);
});

async function expectSoon(look: () => unknown, is: unknown): Promise<void> {
  await expect.poll(look, { timeout: 10_000, interval: 10 }).toEqual(is);
}
const textsIn = ({ doc }: OpenDoc) => (doc.getArray('says').toArray() as { text: string }[]).map(({ text }) => text);
const seqOn = async ({ store, desk }: Device) => (await store.docs.get([docKey(desk.cipher, document)]))[0]?.seq;

const unpoked = ({ heard }: OpenLine) => heard.filter((t) => t !== 'poke');

/** A document that is open on a device with a line, and joined. */
async function joined(device: Device, name: Name) {
  const [open, line] = [await openDoc(device.desk, document), await lines.open(device, name)];
  await expectSoon(() => unpoked(line), ['ready', 'joined']);
  return { open, line, presence: presenceIn(device.desk, document) };
}

async function saysAndSends(device: Device, text: string): Promise<void> {
  await say(device, { document, text });
  await device.push();
}

/** A run whose documents were answered, and the answer is on its way until `end`. */
async function fetchingHeld(device: Device): Promise<{ end(): Promise<void> }> {
  const [here] = await device.store.docs.get([docKey(device.desk.cipher, document)]);
  await device.store.docs.put([{ ...must(here, 'a document'), due: 1 }]);
  device.wire.faults.push('none', 'none', 'held');
  const fetching = device.exchange();
  await expect.poll(() => device.wire.held).toBe(1);
  expect(device.wire.crossed.at(-1)?.path).toMatch(/documents$/);
  return {
    async end() {
      device.wire.release();
      await fetching;
    },
  };
}

/** A run that no header row tells of documents. */
async function exchangeUntold(device: Device): Promise<void> {
  await device.pull();
  for (const { due: _, ...told } of await device.store.docs.due()) await device.store.docs.put([told]);
  await device.exchange();
}

test('what one says is shown to the other at once, from his disk, and nothing of it reaches who has no part in it', async () => {
  const { open } = await joined(lee, 'lee');
  const okafor = await threadDeviceOf(server, 'okafor');
  const other = await lines.open(okafor, 'okafor');
  const stranger = await openDoc(okafor.desk, document);
  await saysAndSends(ana, 'one');
  await saysAndSends(ana, 'two');
  await expectSoon(() => textsIn(open), ['one', 'two']);
  expect(lee.wire.crossed.filter(({ body }) => body.includes(document))).toEqual([]);
  await lee.restart();
  expect([await saysOn(lee, document), await seqOn(lee)]).toEqual([['one', 'two'], 2]);
  await expectSoon(() => unpoked(other), ['ready', 'left']);
  expect([textsIn(stranger), await seqOn(okafor)]).toEqual([[], undefined]);
});

test('what lies between the device and the server comes on joining; a document that is closed is left', async () => {
  for (const text of ['one', 'two', 'three']) await saysAndSends(ana, text);
  const { open, line } = await joined(lee, 'lee');
  await expectSoon(() => textsIn(open), ['one', 'two', 'three']);
  open.release();
  const again = await openDoc(lee.desk, document);
  await expectSoon(() => line.heard.filter((t) => t === 'joined').length, 2);
  await saysAndSends(ana, 'four');
  await expectSoon(() => textsIn(again), ['one', 'two', 'three', 'four']);
  again.release();
  await saysAndSends(ana, 'five');
  await lee.exchange();
  expect(await saysOn(lee, document)).toEqual(['one', 'two', 'three', 'four', 'five']);
});

/** How often a device has asked for this document. */
const askedFor = ({ wire }: Device) =>
  wire.crossed.filter(({ path, body }) => path.endsWith('/documents') && body.includes(document)).length;

test('what is opened where there is a line comes once, by it: the run that is under way does not fetch it too', async () => {
  for (const text of ['one', 'two', 'three']) await saysAndSends(ana, text);
  await lines.open(lee, 'lee');
  const before = askedFor(lee);
  const open = await openDoc(lee.desk, document);
  await exchangeUntold(lee);
  await expectSoon(() => textsIn(open), ['one', 'two', 'three']);
  await lee.exchange();
  expect([askedFor(lee) - before, await seqOn(lee)]).toEqual([0, 3]);
});

test('a long document comes once too, as what stands for the most of it', async () => {
  const key = must((await ana.rows('thread'))[0], 'a thread').id;
  for (let value = 0; value < 210; value++) await mark(ana, { document, key, value });
  await ana.push();
  await saysAndSends(ana, 'last');
  const { open, line } = await joined(lee, 'lee');
  await expectSoon(() => textsIn(open), ['last']);
  expect(open.doc.getMap(`by:${await signatureOf(ana)}`).toJSON()).toEqual({ [key]: 209 });
  const kept = await lee.store.docs.updates(docKey(lee.desk.cipher, document));
  expect([line.asked, await seqOn(lee), kept.length < 20]).toEqual([0, 211, true]);
});

test('own words that have come back on the line are not asked for', async () => {
  const { open } = await joined(ana, 'ana');
  await say(ana, { document, text: 'mine' });
  await ana.push();
  await expectSoon(() => seqOn(ana), 1);
  await ana.exchange();
  expect([textsIn(open), await ana.store.outbox.count(), askedFor(ana)]).toEqual([['mine'], 0, 0]);
  await ana.restart();
  expect(await saysOn(ana, document)).toEqual(['mine']);
});

test('a line that does not answer, or whose words are here no more, holds nothing up: it is fetched', async () => {
  await saysAndSends(ana, 'one');
  const open = await openDoc(lee.desk, document);
  const nothing = () => undefined;
  const silent = documentsOnLine(lee.desk, { send: nothing }, { ask: nothing, isSeen: () => true });
  silent.ready();
  await exchangeUntold(lee);
  expect([textsIn(open), askedFor(lee)]).toEqual([['one'], 1]);
  silent.stop();
  const line = await lines.open(lee, 'lee');
  await expectSoon(() => line.heard.includes('joined'), true);
  await lee.store.transaction((tx) => forgetRows(tx, lee.desk));
  await exchangeUntold(lee);
  expect([textsIn(open), await seqOn(lee), askedFor(lee)]).toEqual([['one'], 1, 2]);
});

test('own words come back on the line while they are being fetched: they are there once, and nothing stays in the outbox', async () => {
  const { open } = await joined(ana, 'ana');
  const { open: seen } = await joined(lee, 'lee');
  await say(ana, { document, text: 'mine' });
  await ana.push();
  await expectSoon(() => seqOn(ana), 1);
  const fetching = await fetchingHeld(ana);
  await saysAndSends(lee, 'yours');
  await expectSoon(() => seqOn(ana), 2);
  await fetching.end();
  expect([textsIn(open), textsIn(seen)]).toEqual([
    ['mine', 'yours'],
    ['mine', 'yours'],
  ]);
  expect([await ana.store.outbox.count(), await seqOn(ana)]).toEqual([0, 2]);
  await ana.restart();
  expect(await saysOn(ana, document)).toEqual(['mine', 'yours']);
});

test('an answer that was on its way while words came by themselves leads nothing back', async () => {
  const { open } = await joined(lee, 'lee');
  await saysAndSends(ana, 'one');
  await expectSoon(() => textsIn(open), ['one']);
  await lee.exchange();
  const fetching = await fetchingHeld(lee);
  const { life } = must((await lee.store.docs.get([docKey(lee.desk.cipher, document)]))[0], 'a document');
  await saysAndSends(ana, 'two');
  await expectSoon(() => textsIn(open), ['one', 'two']);
  await fetching.end();
  const [kept] = await lee.store.docs.get([docKey(lee.desk.cipher, document)]);
  expect(kept).toMatchObject({ seq: 2, life });
  expect(await lee.store.docs.due()).toEqual([]);
});

test('what does not follow, or is of another life of the server, is asked for and not kept', async () => {
  await saysAndSends(ana, 'one');
  await ana.exchange();
  const epoch = must((await ana.state()).epoch ?? undefined, 'an epoch');
  const update = Uint8Array.of(0, 0);
  const came = (change: object) => takeInCame(ana.desk, { document, epoch, updates: [{ seq: 2, update }], ...change });
  expect(await came({ updates: [{ seq: 3, update }] })).toBe('gap');
  expect(await came({ epoch: (await lee.state()).device })).toBe('gap');
  expect(await came({ document: threadDoc((await lee.state()).device) })).toBe('gap');
  expect([await seqOn(ana), (await ana.store.docs.updates(docKey(ana.desk.cipher, document))).length]).toEqual([1, 1]);
  expect(await came({ updates: [{ seq: 1, update }] })).toBe('had');
  expect(await came({ updates: [1, 2, 3, 5].map((seq) => ({ seq, update })) })).toBe('gap');
  expect(await seqOn(ana)).toBe(3);
});

test('a gap on the line is fetched', async () => {
  const { open, line } = await joined(lee, 'lee');
  await saysAndSends(ana, 'one');
  await expectSoon(() => textsIn(open), ['one']);
  const doc = docKey(lee.desk.cipher, document);
  await lee.store.docs.deleteUpTo(doc, 9);
  const [here] = await lee.store.docs.get([doc]);
  await lee.store.docs.put([{ ...must(here, 'a document'), seq: 0 }]);
  await saysAndSends(ana, 'two');
  await expectSoon(() => line.asked, 1);
  expect(await seqOn(lee)).toBe(0);
  await lee.exchange();
  expect([textsIn(open), await seqOn(lee)]).toEqual([['one', 'two'], 2]);
});

test('who is taken off the team hears nothing more, neither words nor who is there; he joins again when he is back', async () => {
  const [{ open, line, presence }, hers] = [await joined(lee, 'lee'), await joined(ana, 'ana')];
  hers.presence.say({ typing: true });
  await expectSoon(() => presence.get().length, 1);
  await server.clinic.setCare('lee', 'ana', false);
  server.hub.pokeAll(server.clinic.practiceIds.willow, '');
  await expectSoon(() => line.heard.filter((t) => t === 'left').length, 1);
  await expectSoon(() => presence.get(), []);
  expect(line.asked).toBe(1);
  await saysAndSends(ana, 'private');
  hers.presence.say({ typing: false });
  await lee.exchange();
  // Asked once: that it is not there begins no runs for ever.
  await expectSoon(() => line.heard.filter((t) => t === 'left').length, 2);
  expect([line.asked, presence.get(), textsIn(open), await seqOn(lee)]).toEqual([1, [], [], undefined]);
  await server.clinic.setCare('lee', 'ana', true);
  await lee.exchange();
  await expectSoon(() => line.heard.filter((t) => t === 'joined').length, 2);
  await expectSoon(() => textsIn(open), ['private']);
});

test('a conversation that is begun here is joined once the server has it', async () => {
  const fresh = threadDoc(await beginThread(server, ana));
  const open = await openDoc(ana.desk, fresh);
  const line = await lines.open(ana, 'ana');
  await expectSoon(() => unpoked(line), ['ready', 'left']);
  await ana.exchange();
  await expectSoon(() => line.heard.includes('joined'), true);
  open.release();
});

test('a line that broke is joined again from where the device is', async () => {
  const { open, line, presence } = await joined(lee, 'lee');
  const hers = await joined(ana, 'ana');
  hers.presence.say({ typing: true });
  await saysAndSends(ana, 'one');
  await expectSoon(() => [textsIn(open), presence.get().length], [['one'], 1]);
  server.hub.closeAll(1012);
  await expectSoon(() => presence.get(), []);
  await saysAndSends(ana, 'two');
  await expectSoon(() => line.heard.filter((t) => t === 'joined').length, 2);
  await expectSoon(() => textsIn(open), ['one', 'two']);
  await expectSoon(() => presence.get().map(({ state }) => state['typing']), [true]);
});

test('who does not look at the page has left, until he looks again', async () => {
  const [{ open, line }, hers] = [await joined(lee, 'lee'), await joined(ana, 'ana')];
  presenceIn(lee.desk, document).say({ here: true });
  await expectSoon(() => hers.presence.get().length, 1);
  line.isSeen = false;
  line.look();
  await expectSoon(() => hers.presence.get(), []);
  await saysAndSends(ana, 'unseen');
  line.isSeen = true;
  line.look();
  await expectSoon(() => textsIn(open), ['unseen']);
  await expectSoon(() => hers.presence.get().length, 1);
});

test('two tabs of one device are each on a line, and keep each word once', async () => {
  lee = await threadDeviceOf(server, 'lee', new DexieMedium());
  await lee.exchange();
  const tab = await lee.otherTab();
  const [one, two] = [await joined(lee, 'lee'), await joined(tab, 'lee')];
  one.presence.say({ here: 1 });
  two.presence.say({ here: 2 });
  const { presence } = await joined(ana, 'ana');
  await expectSoon(() => presence.get().map(({ state }) => state['here']), [1, 2]);
  for (const text of ['one', 'two', 'three']) await saysAndSends(ana, text);
  for (const { open } of [one, two]) await expectSoon(() => textsIn(open), ['one', 'two', 'three']);
  expect((await lee.store.docs.updates(docKey(lee.desk.cipher, document))).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  two.line.stop();
  await expectSoon(() => presence.get().map(({ state }) => state['here']), [1]);
});

test('who somebody is, the server says; what is taken back is gone, and nothing of it is on a disk', async () => {
  const [{ presence }, hers] = [await joined(lee, 'lee'), await joined(ana, 'ana')];
  hers.presence.say({ typing: true, user: { id: 'dr-eve' } });
  await expectSoon(
    () => presence.get().map(({ user, state }) => [user, state['typing']]),
    [[await signatureOf(ana), true]],
  );
  expect(hers.presence.get()).toEqual([]);
  for (const device of [ana, lee]) expect(await device.opened()).not.toContain('typing');
  hers.presence.say(null);
  await expectSoon(() => presence.get(), []);
});
