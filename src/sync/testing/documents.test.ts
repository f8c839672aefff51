// Journeys of documents: people with several devices, the server in this process, messages moved by hand.

import { expect, test } from 'vitest';
import { must } from '../../base/must.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { forgetRows } from '../client/apply.ts';
import { resend } from '../client/discard.ts';
import { openDoc } from '../client/docs.ts';
import { openedBy } from '../client/doc-opened.ts';
import { updateOf } from '../client/doc-outbox.ts';
import type { Device } from './devices.ts';
import { DexieMedium, memoryMedium } from './medium.ts';
import { beginThread, mark, marksOn, openAll, say, saysOn, signatureOf, threadDeviceOf } from './thread-acts.ts';
import { declared, SEGMENT_ITEMS, threadDoc } from './threads.ts';

async function begun(names: readonly Name[] = ['ana', 'lee', 'lee'], medium = memoryMedium) {
  const server = await startMemoryServer({ declared });
  const devices: Device[] = [];
  for (const name of names) devices.push(await threadDeviceOf(server, name, medium()));
  const ana = must(devices[0], 'a device');
  const thread = await beginThread(server, ana);
  for (const device of devices) await device.exchange();
  return { server, devices, ana, lee: must(devices[1], 'a device'), thread, document: threadDoc(thread) };
}

async function all(devices: readonly Device[]): Promise<void> {
  for (let round = 0; round < 3; round++) for (const device of devices) await device.exchange();
}

/** Nothing of documents waits on any device, and the server has met no fault of its own. */
async function expectRest({ server, devices }: Awaited<ReturnType<typeof begun>>): Promise<void> {
  expect(server.bugs).toEqual([]);
  for (const device of devices) {
    expect(await device.store.outbox.count()).toBe(0);
    expect(await device.store.docs.due()).toEqual([]);
  }
}

test('what two people say on three devices, offline and at once, is on all of them, once, in one order', async () => {
  const world = await begun();
  const { devices, ana, lee, document } = world;
  for (const i of [1, 2])
    for (const [k, device] of devices.entries()) await say(device, { document, text: `${k}.${i}` });
  await mark(ana, { document, key: must((await ana.rows('thread'))[0], 'a thread').id, value: 7 });
  await all(devices);
  const said = await saysOn(ana, document);
  expect(said.toSorted()).toEqual(['0.1', '0.2', '1.1', '1.2', '2.1', '2.2']);
  for (const device of devices) expect(await saysOn(device, document)).toEqual(said);
  expect(Object.values(await marksOn(lee, document, await signatureOf(ana)))).toEqual([7]);
  await expectRest(world);
  expect((await ana.rejections()).length).toBe(0);
});

test('a device fetches what a header row tells of, unopened; and what it has it does not ask for again', async () => {
  const { ana, lee, document } = await begun();
  await say(ana, { document, text: 'hello' });
  await ana.exchange();
  await lee.exchange();
  expect((await lee.store.docs.under('')).map(({ seq, document: name }) => [name, seq])).toEqual([[document, 1]]);
  const asked = () => lee.wire.crossed.filter(({ path }) => path.endsWith('/documents')).length;
  const before = asked();
  await lee.exchange();
  expect(asked()).toBe(before);
});

test('own words are in view at every moment: sent, accepted, pulled, fetched, kept', async () => {
  const { ana, lee, document } = await begun();
  const open = await openDoc(ana.desk, document);
  await say(ana, { document, text: 'mine' });
  const seen = async () => {
    await ana.restart();
    return saysOn(ana, document);
  };
  await ana.push();
  expect(await seen()).toEqual(['mine']);
  await ana.pull();
  expect(await ana.store.outbox.count()).toBe(1);
  expect(await seen()).toEqual(['mine']);
  await ana.exchange();
  expect(await ana.store.outbox.count()).toBe(0);
  expect(await seen()).toEqual(['mine']);
  await lee.exchange();
  expect(await saysOn(lee, document)).toEqual(['mine']);
  open.release();
});

test('an answer that was lost, a request that came twice: each word is there once', async () => {
  const world = await begun();
  const { devices, ana, document } = world;
  for (const fault of ['lose-answer', 'lose-request', 'twice', 'late'] as const) {
    await say(ana, { document, text: fault });
    ana.wire.faults.push(fault);
    await ana.exchange().catch(() => undefined);
    ana.wire.faults.splice(0);
    await ana.wire.deliverLate();
  }
  await all(devices);
  for (const device of devices)
    expect((await saysOn(device, document)).toSorted()).toEqual(['late', 'lose-answer', 'lose-request', 'twice']);
  await expectRest(world);
});

test('a refused word comes back with what was meant; what was said after it arrives all the same', async () => {
  const world = await begun();
  const { devices, ana, lee, document } = world;
  const open = await openDoc(ana.desk, document);
  let replaced = 0;
  open.onReplaced(() => (replaced += 1));
  await say(ana, { document, text: 'before' });
  await say(ana, { document, text: 'x'.repeat(300) });
  await say(ana, { document, text: 'after' });
  await say(ana, { document, text: 'and after' });
  await all(devices);
  for (const device of devices) expect(await saysOn(device, document)).toEqual(['before', 'after', 'and after']);
  expect(open.doc.getArray('says').length).toBe(3);
  expect(replaced).toBe(1);
  const [rejection, ...others] = await ana.rejections();
  expect(others).toEqual([]);
  expect(must(rejection, 'a rejection').code).toBe('invalid');
  expect(updateOf(must(rejection, 'a rejection'))?.intent).toMatchObject({ say: { text: 'x'.repeat(300) } });
  expect(await lee.rejections()).toEqual([]);
  await expectRest(world);
  open.release();
});

test('what was said after a refused word is in view until it is done again, though the network ends with the refusal', async () => {
  const world = await begun();
  const { devices, ana, document } = world;
  await say(ana, { document, text: 'before' });
  await say(ana, { document, text: 'x'.repeat(300) });
  await say(ana, { document, text: 'after' });
  const open = await openDoc(ana.desk, document);
  await ana.push();
  expect((await ana.rejections()).map(({ code }) => code).toSorted()).toEqual(['gap', 'invalid']);
  await must(openedBy(ana.desk).get(document), 'an open document').refresh();
  expect(open.doc.getArray('says').toJSON()).toMatchObject([{ text: 'before' }, { text: 'after' }]);
  open.release();
  await ana.restart();
  expect(await saysOn(ana, document)).toEqual(['before', 'after']);
  await all(devices);
  for (const device of devices) expect(await saysOn(device, document)).toEqual(['before', 'after']);
  await expectRest(world);
});

test('what is said while something refused is in view, and something sent again is not yet, is shown', async () => {
  const { ana, document } = await begun();
  await say(ana, { document, text: 'x'.repeat(300) });
  await say(ana, { document, text: 'one' });
  await say(ana, { document, text: 'two' });
  const open = await openDoc(ana.desk, document);
  await ana.push();
  await must(openedBy(ana.desk).get(document), 'an open document').refresh();
  const one = (await ana.rejections()).find((refused) => JSON.stringify(updateOf(refused)?.intent).includes('"one"'));
  expect(await resend(ana.desk, must(one, 'a rejection').mid)).toBeUndefined();
  await say(ana, { document, text: 'three' });
  const texts = (open.doc.getArray('says').toArray() as { text: string }[]).map(({ text }) => text);
  expect(texts.toSorted()).toEqual(['one', 'three', 'two']);
  open.release();
});

test('what its author wants to be sent again before all is here is done again when it is', async () => {
  const world = await begun();
  const { devices, ana, document } = world;
  await say(ana, { document, text: 'x'.repeat(300) });
  await say(ana, { document, text: 'after' });
  await ana.push();
  const refused = (await ana.rejections()).find(({ code }) => code === 'gap');
  await ana.store.transaction((tx) => forgetRows(tx, ana.desk));
  expect(await resend(ana.desk, must(refused, 'a rejection').mid)).toEqual({ code: 'not-there' });
  await all(devices);
  for (const device of devices) expect(await saysOn(device, document)).toEqual(['after']);
  expect((await ana.rejections()).map(({ code }) => code)).toEqual(['invalid']);
  await expectRest(world);
});

test('more than a segment takes goes on in the next ones, under the same ids, in the same order', async () => {
  const world = await begun();
  const { devices, ana, lee, thread, document } = world;
  const texts = Array.from({ length: SEGMENT_ITEMS * 2 + 3 }, (_, i) => `w${String(i).padStart(2, '0')}`);
  for (const text of texts) await say(ana, { document, text });
  await say(lee, { document, text: 'lee' });
  await lee.exchange();
  await all(devices);
  for (const device of devices) for (const segment of [1, 2, 3]) await openDoc(device.desk, threadDoc(thread, segment));
  await all(devices);
  for (const device of devices) {
    const segments = [1, 2, 3].map((segment) => saysOn(device, threadDoc(thread, segment)));
    const said = (await Promise.all(segments)).flat();
    // Whose words come first was not said by either.
    expect(said.filter((text) => text !== 'lee')).toEqual(texts);
    expect(said.length).toBe(texts.length + 1);
  }
  expect(await ana.rejections()).toEqual([]);
  await expectRest(world);
});

test('what a segment that others have filled meanwhile takes no more goes on in the next at once, however much it is', async () => {
  const world = await begun();
  const { devices, ana, lee, thread, document } = world;
  const next = threadDoc(thread, 2);
  for (let i = 0; i < SEGMENT_ITEMS; i++) await say(lee, { document, text: `lee ${i}` });
  await lee.exchange();
  await say(lee, { document: next, text: 'lee on' });
  await lee.exchange();
  const texts = Array.from({ length: SEGMENT_ITEMS - 2 }, (_, i) => `w${i}`);
  for (const text of texts) await say(ana, { document, text });
  await say(ana, { document: next, text: 'ana on' });
  await ana.exchange();
  expect(await ana.rejections()).toEqual([]);
  const pushes = ana.wire.crossed.filter(({ path, body }) => path.endsWith('/push') && body.includes('"say"'));
  expect(pushes.length).toBe(2);
  await all(devices);
  for (const device of devices) expect((await saysOn(device, next)).toSorted()).toEqual(['ana on', 'lee on', ...texts]);
  await expectRest(world);
});

test('who is removed while offline keeps his words as not sent, and has nothing of the document any more', async () => {
  const world = await begun();
  const { server, devices, ana, lee, document } = world;
  await say(ana, { document, text: 'before' });
  await all(devices);
  expect(await saysOn(lee, document)).toEqual(['before']);
  await say(lee, { document, text: 'too late' });
  await server.clinic.setCare('lee', 'ana', false);
  await say(ana, { document, text: 'secret' });
  await ana.exchange();
  await lee.exchange();
  await lee.exchange();
  expect(await lee.store.docs.under('')).toEqual([]);
  expect(await saysOn(lee, document)).toEqual([]);
  const [rejection] = await lee.rejections();
  expect(must(rejection, 'a rejection').code).toBe('not-there');
  expect(updateOf(must(rejection, 'a rejection'))?.intent).toMatchObject({ say: { text: 'too late' } });
  expect(lee.wire.crossed.map(({ answer }) => Buffer.from(answer, 'base64').toString('latin1')).join()).not.toMatch(
    /secret/,
  );
  expect(await lee.store.outbox.count()).toBe(0);
  await all([ana]);
  expect(await saysOn(ana, document)).toEqual(['before', 'secret']);
});

test('the closed app sends an update from the worker, and shows it as sent when it is opened again', async () => {
  const world = await begun(['ana', 'lee'], () => new DexieMedium());
  const { devices, ana, lee, document } = world;
  await say(ana, { document, text: 'and closed' });
  ana.lock();
  expect(await ana.sendLocked()).toBe(0);
  await lee.exchange();
  expect(await saysOn(lee, document)).toEqual(['and closed']);
  await ana.unlock();
  expect(await saysOn(ana, document)).toEqual(['and closed']);
  await all(devices);
  expect(await saysOn(ana, document)).toEqual(['and closed']);
  await expectRest(world);
});

test('after a restore each says again what the server has lost of his, once', async () => {
  const server = await startMemoryServer({ declared });
  const [ana, lee] = [await threadDeviceOf(server, 'ana'), await threadDeviceOf(server, 'lee')];
  const thread = await beginThread(server, ana);
  const document = threadDoc(thread);
  await all([ana, lee]);
  await say(ana, { document, text: 'a0' });
  await all([ana, lee]);
  const backup = server.store.backup();
  for (const i of [1, 2]) {
    await say(lee, { document, text: `l${i}` });
    await all([lee, ana]);
    await say(ana, { document, text: `a${i}` });
    await all([ana, lee]);
  }
  await say(ana, { document, text: 'not sent' });
  server.store.restore(backup, '0190b2c0-0000-7000-8000-00000000000e');
  await all([ana, lee]);
  const said = await saysOn(ana, document);
  expect(said.toSorted()).toEqual(['a0', 'a1', 'a2', 'l1', 'l2', 'not sent']);
  expect(await saysOn(lee, document)).toEqual(said);
  expect([await ana.rejections(), await lee.rejections()]).toEqual([[], []]);
  await expectRest({ server, devices: [ana, lee] } as Awaited<ReturnType<typeof begun>>);
});

test('what a restored server has lost goes from a screen that has it open, until its author has said it again', async () => {
  const server = await startMemoryServer({ declared });
  const [ana, lee] = [await threadDeviceOf(server, 'ana'), await threadDeviceOf(server, 'lee')];
  const document = threadDoc(await beginThread(server, ana));
  await all([ana, lee]);
  const backup = server.store.backup();
  await say(ana, { document, text: 'lost' });
  await all([ana, lee]);
  const open = await openDoc(lee.desk, document);
  const texts = () => (open.doc.getArray('says').toArray() as { text: string }[]).map(({ text }) => text);
  expect(texts()).toEqual(['lost']);
  server.store.restore(backup, '0190b2c0-0000-7000-8000-00000000000e');
  const news = server.release({ declared });
  server.fetch = (request) => news.fetch(request);
  // The same number of updates as before, so that their count tells nothing.
  await say(lee, { document, text: 'new' });
  await all([lee]);
  expect(texts()).toEqual(['new']);
  await all([ana, lee]);
  expect(texts().toSorted()).toEqual(['lost', 'new']);
  open.release();
});

test('a copied profile says what it had to say once', async () => {
  const world = await begun();
  const { devices, ana, document } = world;
  await say(ana, { document, text: 'of both' });
  const copy = await ana.copy();
  await say(ana, { document, text: 'of one' });
  await say(copy, { document, text: 'of the other' });
  await all([ana, copy, ...devices]);
  for (const device of [copy, ...devices])
    expect((await saysOn(device, document)).toSorted()).toEqual(['of both', 'of one', 'of the other']);
  await expectRest({ ...world, devices: [copy, ...devices] });
});

test.each(['of the copy', 'of the other'])(
  'what was done again is there once after a restore, though a copied profile has it as it was first; %s the words come first',
  async (who) => {
    const world = await begun(['ana', 'lee']);
    const { server, ana, lee, thread, document } = world;
    const backup = server.store.backup();
    await say(ana, { document, text: 'of both' });
    const copy = await ana.copy();
    for (let i = 0; i < SEGMENT_ITEMS; i++) await say(lee, { document, text: `${i}` });
    await lee.exchange();
    await all([ana]);
    const segments = [1, 2, 3].map((segment) => threadDoc(thread, segment));
    expect(await saysOn(ana, must(segments[1], 'a segment'))).toEqual(['of both']);
    server.store.restore(backup, '0190b2c0-0000-7000-8000-00000000000e');
    const devices = who === 'of the copy' ? [copy, lee, ana] : [ana, lee, copy];
    for (const device of devices) await all([device]);
    for (let round = 0; round < 3; round++) {
      for (const device of devices) await openAll({ device, open: new Map() }, [thread]);
      await all(devices);
    }
    for (const device of devices) {
      const said = (await Promise.all(segments.map((name) => saysOn(device, name)))).flat();
      expect(said.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', 'of both']);
      expect(await device.rejections()).toEqual([]);
    }
    await expectRest({ ...world, devices });
  },
);
