// The conversation's document over real Yjs: what acts do to it, what is read from it, what its header says, and what its table
// lets through.

import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import { rootRule } from '../../sync/core/doc-kind.ts';
import { addMessage, chatHere, doIntent, markRead, react, retract } from './doc-acts.ts';
import { fitsMessage, messagesOf } from './doc-fold.ts';
import { MESSAGE_MAX, MESSAGES } from './doc-names.ts';
import type { ChatMessage } from './doc-names.ts';
import { chatKind } from './doc.ts';
import { headRecord } from './schema.ts';

const [ana, lee] = ['user-ana', 'user-lee'];
const at = (minute: number) => `2026-06-10T12:${String(minute).padStart(2, '0')}:00.000Z`;

function message(by: string, body: string, rest: Partial<ChatMessage> = {}): ChatMessage {
  return { id: newId(), by, at: at(0), body, ...rest };
}

/** Brings two copies to the same state, as a line between them would. */
function meet(a: Y.Doc, b: Y.Doc): void {
  const [fromA, fromB] = [Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)];
  Y.applyUpdate(a, fromB);
  Y.applyUpdate(b, fromA);
}

const shownIn = (doc: Y.Doc) => messagesOf(doc).map(({ by, body }) => `${by}: ${body}`);

describe('what is said', () => {
  test('apart, by two, is all there once the copies meet, in one order', () => {
    const [phone, desktop] = [new Y.Doc(), new Y.Doc()];
    addMessage(phone, message(ana, 'I slept.'));
    meet(phone, desktop);
    addMessage(phone, message(ana, 'A little.'));
    addMessage(desktop, message(lee, 'Good to hear.'));
    meet(phone, desktop);
    expect(shownIn(phone)).toEqual(shownIn(desktop));
    expect(shownIn(phone).sort()).toEqual([`${ana}: A little.`, `${ana}: I slept.`, `${lee}: Good to hear.`]);
  });

  test('twice under one id stands once', () => {
    const [one, other] = [new Y.Doc(), new Y.Doc()];
    const words = message(ana, 'Once.');
    for (const doc of [one, one, other]) expect(doIntent(doc, { say: words })).toBe(true);
    expect(one.getArray(MESSAGES).length).toBe(1);
    meet(one, other);
    expect(shownIn(one)).toEqual([`${ana}: Once.`]);
  });

  test('said better it shows the last wording where the first stood, and keeps the others', () => {
    const doc = new Y.Doc();
    const first = message(ana, 'Tuseday');
    const second = message(ana, 'Tusday', { corrects: first.id });
    const third = message(ana, 'Tuesday', { corrects: second.id });
    for (const one of [first, message(lee, 'Yes?'), second, third]) addMessage(doc, one);
    expect(shownIn(doc)).toEqual([`${ana}: Tuesday`, `${lee}: Yes?`]);
    expect(messagesOf(doc)[0]?.earlier).toEqual(['Tuseday', 'Tusday']);
  });

  test('nobody words another’s message anew, nor one that comes later', () => {
    const doc = new Y.Doc();
    const words = message(ana, 'Mine.');
    const later = message(lee, 'Later.');
    for (const one of [
      message(lee, 'First.', { corrects: later.id }),
      words,
      message(lee, 'Not yours.', { corrects: words.id }),
      later,
    ])
      addMessage(doc, one);
    expect(shownIn(doc)).toEqual([`${lee}: First.`, `${ana}: Mine.`, `${lee}: Not yours.`, `${lee}: Later.`]);
  });

  test('an odd item hides no other', () => {
    const doc = new Y.Doc();
    for (const odd of ['text', null, 7, { id: 'x' }, [], { ...message(ana, ''), body: 7 }])
      doc.getArray(MESSAGES).push([odd]);
    addMessage(doc, message(ana, 'Still here.'));
    doc.getMap(`by:${lee}`).set('read', 'nonsense');
    doc.getMap(`by:${lee}`).set('react:x', 'fire');
    expect(shownIn(doc)).toEqual([`${ana}: Still here.`]);
  });
});

describe('what each says of it', () => {
  test('a message is taken back by its author; by another nothing comes of it', () => {
    const doc = new Y.Doc();
    const [mine, theirs] = [message(ana, 'Oh.'), message(lee, 'Well.')];
    for (const one of [mine, theirs]) addMessage(doc, one);
    retract(doc, { me: ana, message: mine.id, at: at(1) });
    retract(doc, { me: ana, message: mine.id, at: at(2) });
    retract(doc, { me: ana, message: theirs.id, at: at(3) });
    expect(messagesOf(doc).map(({ retractedAt }) => retractedAt)).toEqual([at(1), undefined]);
  });

  test('one reaction of each, changed and taken away again', () => {
    const doc = new Y.Doc();
    const words = message(ana, 'I did it.');
    addMessage(doc, words);
    react(doc, { me: lee, message: words.id, reaction: 'well-done' });
    react(doc, { me: lee, message: words.id, reaction: 'with-you' });
    react(doc, { me: ana, message: words.id, reaction: 'thank-you' });
    const reactions = () =>
      messagesOf(doc)[0]
        ?.reactions.map(({ by, reaction }) => `${by} ${reaction}`)
        .sort();
    expect(reactions()).toEqual([`${ana} thank-you`, `${lee} with-you`]);
    react(doc, { me: lee, message: words.id, reaction: null });
    expect(reactions()).toEqual([`${ana} thank-you`]);
  });

  test('who has read a message has read all before it, and no reading is taken back; the author’s own is none', () => {
    const doc = new Y.Doc();
    const all = [message(ana, '1'), message(lee, '2'), message(ana, '3')];
    for (const one of all) addMessage(doc, one);
    const readers = () => messagesOf(doc).map(({ readBy }) => readBy.map((one) => `${one.by} ${one.at}`));
    markRead(doc, { me: lee, message: must(all[1], 'one').id, at: at(5) });
    markRead(doc, { me: lee, message: must(all[0], 'one').id, at: at(6) });
    markRead(doc, { me: lee, message: newId(), at: at(7) });
    expect(readers()).toEqual([[`${lee} ${at(5)}`], [], []]);
    markRead(doc, { me: lee, message: must(all[2], 'one').id, at: at(8) });
    markRead(doc, { me: ana, message: must(all[2], 'one').id, at: at(9) });
    expect(readers()).toEqual([[`${lee} ${at(8)}`], [`${ana} ${at(9)}`], [`${lee} ${at(8)}`]]);
  });

  test('an intent does what it says, a second time nothing, and what is none of this kind nothing at all', () => {
    const doc = new Y.Doc();
    const words = message(ana, 'Kept.');
    const intents: JsonObject[] = [
      { say: words },
      { me: lee, react: words.id, reaction: 'understood' },
      { me: lee, read: words.id, at: at(1) },
      { me: ana, retract: words.id, at: at(2) },
    ];
    for (const intent of intents) expect(doIntent(doc, intent)).toBe(true);
    const [item] = messagesOf(doc);
    expect(item).toMatchObject({ body: 'Kept.', retractedAt: at(2), reactions: [{ by: lee }], readBy: [{ by: lee }] });
    const before = Y.encodeStateVector(doc);
    for (const intent of intents) doIntent(doc, intent);
    expect(Y.encodeStateVector(doc)).toEqual(before);
    for (const odd of [{}, { me: ana }, { me: 7, read: words.id }, { tick: 1 }])
      expect(doIntent(doc, odd as JsonObject)).toBe(false);
  });
});

describe('the table', () => {
  const rule = (root: string) => rootRule(chatKind, root)?.rule.rule ?? null;

  test('knows these roots and no other', () => {
    expect(['messages', 'by:user-ana', 'server', 'by', 'by:*x', 'text', 'messages2'].map(rule)).toEqual([
      ...['log', 'own', 'server', null],
      'own',
      ...[null, null],
    ]);
    expect(rootRule(chatKind, 'by:user-ana')?.owner).toBe('user-ana');
  });

  test('is on a device what it is on the server, but for what is judged', () => {
    const { policy: _, roots: __, header, ...names } = chatKind;
    expect(chatHere).toMatchObject({ ...names, header: { type: header?.type } });
  });

  const log = chatKind.roots['messages'];
  const odd: [string, object][] = [
    ['empty', { body: '' }],
    ['blank', { body: '  \n' }],
    ['too long', { body: 'x'.repeat(MESSAGE_MAX + 1) }],
    ['of no time', { at: 'today' }],
    ['without an id', { id: 'x' }],
    ['by nobody', { by: '' }],
    ['more than there is', { html: '<b>' }],
    ['a reply to nothing', { replyTo: 'x' }],
  ];
  test.each(odd)('takes no message that is %s', (_, change) => {
    if (log?.rule !== 'log') throw new Error('a log');
    const good = message(ana, 'Good.');
    expect(log.parse(good)).toEqual(good);
    expect(() => log.parse({ ...good, ...change })).toThrow();
  });

  test('the least form of a message is enough, in any script, and what is too heavy is told before it is sent', () => {
    if (log?.rule !== 'log') throw new Error('a log');
    for (const body of ['مرحبا', '👩‍⚕️ ok', '</script><b>', '\u202Eabc'])
      expect(log.parse(message(ana, body))).toMatchObject({ body });
    expect(fitsMessage(message(ana, 'x'.repeat(MESSAGE_MAX)))).toBe(true);
    expect(fitsMessage(message(ana, '语'.repeat(MESSAGE_MAX)))).toBe(false);
    expect(fitsMessage(message(ana, 'x'.repeat(MESSAGE_MAX + 1)))).toBe(false);
  });

  test('takes of what each says for himself what is named, and nothing else', () => {
    const own = chatKind.roots['by:*'];
    if (own?.rule !== 'own') throw new Error('an own root');
    const id = newId();
    const good: [string, unknown][] = [
      ['read', { id, at: at(1) }],
      [`react:${id}`, 'with-you'],
      [`retract:${id}`, at(1)],
    ];
    for (const [key, value] of good) expect(() => own.parse(key, value)).not.toThrow();
    const odd: [string, unknown][] = [
      ['read', { id }],
      ['read:x', { id, at: at(1) }],
      [`react:${id}`, 'fire'],
      ['react:', 'with-you'],
      ['react:x', 'with-you'],
      [`retract:${id}`, true],
      [`like:${id}`, 'with-you'],
      ['', 'with-you'],
      [id, 'with-you'],
    ];
    for (const [key, value] of odd) expect(() => own.parse(key, value), key).toThrow();
  });
});

describe('the header', () => {
  const conversation = newId();
  const head = must(chatKind.header, 'a header');
  const after = (before: JsonObject | null, news: { seq: number; segment?: number; said?: ChatMessage[] }) =>
    head.fields(before, {
      document: `chat:${conversation}:${news.segment ?? 1}`,
      seq: news.seq,
      at: at(30),
      appended: (news.said ?? []).map((value) => ({ root: MESSAGES, value })),
    });

  test('counts by author, names the newest message without a word of it, and fits its record', () => {
    const [one, two] = [message(ana, 'Secret words.'), message(lee, 'More of them.')];
    const first = after(null, { seq: 1, said: [one] });
    const second = after(first, { seq: 2, said: [two, message(ana, 'And more.')] });
    expect(second).toMatchObject({
      segment: 1,
      seq: 2,
      counts: { [ana]: 2, [lee]: 1 },
      last: { by: ana, cameAt: at(30) },
    });
    expect(JSON.stringify(second)).not.toMatch(/words|more/i);
    expect(headRecord.parse(second)).toEqual(second);
  });

  test('moves with what changes no message, and leaves what was last', () => {
    const first = after(null, { seq: 1, said: [message(ana, 'One.')] });
    const second = after(first, { seq: 2 });
    expect(second).toEqual({ ...first, seq: 2 });
    expect(headRecord.parse(after(null, { seq: 1 }))).toEqual({ segment: 1, seq: 1, counts: {} });
  });

  test('goes on in the next segment; what comes late in an earlier one leaves it there', () => {
    const first = after(null, { seq: 100, said: [message(ana, 'One.')] });
    const next = after(first, { seq: 1, segment: 2, said: [message(lee, 'Two.')] });
    expect(next).toMatchObject({ segment: 2, seq: 1, counts: { [ana]: 1, [lee]: 1 } });
    expect(after(next, { seq: 101, segment: 1 })).toMatchObject({ segment: 2, seq: 1 });
  });
});
