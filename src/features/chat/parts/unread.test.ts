import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '../../../base/ids.ts';
import { must } from '../../../base/must.ts';
import { readIntent, sayIntent } from '../doc-acts.ts';
import { messagesOf } from '../doc-fold.ts';
import { doIntent } from '../doc-here.ts';
import { beginsEarlier, isHere, othersSeen, unseenIn, wordingKey } from './unread.ts';
import type { Parts } from './unread.ts';

const [ana, lee] = ['user-ana', 'user-lee'];
const at = '2026-06-10T12:00:00.000Z';

/** A part in which these things were said by Ana, or by Lee where they are in brackets. */
function part(...bodies: string[]): Y.Doc {
  const doc = new Y.Doc();
  for (const body of bodies) say(doc, body);
  return doc;
}
function say(doc: Y.Doc, body: string, corrects?: string): void {
  const by = body.startsWith('(') ? lee : ana;
  doIntent(doc, sayIntent({ id: newId(), by, at, body, ...(corrects && { corrects }) }));
}
function mark(doc: Y.Doc, ...bodies: string[]): void {
  const isSeen = ({ body }: { body: string }) => bodies.includes(body);
  doIntent(doc, must(readIntent(messagesOf(doc), { me: lee, at, isSeen }) ?? undefined, 'a mark'));
}
const partsOf = (...docs: Y.Doc[]): Parts => docs.map((doc) => messagesOf(doc));
function unseen(docs: Y.Doc[], unread: number): string[] {
  const keys = unseenIn(partsOf(...docs), { me: lee, unread });
  return docs.flatMap((doc) => messagesOf(doc).flatMap((one) => (keys.has(wordingKey(one)) ? [one.body] : [])));
}
/** The header's word of it, with the last message of the last part as its newest. */
function counted(docs: Y.Doc[], { unread, others }: { unread: number; others: number }) {
  const newest = must(
    partsOf(...docs)
      .flat()
      .at(-1),
    'a message',
  );
  return { others, unread, last: { id: must(newest.ids.at(-1), 'an id'), by: ana, at, cameAt: at } };
}

test('where one has marked nothing the count says what is new, over all open parts', () => {
  const docs = [part('1', '2', '(mine)'), part('3')];
  expect(unseen(docs, 0)).toEqual([]);
  expect(unseen(docs, 2)).toEqual(['2', '3']);
});

test('where one has marked, what came late and stands before that is new, whatever the count', () => {
  const doc = part('late', 'seen', '(mine)', 'new');
  mark(doc, 'seen');
  expect(unseen([doc], 1)).toEqual(['late', 'new']);
});

test('what is unread in an earlier part is neither left out nor counted as seen', () => {
  const docs = [part('1', '2'), part('3')];
  const before = counted(docs, { unread: 3, others: 5 });
  expect(beginsEarlier(partsOf(...docs.slice(1)), { me: lee, counted: before })).toBe(true);
  expect(beginsEarlier(partsOf(...docs), { me: lee, counted: before })).toBe(false);
  const parts = partsOf(...docs);
  const all = unseenIn(parts, { me: lee, unread: 3 });
  expect(othersSeen(parts, { me: lee, counted: before, left: all })).toBeUndefined();
  const afterOne = new Set([...all].slice(0, 2));
  expect(othersSeen(parts, { me: lee, counted: before, left: afterOne })).toBe(3);
  expect(othersSeen(parts, { me: lee, counted: before, left: new Set() })).toBe(5);
});

test('nothing is marked as seen while the newest is not here; a corrected one is here by its correction', () => {
  const doc = part('helo');
  const old = partsOf(doc);
  say(doc, 'hello', must(messagesOf(doc)[0], 'a message').id);
  const news = counted([doc], { unread: 2, others: 2 });
  expect(isHere(old, news)).toBe(false);
  expect(othersSeen(old, { me: lee, counted: news, left: new Set() })).toBeUndefined();
  expect(beginsEarlier(old, { me: lee, counted: news })).toBe(false);
  const parts = partsOf(doc);
  expect(beginsEarlier(parts, { me: lee, counted: news })).toBe(false);
  expect(othersSeen(parts, { me: lee, counted: news, left: new Set() })).toBe(2);
});
