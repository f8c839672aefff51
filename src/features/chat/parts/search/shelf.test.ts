import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '../../../../base/ids.ts';
import { must } from '../../../../base/must.ts';
import { retractIntent, sayIntent } from '../../doc-acts.ts';
import { messagesOf } from '../../doc-fold.ts';
import { doIntent } from '../../doc-here.ts';
import type { ChatMessage } from '../../doc-names.ts';
import { partOf } from '../../doc-parts.ts';
import { createShelf } from './shelf.ts';
import type { Looked } from './shelf.ts';

const at = (minute: number) => `2026-06-10T12:${String(minute).padStart(2, '0')}:00.000Z`;

/** Conversations in memory, and a shelf over them. */
function world() {
  const docs = new Map<string, Y.Doc>();
  const docOf = (name: string) => docs.get(name) ?? must(docs.set(name, new Y.Doc()).get(name), 'a document');
  const reads: string[] = [];
  const shelf = createShelf({
    read: async (name) => {
      reads.push(name);
      return docOf(name);
    },
    breathe: async () => undefined,
  });
  const say = (where: string, body: string, rest: Partial<ChatMessage> = {}) => {
    const id = newId();
    doIntent(docOf(where), sayIntent({ id, by: 'ana', at: at(0), body, ...rest }));
    return id;
  };
  const found = (typed: string, limit = 10) => shelf.find(typed, limit).found.map(({ body }) => body);
  return { docOf, reads, shelf, say, found };
}

const looked = (id: string, change: Partial<Looked> = {}): Looked => ({
  ...{ id, segment: 1, seq: 1, version: 1, isBegun: true },
  ...change,
});

test('messages of all conversations are found by their words in any script, the newest first, over all parts', async () => {
  const { shelf, say, found } = world();
  say(partOf('a', 1), 'Lentil soup', { at: at(1) });
  say(partOf('a', 2), 'More soup', { at: at(3) });
  say(partOf('b', 1), 'SOUP at noon', { at: at(2) });
  say(partOf('b', 1), 'نِمتُ جيِّدًا');
  await shelf.fill([looked('a', { segment: 2 }), looked('b')]);
  expect(found('soup')).toEqual(['More soup', 'SOUP at noon', 'Lentil soup']);
  expect(shelf.find('soup', 2)).toMatchObject({ count: 3, found: [{ conversation: 'a' }, { conversation: 'b' }] });
  expect(found('نمت')).toEqual(['نِمتُ جيِّدًا']);
  expect([found(''), found('  '), found('bread')]).toEqual([[], [], []]);
});

test('what was taken back is not found, nor what was said before it was said better, in whichever part', async () => {
  const { docOf, shelf, say, found } = world();
  const slip = say(partOf('a', 1), 'At the liberry');
  const better = say(partOf('a', 2), 'At the library', { corrects: slip });
  await shelf.fill([looked('a', { segment: 2 })]);
  expect([found('liberry'), found('library')]).toEqual([[], ['At the library']]);
  expect(shelf.find('library', 1).found[0]?.id).toBe(slip);
  const item = must(messagesOf(docOf(partOf('a', 2)))[0], 'the correction');
  expect(item.id).toBe(better);
  doIntent(docOf(partOf('a', 2)), must(retractIntent(item, { me: 'ana', at: at(9) }) ?? undefined, 'an intent'));
  await shelf.fill([looked('a', { segment: 2, seq: 2 })]);
  expect([found('liberry'), found('library')]).toEqual([[], []]);
});

test('only what has changed is read again, and what the reader has no more of is gone', async () => {
  const { reads, shelf, say, found } = world();
  say(partOf('a', 1), 'Soup of a');
  say(partOf('b', 1), 'Soup of b');
  await shelf.fill([looked('a'), looked('b'), looked('c', { isBegun: false })]);
  expect(reads).toEqual([partOf('a', 1), partOf('b', 1)]);
  await shelf.fill([looked('a'), looked('b', { seq: 2 })]);
  expect(reads).toHaveLength(3);
  await shelf.fill([looked('b', { seq: 2 })]);
  expect(found('soup')).toEqual(['Soup of b']);
});

test('that earlier parts are not here is told', async () => {
  const { shelf, say } = world();
  say(partOf('a', 2), 'Soup');
  await shelf.fill([looked('a', { segment: 2 })]);
  expect(shelf.isPartial()).toBe(true);
  say(partOf('a', 1), 'Bread');
  await shelf.fill([looked('a', { segment: 2, version: 2 })]);
  expect(shelf.isPartial()).toBe(false);
});
