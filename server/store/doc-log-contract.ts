// What every form of the log of documents promises, as tests that run on each of them.

import { expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { EMPTY_LOG } from './doc-log.ts';
import type { Append, Appended, DocLog, HeaderWrite, LogEnd, NewUpdate } from './doc-log.ts';
import type { Store } from './store.ts';

export interface DocLogUnderTest {
  readonly log: DocLog;
  readonly store: Store;
  addPractice(practice: { id: string; slug: string }): Promise<void>;
}

const AT = '2026-03-04T05:06:07.089Z';
const MUCH = 1024 * 1024;
const by = newId();

const bytes = (text: string) => new TextEncoder().encode(text);
const words = (updates: readonly { readonly update: Uint8Array }[]) =>
  updates.map(({ update }) => new TextDecoder().decode(update));

function said(text: string, change: Partial<NewUpdate> = {}): NewUpdate {
  return { update: bytes(text), by, userId: 'user-a', session: 'device:a', claims: [], at: AT, ...change };
}

/** Declares the tests. `open` may give the same log again: each test makes practices of its own. */
export function docLogContract(open: () => Promise<DocLogUnderTest>): void {
  async function practice() {
    const { log, store, addPractice } = await open();
    const id = newId();
    const slug = `p-${id.slice(-12)}`;
    await addPractice({ id, slug });
    return { log, store, id, slug };
  }

  function append(kind: string, expected: LogEnd, updates: readonly NewUpdate[], header?: HeaderWrite): Append {
    const row = newId();
    const place = { name: `${kind}:${row}`, kind, row, space: 's' };
    return { place, expected, updates, ...(header && { header }) };
  }

  const endIn = (outcome: ReadonlyMap<string, Appended>, { place }: Append): LogEnd => {
    const end = must(outcome.get(place.name), 'an outcome');
    if (end === 'moved') throw new Error('moved');
    return end;
  };

  test('an empty log is what is not there', async () => {
    const { log, id } = await practice();
    expect(await log.load(id, 'd:x')).toEqual({ end: EMPTY_LOG, snapshot: null, updates: [], isBroken: false });
    const nothing = { name: 'd:x', seq: 0, snapshot: null, updates: [], more: false };
    expect(await log.tails(id, [{ name: 'd:x', after: 0 }], MUCH)).toEqual([nothing]);
    expect(await log.seqs(id, ['d:x'])).toEqual(new Map());
  });

  test('gives back what was appended, in order, with who, whose client ids and when', async () => {
    const { log, id } = await practice();
    const first = append('d', EMPTY_LOG, [said('one', { claims: [7, 4_294_967_295] }), said('two')]);
    const end = endIn(await log.append(id, [first]), first);
    const later = said('three', { userId: 'user-b', session: 'device:b', by: newId() });
    await log.append(id, [{ ...first, expected: end, updates: [later] }]);
    const loaded = await log.load(id, first.place.name);
    expect(words(loaded.updates)).toEqual(['one', 'two', 'three']);
    expect(loaded).toMatchObject({
      end: { seq: 3 },
      isBroken: false,
      updates: [
        { seq: 1, claims: [7, 4_294_967_295], at: AT, by },
        { seq: 2 },
        { seq: 3, userId: 'user-b', session: 'device:b', by: later.by },
      ],
    });
    expect(await log.seqs(id, [first.place.name])).toEqual(new Map([[first.place.name, 3]]));
  });

  test('who wrote to a document is among the authors of what has changed with it, whoever began it', async () => {
    const { log, store, id } = await practice();
    const header = { type: 'head', schemaVersion: 1, fields: () => ({}) };
    const [first, second, elsewhere] = [newId(), newId(), newId()] as const;
    const a = append('d', EMPTY_LOG, [said('one', { by: first })], header);
    const end = endIn(await log.append(id, [a]), a);
    await log.append(id, [{ ...a, expected: end, updates: [said('two', { by: second })] }]);
    await log.append(id, [append('d', EMPTY_LOG, [said('x', { by: elsewhere })])]);
    const between = (after: number, kinds: readonly string[]) =>
      store.authorsBetween(id, { spaces: ['s'], after, upTo: 2, kinds });
    expect((await between(1, ['d'])).toSorted()).toEqual([first, second].toSorted());
    expect(await between(1, ['other'])).toEqual([first]);
    expect(await between(2, ['d'])).toEqual([]);
  });

  test('a document that moved takes nothing, and keeps the others from nothing', async () => {
    const { log, id } = await practice();
    const [a, b] = [append('d', EMPTY_LOG, [said('a')]), append('d', EMPTY_LOG, [said('b')])];
    await log.append(id, [a]);
    const outcome = await log.append(id, [a, b]);
    expect(outcome.get(a.place.name)).toBe('moved');
    expect(outcome.get(b.place.name)).toMatchObject({ seq: 1 });
    expect(words((await log.load(id, a.place.name)).updates)).toEqual(['a']);
  });

  test('of many who stand on the same sequence one gets through', async () => {
    const { log, id } = await practice();
    const [a, b] = [append('d', EMPTY_LOG, [said('a')]), append('d', EMPTY_LOG, [said('b')])];
    const all = await Promise.all([log.append(id, [a, b]), log.append(id, [b, a]), log.append(id, [a, b])]);
    for (const { place } of [a, b]) {
      expect(all.filter((outcome) => outcome.get(place.name) !== 'moved')).toHaveLength(1);
      expect((await log.load(id, place.name)).updates).toHaveLength(1);
    }
  });

  test('a snapshot stands for what lies before it; an older one changes nothing', async () => {
    const { log, id } = await practice();
    const one = append('d', EMPTY_LOG, [said('a'.repeat(50)), said('b')]);
    const { name } = one.place;
    const end = endIn(await log.append(id, [one]), one);
    const clients = [[7, 'user-a', 'device:a']] as const;
    await log.saveSnapshot(id, name, { ...end, update: bytes('ab'), clients });
    await log.saveSnapshot(id, name, { ...end, seq: 1, update: bytes('a'), clients: [] });
    await log.append(id, [{ ...one, expected: end, updates: [said('c')] }]);
    const loaded = await log.load(id, name);
    expect(loaded).toMatchObject({ end: { seq: 3 }, isBroken: false, snapshot: { seq: 2, clients } });
    expect(words(loaded.updates)).toEqual(['c']);
    const [whole, late] = [
      await log.tails(id, [{ name, after: 0 }], MUCH),
      await log.tails(id, [{ name, after: 1 }], MUCH),
    ];
    expect(whole).toMatchObject([{ seq: 3, snapshot: { seq: 2 }, updates: [{ seq: 3 }], more: false }]);
    // One byte is less than a snapshot of two.
    expect(late).toMatchObject([{ seq: 3, snapshot: null, updates: [{ seq: 2 }, { seq: 3 }], more: false }]);
  });

  test('an answer ends at its bytes, goes on where it ended, and is never empty for one that is too large', async () => {
    const { log, id } = await practice();
    const [a, b] = [
      append(
        'd',
        EMPTY_LOG,
        ['1', '2', '3'].map((text) => said(text.repeat(10))),
      ),
      append('d', EMPTY_LOG, [said('4'.repeat(10))]),
    ];
    await log.append(id, [a, b]);
    const asks = [a, b].map(({ place: { name } }) => ({ name, after: 0 }));
    expect(await log.tails(id, asks, 25)).toMatchObject([
      { seq: 3, updates: [{ seq: 1 }, { seq: 2 }], more: true },
      { seq: 1, updates: [], more: true },
    ]);
    const rest = [{ name: a.place.name, after: 2 }, must(asks[1], 'the second')];
    expect(await log.tails(id, rest, 25)).toMatchObject([
      { seq: 3, updates: [{ seq: 3 }], more: false },
      { seq: 1, updates: [{ seq: 1 }], more: false },
    ]);
    expect(await log.tails(id, asks, 1)).toMatchObject([{ updates: [{ seq: 1 }], more: true }, { updates: [] }]);
    expect(await log.tails(id, [{ name: a.place.name, after: 9 }], 25)).toMatchObject([
      { seq: 3, updates: [], more: false },
    ]);
  });

  test('snapshots count among the bytes of an answer: what has no room waits for the next', async () => {
    const { log, id } = await practice();
    const names: string[] = [];
    for (let i = 0; i < 3; i++) {
      const one = append('d', EMPTY_LOG, [said('a'.repeat(50))]);
      const end = endIn(await log.append(id, [one]), one);
      await log.saveSnapshot(id, one.place.name, { ...end, update: bytes('s'.repeat(40)), clients: [] });
      await log.append(id, [{ ...one, expected: end, updates: [said('b'.repeat(10))] }]);
      names.push(one.place.name);
    }
    const asks = names.map((name) => ({ name, after: 0 }));
    expect(await log.tails(id, asks, 95)).toMatchObject([
      { snapshot: { seq: 1 }, updates: [{ seq: 2 }], more: false },
      { snapshot: { seq: 1 }, updates: [], more: true },
      { seq: 2, snapshot: null, updates: [], more: true },
    ]);
    expect(await log.tails(id, asks.slice(1), 5)).toMatchObject([
      { snapshot: { seq: 1 }, updates: [], more: true },
      { snapshot: null, updates: [], more: true },
    ]);
  });

  test('a header row comes with its append under a commit number of its own', async () => {
    const { log, store, id, slug } = await practice();
    const header: HeaderWrite = {
      type: 'head',
      schemaVersion: 1,
      fields: (before, seq) => ({ was: before?.['seq'] ?? null, seq }),
    };
    const plain = append('d', EMPTY_LOG, [said('x')]);
    const [a, b] = [append('d', EMPTY_LOG, [said('a')], header), append('d', EMPTY_LOG, [said('b')], header)];
    await log.append(id, [plain]);
    expect((await store.practice(slug))?.version).toBe(0);
    const end = endIn(await log.append(id, [a, b]), a);
    await log.append(id, [a, { ...a, expected: end }].slice(1));
    expect((await store.practice(slug))?.version).toBe(3);
    const page = await store.pull(id, { spaces: ['s'], cursor: 0, fill: null, limit: 10 });
    expect(page.rows).toMatchObject([
      { type: 'head', id: b.place.row, by, fields: { was: null, seq: 1 } },
      { type: 'head', id: a.place.row, version: 3, fields: { was: 1, seq: 2 } },
    ]);
    // What has moved leaves its header as it is.
    expect((await log.append(id, [a])).get(a.place.name)).toBe('moved');
    expect((await store.practice(slug))?.version).toBe(3);
  });

  test('practices are apart', async () => {
    const { log, id } = await practice();
    const { id: other } = await practice();
    const one = append('d', EMPTY_LOG, [said('ours')]);
    await log.append(id, [one]);
    expect((await log.load(other, one.place.name)).updates).toEqual([]);
    expect(await log.seqs(other, [one.place.name])).toEqual(new Map());
    expect((await log.append(other, [one])).get(one.place.name)).toMatchObject({ seq: 1 });
  });
}
