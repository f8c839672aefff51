// The copy of a text is as the log is, to the last mark: Yjs would tidy it up by itself, and those who read the log would then
// see another text than those who read the copy.

import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { declared } from '../testing/papers.ts';
import type { Author as Signer, Found } from './access.ts';
import { judge } from './guard/judge.ts';
import type { Room } from './room.ts';
import { Rooms } from './rooms.ts';

const practice = { id: newId(), slug: 'p' };
const store = createMemoryStore(newId());
store.addPractice(practice);
const open: Rooms[] = [];
afterEach(() => Promise.all(open.splice(0).map((rooms) => rooms.close())));

function node(): Rooms {
  const rooms = new Rooms({
    ...{ log: store.docs, judge, declared, now: () => new Date() },
    onTrouble: (code) => expect.unreachable(code),
    onAppended: () => undefined,
    onHeaders: () => undefined,
  });
  open.push(rooms);
  return rooms;
}

function page(): Found {
  const row = newId();
  const place = { name: `page:${row}`, kind: 'page', row, space: 's' };
  const kind = must(declared.documents?.['page'], 'a kind');
  return { kind, place, segment: null, resource: { type: 'page', id: row, space: 's' } };
}

/** One author's copy of the text, and what he has made of it that nobody has heard. */
class Author {
  readonly doc = new Y.Doc();
  readonly made: Uint8Array[] = [];
  seq = 0;
  readonly #writer: Signer = { userId: 'ana', memberId: 'ana', roles: [], session: newId(), mayWrite: () => true };

  constructor() {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'log' && this.made.push(update));
  }

  get text(): Y.XmlText {
    return (this.doc.getXmlFragment('text').get(0) as Y.XmlElement).get(0) as Y.XmlText;
  }

  async send(rooms: Rooms, found: Found): Promise<void> {
    const sent = this.made
      .splice(0)
      .map((update) => rooms.submit(practice, found, { writer: this.#writer, update, origin: null }));
    for (const outcome of await Promise.all(sent)) expect(outcome.kind).toBe('kept');
  }

  async fetch({ place }: Found): Promise<void> {
    const { updates } = await store.docs.load(practice.id, place.name);
    for (const { update, seq } of updates) if (seq > this.seq) Y.applyUpdate(this.doc, update, 'log');
    this.seq = updates.length;
  }
}

async function authorsOf(rooms: Rooms, found: Found): Promise<[Author, Author, Author]> {
  const authors: [Author, Author, Author] = [new Author(), new Author(), new Author()];
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('hello world')]);
  authors[0].doc.getXmlFragment('text').insert(0, [paragraph]);
  await authors[0].send(rooms, found);
  for (const author of authors) await author.fetch(found);
  return authors;
}

async function roomOf(rooms: Rooms, found: Found): Promise<Room> {
  return (await rooms.join(practice, found, { reader: { hear: () => undefined }, begin: () => undefined })).room;
}

function deletedIn(update: Uint8Array): string[] {
  const { clients } = Y.decodeUpdate(update).ds;
  return [...clients].flatMap(([client, some]) => some.map(({ clock, len }) => `${client} ${clock} ${len}`)).sort();
}

const copyOf = ({ doc }: Room) => deletedIn(Y.encodeStateAsUpdate(must(doc, 'a copy')));

test('marks that have become needless stay until an author takes them out: here, on another node, and loaded anew', async () => {
  const [here, there, found] = [node(), node(), page()];
  const [a, b] = await authorsOf(here, found);
  const rooms = [await roomOf(here, found), await roomOf(there, found)];
  a.text.format(0, 5, { bold: {} });
  b.text.format(0, 11, { bold: {} });
  await Promise.all([a.send(here, found), b.send(here, found)]);
  await there.followAll();
  rooms.push(await roomOf(node(), found));
  const { updates } = await store.docs.load(practice.id, found.place.name);
  const logged = deletedIn(Y.mergeUpdates(updates.map(({ update }) => update)));
  for (const room of rooms) expect(copyOf(room)).toEqual(logged);
  // An author's copy does tidy up, and what it does is heard.
  await a.fetch(found);
  expect(a.made.length).toBeGreaterThan(0);
  await a.send(here, found);
  expect(copyOf(must(rooms[0], 'a room'))).not.toEqual(logged);
});

test('in histories of three who write and mark at once, all see one text in the end', async () => {
  let seed = 1234;
  const below = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor(seed / 256) % n;
  };
  for (let run = 0; run < 60; run++) {
    const [rooms, found] = [node(), page()];
    const authors = await authorsOf(rooms, found);
    for (let step = 0; step < 14; step++) {
      const author = must(authors[below(3)], 'an author');
      const [at, length] = [below(author.text.length), below(4) + 1];
      if (below(3) === 0) author.text.insert(at, 'x');
      else author.text.format(at, Math.min(length, author.text.length - at), { bold: below(2) ? {} : null });
      if (below(2)) await author.send(rooms, found);
      if (below(3) === 0) await author.fetch(found);
    }
    for (let round = 0; round < 4; round++)
      for (const author of authors) {
        await author.send(rooms, found);
        await author.fetch(found);
      }
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(must((await roomOf(rooms, found)).doc, 'a copy')));
    const texts = [copy, ...authors.map(({ doc }) => doc)].map((doc) => doc.getXmlFragment('text').toJSON());
    expect(new Set(texts).size, `run ${run}: ${texts.join('\n')}`).toBe(1);
  }
});
