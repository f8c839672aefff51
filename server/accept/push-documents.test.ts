// Updates of documents through the push, and what devices fetch of them, over the real routes and the real guard.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { base64urlToBytes, bytesToBase64url } from '../../src/base/base64url.ts';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { documentsAnswer } from '../../src/sync/core/doc-wire.ts';
import { onEachStore } from '../testing/each-store.ts';
import { Hand } from '../testing/hand.ts';
import { CHAPTER, declared } from '../testing/papers.ts';
import type { SyncServer } from '../testing/sync-server.ts';

type Author = 'ana' | 'lee' | 'okafor' | 'ben' | 'harborProvider';

/** One person's copy of a document, and the acts that carry its updates. */
class Copy {
  readonly hand: Hand;
  readonly doc = new Y.Doc();
  readonly document: string;
  seq = 0;

  constructor(hand: Hand, document: string) {
    this.hand = hand;
    this.document = document;
  }

  /** The act of a change. */
  act(change: (doc: Y.Doc) => void, args: JsonObject = {}) {
    const before = Y.encodeStateVector(this.doc);
    this.doc.transact(() => change(this.doc));
    return this.carrying(Y.encodeStateAsUpdate(this.doc, before), args);
  }

  carrying(update: Uint8Array, args: JsonObject = {}) {
    const { document, hand } = this;
    return hand.next('sync.update', {
      ...{ document, update: bytesToBase64url(update), intent: {}, by: hand.member },
      ...args,
    });
  }

  say(text: string, more: JsonObject = {}) {
    const message = { id: newId(), by: this.hand.user, text, ...more };
    return this.act((doc) => doc.getArray('messages').push([message]));
  }

  async fetch() {
    const [one] = await fetchAll(this.hand, [{ name: this.document, after: this.seq }]);
    if (one === undefined || 'code' in one) return one;
    for (const { update } of [...(one.snapshot ? [one.snapshot] : []), ...one.updates]) {
      Y.applyUpdate(this.doc, must(base64urlToBytes(update) ?? undefined, 'bytes'));
    }
    this.seq = one.updates.at(-1)?.seq ?? one.snapshot?.seq ?? this.seq;
    return one;
  }

  get texts() {
    return (this.doc.getArray('messages').toJSON() as { text: string }[]).map(({ text }) => text);
  }
}

async function fetchAll(hand: Hand, documents: { name: string; after: number }[], more: JsonObject = {}) {
  const { status, body } = await hand.ask('documents', { documents, ...more });
  expect(status).toBe(200);
  return documentsAnswer.parse(body).documents;
}

onEachStore((start) => {
  let server: SyncServer;
  let card: string;
  beforeEach(async () => {
    server = await start({ declared });
    const phone = hand('ana');
    const add = phone.next('card.add', phone.card('ana'));
    await phone.push(add);
    card = String(add.args['id']);
  });
  afterEach(() => {
    expect(server.bugs).toEqual([]);
  });

  const hand = (name: Author) => new Hand(server, name);
  const copyOf = (name: Author, kind = 'talk', rest = '') => new Copy(hand(name), `${kind}:${card}${rest}`);
  const codes = (answer: { results: readonly object[] }) =>
    answer.results.map((result) => ('code' in result ? result.code : 'applied'));

  describe('an update', () => {
    test('is kept, and fetched by those who may read, in order of sequence', async () => {
      const [ana, lee] = [copyOf('ana'), copyOf('lee')];
      expect(codes(await ana.hand.push(ana.say('one'), ana.say('two')))).toEqual(['applied', 'applied']);
      await lee.fetch();
      expect(codes(await lee.hand.push(lee.say('three')))).toEqual(['applied']);
      expect(await ana.fetch()).toMatchObject({
        seq: 3,
        updates: [
          { seq: 1, by: ana.hand.member },
          { seq: 2, by: ana.hand.member },
          { seq: 3, by: lee.hand.member },
        ],
        more: false,
      });
      expect(ana.texts).toEqual(['one', 'two', 'three']);
      expect(await ana.fetch()).toMatchObject({ seq: 3, updates: [] });
    });

    test('takes a commit number, and its header row comes with the next pull', async () => {
      const ana = copyOf('ana');
      const { version } = await ana.hand.push(ana.say('one'), ana.say('two'));
      const { rows } = await hand('lee').pull();
      const head = rows.find(({ type }) => type === 'talkHead');
      expect(head).toMatchObject({ id: card, fields: { seq: 2, said: 2 } });
      expect(must(head, 'a head').version).toBeLessThan(version);
    });

    test('among acts on rows is judged in order: its document may begin in the same batch', async () => {
      const ana = hand('ana');
      const add = ana.next('card.add', ana.card('ana'));
      const copy = new Copy(ana, `talk:${String(add.args['id'])}`);
      const early = new Copy(ana, `talk:${newId()}`);
      const said = [copy.say('first'), early.say('nowhere'), copy.say('second')];
      const change = ana.next('card.change', ana.onCard('ana', String(add.args['id']), { changes: { note: 'x' } }));
      const answer = await ana.push(add, ...said, change, copy.say('third'));
      expect(codes(answer)).toEqual(['applied', 'applied', 'not-there', 'applied', 'applied', 'applied']);
      expect(answer.results.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
      await copy.fetch();
      expect(copy.texts).toEqual(['first', 'second', 'third']);
    });

    test('twice is once: under its number, under another, from another device, beside itself', async () => {
      const ana = copyOf('ana');
      const one = ana.say('one');
      const first = await ana.hand.push(one, { ...one, n: 2 });
      expect(first.results[1]).toEqual({ ...first.results[0], n: 2 });
      expect((await ana.hand.push(one)).results).toEqual(first.results.slice(0, 1));
      expect((await hand('ana').push({ ...one, n: 1 })).results).toEqual(first.results.slice(0, 1));
      // Where the ledger has not been written after the log, the document itself knows it.
      const again = { ...one, n: 3, mid: newId() };
      expect(codes(await ana.hand.push(again))).toEqual(['applied']);
      expect(await ana.fetch()).toMatchObject({ seq: 1, updates: [{ seq: 1 }] });
    });

    test('of a later version is held, with all after it', async () => {
      const ana = copyOf('ana');
      const answer = await ana.hand.push(ana.say('one'), { ...ana.say('two'), v: 2 }, ana.say('three'));
      expect(answer.results.map(({ result }) => result)).toEqual(['applied', 'held', 'held']);
      expect(await ana.fetch()).toMatchObject({ seq: 1 });
    });

    test('in a parcel is judged like any other', async () => {
      const ana = copyOf('ana');
      expect(codes(await ana.hand.pushParcels(await ana.hand.sealed(ana.say('sealed'))))).toEqual(['applied']);
      expect(await ana.fetch()).toMatchObject({ seq: 1 });
    });
  });

  describe('is refused', () => {
    test.each<[string, (ana: Copy) => ReturnType<Copy['carrying']>, string]>([
      ['in another’s name', (ana) => ana.say('x', { by: newId() }), 'not-author'],
      ['by another', (ana) => ana.act((doc) => doc.getArray('messages').push([{}]), { by: newId() }), 'not-author'],
      ['with an item that does not fit', (ana) => ana.say('x', { more: 1 }), 'invalid'],
      ['in what only the relay writes', (ana) => ana.act((doc) => doc.getMap('server').set('a', 1)), 'not-allowed'],
      ['in another’s map', (ana) => ana.act((doc) => doc.getMap(`by:${newId()}`).set('a', 1)), 'not-allowed'],
      ['in a root that there is not', (ana) => ana.act((doc) => doc.getMap('other').set('a', 1)), 'not-allowed'],
      ['as no update', (ana) => ana.carrying(Uint8Array.of(1, 2, 3)), 'unreadable'],
      ['as no bytes', (ana) => ana.carrying(Uint8Array.of(), { update: '§' }), 'unreadable'],
      ['with other arguments', (ana) => ana.carrying(Uint8Array.of(), { more: true }), 'invalid-arguments'],
      ['too large', (ana) => ana.carrying(new Uint8Array(256 * 1024)), 'too-large'],
      [
        'for a kind that there is not',
        (ana) => ana.carrying(Uint8Array.of(), { document: `x:${newId()}` }),
        'not-there',
      ],
    ])('%s, and what follows goes on', async (_, act, code) => {
      const [ana, other] = [copyOf('ana'), copyOf('ana')];
      const wrong = act(ana);
      const right = { ...other.say('right'), n: 2 };
      expect(codes(await ana.hand.push(wrong, right))).toEqual([code, 'applied']);
      const fresh = copyOf('ana');
      await fresh.fetch();
      expect(fresh.texts).toEqual(['right']);
      // Whoever looks into it later finds who and why, and not a word of what it was.
      const { practice, member } = server.clinic.people.ana;
      const session = `device:${ana.hand.device}`;
      const noted = { practice: server.clinic.practiceIds[practice], member, session, code };
      expect(server.refused).toEqual([{ ...noted, document: expect.toBeOneOf([ana.document, '']) }]);
    });

    test('to whom the document is not, as if it were not there', async () => {
      for (const name of ['okafor', 'ben', 'harborProvider'] as const) {
        const copy = copyOf(name);
        expect(codes(await copy.hand.push(copy.say('x')))).toEqual(['not-there']);
        expect(await copy.fetch()).toEqual({ name: copy.document, code: 'not-there' });
        const { member } = server.clinic.people[name];
        expect(server.refused.splice(0)).toMatchObject([{ member, document: '', code: 'not-there' }]);
      }
    });

    test('by each root’s own rule, and by the kind’s', async () => {
      const [ana, lee] = [copyOf('ana'), copyOf('lee')];
      const note = (copy: Copy) =>
        copy.act((doc) => doc.getArray('notes').push([{ id: newId(), by: copy.hand.user, text: 'n' }]));
      expect(codes(await ana.hand.push(note(ana)))).toEqual(['not-allowed']);
      expect(codes(await lee.hand.push(note(lee)))).toEqual(['applied']);
      const [read, write] = [copyOf('ana', 'page'), copyOf('lee', 'page')];
      const edit = (doc: Y.Doc) => doc.getXmlFragment('text').push([new Y.XmlElement('paragraph')]);
      expect(codes(await read.hand.push(read.act(edit)))).toEqual(['not-allowed']);
      expect(codes(await write.hand.push(write.act(edit)))).toEqual(['applied']);
    });

    test('under a client id that another, or another device, has used', async () => {
      const [phone, laptop] = [copyOf('ana'), copyOf('ana')];
      const one = phone.say('one');
      Y.applyUpdate(laptop.doc, Y.encodeStateAsUpdate(phone.doc));
      laptop.doc.clientID = phone.doc.clientID;
      await phone.hand.push(one);
      expect(codes(await laptop.hand.push(laptop.say('two')))).toEqual(['client-taken']);
    });

    test('before what it stands on', async () => {
      const ana = copyOf('ana');
      const [first, second] = [ana.say('one'), ana.say('two')];
      expect(codes(await ana.hand.push({ ...second, n: 1 }, { ...first, n: 2 }))).toEqual(['gap', 'applied']);
    });

    test('after his care has ended, of the document that he still has', async () => {
      const lee = copyOf('lee');
      expect(codes(await lee.hand.push(lee.say('one')))).toEqual(['applied']);
      await server.clinic.setCare('lee', 'ana', false);
      expect(codes(await lee.hand.push(lee.say('two')))).toEqual(['not-there']);
      expect(await lee.fetch()).toMatchObject({ code: 'not-there' });
    });

    test('where the row has gone', async () => {
      const ana = copyOf('ana');
      await ana.hand.push(ana.say('one'), ana.hand.next('card.remove', ana.hand.onCard('ana', card)));
      expect(codes(await ana.hand.push(ana.say('two')))).toEqual(['not-there']);
    });
  });

  describe('a document in segments', () => {
    test('goes on in the next when one is full, and is not begun before', async () => {
      const [one, two] = [copyOf('ana', 'chapter', ':1'), copyOf('ana', 'chapter', ':2')];
      expect(codes(await two.hand.push(two.say('too soon')))).toEqual(['not-there']);
      const said = Array.from({ length: CHAPTER }, (_, i) => one.say(`${i}`));
      expect(codes(await one.hand.push(...said))).toEqual(said.map(() => 'applied'));
      const full = await one.hand.push(one.say('over'));
      expect(full.results).toMatchObject([{ code: 'segment-closed', where: two.document }]);
      const next = new Copy(hand('ana'), two.document);
      expect(codes(await next.hand.push(next.say('on')))).toEqual(['applied']);
      const last = Array.from({ length: CHAPTER - 1 }, (_, i) => next.say(`${i}`));
      const third = new Copy(next.hand, `chapter:${card}:3`);
      const both = [...last, third.say('in one batch')];
      expect(codes(await next.hand.push(...both))).toEqual(both.map(() => 'applied'));
      for (const name of [`chapter:${card}`, `chapter:${card}:5`, `talk:${card}:1`]) {
        const wrong = new Copy(hand('ana'), name);
        expect(codes(await wrong.hand.push(wrong.say('x')))).toEqual(['not-there']);
      }
    });
  });

  describe('what is fetched', () => {
    test('is many documents at once, each said once, and nothing in another life', async () => {
      const [ana, other] = [copyOf('ana'), copyOf('ana', 'chapter', ':1')];
      await ana.hand.push(ana.say('one'));
      const asks = [ana, other, copyOf('ana', 'other'), ana].map(({ document: name }) => ({ name, after: 0 }));
      expect(await fetchAll(ana.hand, asks)).toMatchObject([
        { name: ana.document, seq: 1 },
        { name: other.document, seq: 0, updates: [], more: false },
        { code: 'not-there' },
      ]);
      expect(await ana.hand.codeOf('documents', { documents: asks, epoch: newId() })).toBe('409 epoch-changed');
      expect(await ana.hand.codeOf('documents', { documents: [] })).toBe('422 invalid');
      expect(await ana.hand.codeOf('documents', { documents: [{ name: 'x', after: 0 }] })).toBe('422 invalid');
    });

    test('is a snapshot where that is less, and the rest in pages', async () => {
      const ana = copyOf('ana', 'page');
      const lee = copyOf('lee', 'page');
      const typed = Array.from({ length: 250 }, () =>
        lee.act((doc) => {
          const text = doc.getXmlFragment('text');
          if (text.length > 0) text.delete(0, text.length);
          const paragraph = new Y.XmlElement('paragraph');
          paragraph.setAttribute('align', 'x'.repeat(300));
          text.push([paragraph]);
        }),
      );
      await lee.hand.push(...typed.slice(0, 240));
      await lee.hand.push(...typed.slice(240));
      await expect
        .poll(async () => {
          const [one] = await fetchAll(ana.hand, [{ name: ana.document, after: 0 }]);
          return one && 'snapshot' in one;
        })
        .toBe(true);
      const answer = await ana.fetch();
      expect(answer).toMatchObject({ seq: 250, more: false });
      expect(ana.doc.getXmlFragment('text').toString()).toBe(lee.doc.getXmlFragment('text').toString());
    });
  });
});
