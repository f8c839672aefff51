import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { bytesToBase64url } from '../../base/base64url.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import { must } from '../../base/must.ts';
import type { Device } from '../testing/devices.ts';
import { DexieMedium, memoryMedium } from '../testing/medium.ts';
import { beginThread, say, saysOn, threadDeviceOf } from '../testing/thread-acts.ts';
import { declared, threadDoc } from '../testing/threads.ts';
import { docKey } from './doc-names.ts';
import { forgetDocs } from './doc-told.ts';
import { openedBy } from './doc-opened.ts';
import { ownUpdates, updateOf } from './doc-outbox.ts';
import { changeDoc, openDoc } from './docs.ts';

async function begun(medium = memoryMedium() as Parameters<typeof threadDeviceOf>[2]) {
  const server = await startMemoryServer({ declared });
  const device = await threadDeviceOf(server, 'ana', medium);
  const document = threadDoc(await beginThread(server, device));
  return { device, document, words: (text: string) => ({ document, text }) };
}

test('what was changed is in the outbox under its number with its bytes and its words, and is shown after a new start', async () => {
  const { device, document, words } = await begun();
  await device.store.drafts.put({ id: 'd', at: '', content: { text: 'hello' } });
  const { lastN } = await device.state();
  expect(await say(device, words('hello'), { draft: 'd' })).toBeUndefined();
  const [entry] = await ownUpdates(device.store, device.desk, document);
  expect(entry).toMatchObject({ n: lastN + 1, version: 0, mutation: { name: 'sync.update', v: 1 } });
  expect(updateOf(must(entry, 'an entry'))).toMatchObject({ document, intent: { say: { text: 'hello' } } });
  expect(await device.store.drafts.get('d')).toBeUndefined();
  await say(device, words('there'));
  await device.restart();
  expect(await saysOn(device, document)).toEqual(['hello', 'there']);
});

test('what could not be kept is not shown, and is in nothing that is sent later', async () => {
  const { device, document, words } = await begun();
  const open = await openDoc(device.desk, document);
  await say(device, words('first'));
  const texts = () => (open.doc.getArray('says').toArray() as { text: string }[]).map(({ text }) => text);
  const thrown = changeDoc(device.desk, {
    document,
    intent: {},
    change(doc) {
      doc.getArray('says').push([{ text: 'half' }]);
      throw new Error('in the middle');
    },
  });
  await expect(thrown).rejects.toThrow('in the middle');
  expect(await say(device, words('x'.repeat(300_000)))).toEqual({ code: 'too-large' });
  expect(texts()).toEqual(['first']);
  await say(device, words('second'));
  expect(texts()).toEqual(['first', 'second']);
  expect((await device.state()).lastN).toBe(3);
  const writers = new Set(
    (await ownUpdates(device.store, device.desk, document)).flatMap((entry) => [
      ...Y.parseUpdateMeta(updateBytes(must(updateOf(entry), 'an update').update)).to.keys(),
    ]),
  );
  expect([...writers]).not.toContain(open.doc.clientID);
  expect(writers.size).toBe(1);
  device.store.close();
  await expect(say(device, words('into a store that is closed'))).rejects.toThrow('closed');
  expect(texts()).toEqual(['first', 'second']);
});

test('nothing is kept of a document that this device does not know', async () => {
  const { device, words } = await begun();
  const other = threadDoc('0190b2c0-0000-7000-8000-000000000001');
  expect(await say(device, { ...words('x'), document: other })).toEqual({ code: 'not-there' });
  expect(await say(device, { ...words('x'), document: other.replace('thread', 'other') })).toEqual({
    code: 'not-there',
  });
  expect(await say(device, { ...words('x'), document: other.slice(0, -2) })).toEqual({ code: 'not-there' });
  expect(await device.store.outbox.count()).toBe(1);
});

test('changes that are begun at once are all kept, each on the one before', async () => {
  const { device, document, words } = await begun();
  await Promise.all(Array.from({ length: 20 }, (_, i) => say(device, words(`w${i}`))));
  expect(await saysOn(device, document)).toEqual(Array.from({ length: 20 }, (_, i) => `w${i}`));
  await device.restart();
  expect((await saysOn(device, document)).length).toBe(20);
});

test('two tabs show the same, each the other’s words as they are kept', async () => {
  const { device, document, words } = await begun(new DexieMedium());
  const tab = await device.otherTab();
  const [here, there] = [await openDoc(device.desk, document), await openDoc(tab.desk, document)];
  await Promise.all([say(device, words('here')), say(tab, words('there'))]);
  await shows(there.doc, 2);
  await shows(here.doc, 2);
  expect(here.doc.getArray('says').toJSON()).toEqual(there.doc.getArray('says').toJSON());
  expect(await saysOn(device, document)).toEqual(await saysOn(tab, document));
  here.release();
  there.release();
});

test('what the server gave is shown under what is not sent, and what was given up goes from view', async () => {
  const { device, document, words } = await begun();
  const open = await openDoc(device.desk, document);
  let replaced = 0;
  open.onReplaced(() => (replaced += 1));
  await say(device, words('mine'));
  await give(device, document, 1, 'theirs');
  await refresh(device, document);
  expect((await saysOn(device, document)).sort()).toEqual(['mine', 'theirs']);
  expect(replaced).toBe(0);
  const [entry] = await ownUpdates(device.store, device.desk, document);
  await device.discard(must(entry, 'an entry').n);
  await refresh(device, document);
  expect(replaced).toBe(1);
  expect(open.doc.getArray('says').toJSON()).toEqual([{ text: 'theirs' }]);
  open.release();
});

test('what stood on something that is gone stays in view; given up, it does not come into view when that is there again', async () => {
  const { device, document, words } = await begun();
  const open = await openDoc(device.desk, document);
  const theirs = await give(device, document, 1, 'theirs');
  await refresh(device, document);
  await say(device, words('mine, on theirs'));
  await device.store.transaction((tx) => forgetDocs(tx));
  await refresh(device, document);
  expect(open.doc.getArray('says').toJSON()).toMatchObject([{ text: 'mine, on theirs' }]);
  await give(device, document, 1, theirs);
  await refresh(device, document);
  expect(open.doc.getArray('says').toJSON()).toMatchObject([{ text: 'theirs' }, { text: 'mine, on theirs' }]);
  await device.store.transaction((tx) => forgetDocs(tx));
  await refresh(device, document);
  const [entry] = await ownUpdates(device.store, device.desk, document);
  await device.discard(must(entry, 'an entry').n);
  await refresh(device, document);
  await give(device, document, 1, theirs);
  await refresh(device, document);
  expect(open.doc.getArray('says').toJSON()).toEqual([{ text: 'theirs' }]);
  open.release();
});

test('what was said after words that were given up stays in view, with what is said then, and is sent on its own', async () => {
  const { device, document, words } = await begun();
  for (const text of ['one', 'two', 'three']) await say(device, words(text));
  const [first] = await ownUpdates(device.store, device.desk, document);
  const open = await openDoc(device.desk, document);
  await device.discard(must(first, 'an entry').n);
  await refresh(device, document);
  expect(open.doc.getArray('says').toJSON()).toMatchObject([{ text: 'two' }, { text: 'three' }]);
  await say(device, words('four'));
  open.release();
  expect((await saysOn(device, document)).toSorted()).toEqual(['four', 'three', 'two']);
  // What was said then stands on nothing that is only in view.
  await device.push();
  expect((await device.rejections()).map((one) => updateOf(one)?.intent)).toMatchObject([
    { say: { text: 'two' } },
    { say: { text: 'three' } },
  ]);
  await device.exchange();
  expect((await saysOn(device, document)).toSorted()).toEqual(['four', 'three', 'two']);
  expect(await device.rejections()).toEqual([]);
  expect(await device.store.outbox.count()).toBe(0);
});

test('on disk neither the kind nor a word of a document can be read', async () => {
  const medium = new DexieMedium();
  const { device, document, words } = await begun(medium);
  await say(device, words('a secret word'));
  await give(device, document, 1, 'another secret');
  const { doc, docUpdate, outbox } = await medium.raw(device.desk.memberId);
  const [record, update] = [must(doc?.[0], 'a record') as object, must(docUpdate?.[0], 'an update') as object];
  expect(Object.keys(record).sort()).toEqual(['doc', 'sealed', 'seq', 'space']);
  expect(Object.keys(update).sort()).toEqual(['doc', 'sealed', 'seq', 'space']);
  const text = Buffer.from(JSON.stringify([doc, docUpdate, outbox])).toString('latin1');
  expect(text).not.toMatch(/thread|secret|says/);
});

/** An update as it came from the server, by another. */
async function give(device: Device, document: string, seq: number, said: string | Uint8Array): Promise<Uint8Array> {
  const other = new Y.Doc();
  if (typeof said === 'string') other.getArray('says').push([{ text: said }]);
  else Y.applyUpdate(other, said);
  const doc = docKey(device.desk.cipher, document);
  const { space } = must((await device.rows('thread'))[0], 'a thread');
  const bytes = Y.encodeStateAsUpdate(other);
  const update = bytesToBase64url(bytes);
  await device.store.transaction(async (tx) => {
    await tx.docs.put([{ doc, space, seq, document }]);
    await tx.docs.putUpdates([{ doc, space, seq, update }]);
  });
  return bytes;
}

async function refresh(device: Device, document: string): Promise<void> {
  await must(openedBy(device.desk).get(document), 'an open document').refresh();
}

/** Resolves when so many have been said; the end of the test says that they never were. */
function shows(doc: Y.Doc, count: number): Promise<void> {
  const says = doc.getArray('says');
  return new Promise((resolve) => {
    const look = () => says.length >= count && resolve();
    says.observe(look);
    look();
  });
}

const updateBytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
