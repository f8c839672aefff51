// The conversation's document over real Yjs: what acts do to it, what is read from it, what its header says, and what its table
// lets through.

import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import type { Medium } from '../file/schema.ts';
import { rootRule } from '../../sync/core/doc-kind.ts';
import { discardIntent, reactIntent, readIntent, restOf, retractIntent, sayIntent } from './doc-acts.ts';
import { fitsMessage, messagesOf } from './doc-fold.ts';
import type { ChatItem } from './doc-fold.ts';
import { chatHere, doIntent } from './doc-here.ts';
import { MESSAGES } from './doc-names.ts';
import { AUTOMATIC, MESSAGE_MAX } from './doc-shape.ts';
import type { ChatMessage } from './doc-names.ts';
import type { ChatReaction } from './doc-shape.ts';
import { chatKind } from './doc.ts';
import { headFields } from './schema-head.ts';
import type { Head } from './schema-head.ts';

const [ana, lee] = ['user-ana', 'user-lee'];
const at = (minute: number) => `2026-06-10T12:${String(minute).padStart(2, '0')}:00.000Z`;

const fileRef = { id: 'a0'.repeat(32), key: 'k'.repeat(43), size: 900 };
const PHOTO: Medium = { ...fileRef, type: 'image/jpeg', width: 40, height: 30, thumb: fileRef };

function message(by: string, body: string, rest: Partial<ChatMessage> = {}): ChatMessage {
  return { id: newId(), by, at: at(0), body, ...rest };
}

const addMessage = (doc: Y.Doc, words: ChatMessage) => doIntent(doc, sayIntent(words));

/** Does an act about the message at this place, where there is something to do. */
function on(doc: Y.Doc, place: number, intentOf: (item: ChatItem, all: ChatItem[]) => JsonObject | null): boolean {
  const all = messagesOf(doc);
  const intent = intentOf(must(all[place], 'a message'), all);
  return intent !== null && doIntent(doc, intent);
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
    for (const doc of [one, one, other]) expect(doIntent(doc, sayIntent(words))).toBe(true);
    expect(one.getArray(MESSAGES).length).toBe(1);
    meet(one, other);
    expect(shownIn(one)).toEqual([`${ana}: Once.`]);
  });

  test('nobody hides or rewords what another has said by taking its id', () => {
    const doc = new Y.Doc();
    const words = message(lee, 'Stop the tablets.');
    for (const body of ['Go on.', 'Ok.']) doc.getArray(MESSAGES).push([{ ...words, by: ana, body }]);
    addMessage(doc, words);
    addMessage(doc, message(ana, 'Take two.', { corrects: words.id }));
    addMessage(doc, message(lee, 'Stop them today.', { corrects: words.id }));
    expect(shownIn(doc)).toEqual([`${ana}: Take two.`, `${lee}: Stop them today.`]);
    on(doc, 0, (item) => retractIntent(item, { me: ana, at: at(1) }));
    expect(messagesOf(doc).map(({ retractedAt }) => retractedAt)).toEqual([at(1), undefined]);
  });

  test('said better it shows the last wording where the first stood, and keeps the others', () => {
    const doc = new Y.Doc();
    const first = message(ana, 'Tuseday');
    const second = message(ana, 'Tusday', { corrects: first.id });
    const third = message(ana, 'Tuesday', { corrects: second.id });
    for (const one of [first, message(lee, 'Yes?'), second, third]) addMessage(doc, one);
    expect(shownIn(doc)).toEqual([`${ana}: Tuesday`, `${lee}: Yes?`]);
    expect(messagesOf(doc)[0]?.earlier).toEqual(['Tuseday', 'Tusday']);
    expect(messagesOf(doc)[0]?.ids).toEqual([first.id, second.id, third.id]);
  });

  test('what is thought of a message stays with it when it is said better, and what it has unread is its newest wording', () => {
    const doc = new Y.Doc();
    const first = message(ana, 'Tuseday', { media: [PHOTO] });
    addMessage(doc, first);
    on(doc, 0, (item) => reactIntent(item, { me: lee, reaction: 'understood' }));
    addMessage(doc, message(lee, 'Ok.', { replyTo: first.id }));
    addMessage(doc, message(ana, 'Tuesday', { corrects: first.id }));
    expect(messagesOf(doc)).toMatchObject([
      { id: first.id, body: 'Tuesday', media: [], reactions: [{ by: lee }], corrects: undefined },
      { body: 'Ok.', replyTo: first.id },
    ]);
    on(doc, 0, (item) => retractIntent(item, { me: ana, at: at(1) }));
    expect(messagesOf(doc)[0]?.retractedAt).toBe(at(1));
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

  test('of what was typed while it was being kept nothing is lost', () => {
    expect(restOf('I slept.', 'I slept.')).toBe('');
    expect(restOf('I slept. A little.', 'I slept.')).toBe('A little.');
    expect(restOf('Did I sleep?', 'I slept.')).toBe('Did I sleep?');
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
    for (const one of [message(ana, 'Oh.'), message(lee, 'Well.')]) addMessage(doc, one);
    const takeBack = (place: number, minute: number) =>
      on(doc, place, (item) => retractIntent(item, { me: ana, at: at(minute) }));
    expect([takeBack(0, 1), takeBack(0, 2), takeBack(1, 3)]).toEqual([true, false, false]);
    // A client of another make may write it all the same.
    doc.getMap(`by:${ana}`).set(`retract:${messagesOf(doc)[1]?.id}`, at(4));
    expect(messagesOf(doc).map(({ retractedAt }) => retractedAt)).toEqual([at(1), undefined]);
  });

  test('of a file that was discarded its author says so, and nobody else does', () => {
    const doc = new Y.Doc();
    addMessage(doc, message(ana, 'Look.', { media: [PHOTO] }));
    const discard = (me: string, file: string) => on(doc, 0, (item) => discardIntent(item, { me, file }));
    const [one, other] = ['a', 'b'].map((letter) => letter.repeat(64)) as [string, string];
    expect([discard(lee, one), discard(ana, one), discard(ana, one), discard(ana, other)]).toEqual([
      ...[false, true, false],
      true,
    ]);
    doc.getMap(`by:${lee}`).set(`discard:${messagesOf(doc)[0]?.id}`, ['c'.repeat(64)]);
    expect(messagesOf(doc)[0]?.discarded).toEqual([one, other]);
  });

  test('one reaction of each, changed and taken away again', () => {
    const doc = new Y.Doc();
    addMessage(doc, message(ana, 'I did it.'));
    const react = (me: string, reaction: ChatReaction | null) =>
      on(doc, 0, (item) => reactIntent(item, { me, reaction }));
    expect([react(lee, 'well-done'), react(lee, 'with-you'), react(lee, 'with-you'), react(ana, 'thank-you')]).toEqual([
      ...[true, true, false],
      true,
    ]);
    const reactions = () =>
      messagesOf(doc)[0]
        ?.reactions.map(({ by, reaction }) => `${by} ${reaction}`)
        .sort();
    expect(reactions()).toEqual([`${ana} thank-you`, `${lee} with-you`]);
    expect([react(lee, null), react(lee, null)]).toEqual([true, false]);
    expect(reactions()).toEqual([`${ana} thank-you`]);
  });

  test('who has seen messages is said of each that he saw; the author’s own is no reading', () => {
    const doc = new Y.Doc();
    const read = (me: string, minute: number) => on(doc, 0, (_, all) => readIntent(all, { me, at: at(minute) }));
    const readers = () => messagesOf(doc).map(({ readBy }) => readBy.map((one) => `${one.by} ${one.at}`));
    for (const one of [message(ana, '1'), message(lee, '2')]) addMessage(doc, one);
    expect([read(lee, 5), read(lee, 6)]).toEqual([true, false]);
    addMessage(doc, message(ana, '3'));
    expect(readers()).toEqual([[`${lee} ${at(5)}`], [], []]);
    expect([read(lee, 8), read(ana, 9), read(ana, 10)]).toEqual([true, true, false]);
    expect(readers()).toEqual([[`${lee} ${at(8)}`], [`${ana} ${at(9)}`], [`${lee} ${at(8)}`]]);
  });

  test('nobody is said to have seen what came late and stands before what he saw, nor a wording after it', () => {
    for (let i = 0; i < 8; i++) {
      const [phone, laptop] = [new Y.Doc(), new Y.Doc()];
      const [late, first] = [message(ana, 'I feel much worse'), message(ana, 'See you on Friday')];
      addMessage(phone, late);
      addMessage(laptop, first);
      on(laptop, 0, (_, all) => readIntent(all, { me: lee, at: at(5) }));
      meet(phone, laptop);
      const unseen = () => messagesOf(laptop).flatMap(({ body, readBy }) => (readBy.length === 0 ? [body] : []));
      expect(unseen()).toEqual(['I feel much worse']);
      on(laptop, 0, (_, all) => readIntent(all, { me: lee, at: at(6) }));
      addMessage(laptop, message(ana, 'See you on Monday', { corrects: first.id }));
      expect(unseen()).toEqual(['See you on Monday']);
    }
  });

  test('only what was before one’s eyes is marked, beside what was marked before', () => {
    const doc = new Y.Doc();
    for (const body of ['1', '2', '3']) addMessage(doc, message(ana, body));
    const see = (...bodies: string[]) =>
      on(doc, 0, (_, all) => readIntent(all, { me: lee, at: at(5), isSeen: ({ body }) => bodies.includes(body) }));
    const seen = () => messagesOf(doc).flatMap(({ body, readBy }) => (readBy.length > 0 ? [body] : []));
    expect([see(), see('3'), see('3')]).toEqual([false, true, false]);
    expect(seen()).toEqual(['3']);
    expect([see('1'), see()]).toEqual([true, false]);
    expect(seen()).toEqual(['1', '3']);
  });

  test('an intent is done again as it was done, and what is none of this kind not at all', () => {
    const [doc, other] = [new Y.Doc(), new Y.Doc()];
    const words = message(ana, 'Kept.');
    const [one] = (addMessage(doc, words), messagesOf(doc));
    const item = must(one, 'a message');
    const intents = [
      sayIntent(words),
      must(reactIntent(item, { me: lee, reaction: 'understood' }) ?? undefined, 'an intent'),
      must(readIntent([item], { me: lee, at: at(1) }) ?? undefined, 'an intent'),
      must(retractIntent(item, { me: ana, at: at(2) }) ?? undefined, 'an intent'),
    ];
    for (const copy of [doc, other, other]) for (const intent of intents) expect(doIntent(copy, intent)).toBe(true);
    const shown = { body: 'Kept.', retractedAt: at(2), reactions: [{ by: lee }], readBy: [{ by: lee }] };
    for (const copy of [doc, other]) expect(messagesOf(copy)).toMatchObject([shown]);
    expect(other.getArray(MESSAGES).length).toBe(1);
    for (const odd of [{}, { by: ana }, { key: 'read' }, { tick: 1 }])
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
    const { policy: _, roots: __, sees: ___, isClosed: ____, hidesAuthors: _____, header, ...names } = chatKind;
    expect(chatHere).toMatchObject({ ...names, header: { type: header?.type } });
  });

  test.each([
    [['client'], { here: true }, null],
    [['client'], { here: true, typing: true }, { typing: true }],
    [['client'], { typing: 'my words', note: 'x' }, null],
    [['prospect'], { here: true }, null],
    [['prospect'], { here: true, typing: true }, { typing: true }],
    [[], { here: true }, null],
    [['provider'], { here: true, typing: true, note: 'x' }, { here: true, typing: true }],
    [['support'], { here: true }, { here: true }],
    [['provider'], { cursor: 3 }, {}],
  ])('tells %j of %j as much as is for them', (roles, state, told) => {
    const principal = { userId: 'u', practiceId: 'p', memberId: 'm', roles };
    expect(chatKind.sees?.(principal, state)).toEqual(told);
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
    ['a photo of no file', { media: [{ ...PHOTO, id: 'x' }] }],
    ['a picture from elsewhere', { media: [{ ...PHOTO, url: 'https://example.com/x.svg' }] }],
    ['of no words and no photos', { body: '', media: [] }],
    ['of more than may be', { media: Array.from({ length: 11 }, () => PHOTO) }],
    ['called automatic, and a person’s', { automatic: true }],
    ['on behalf of another, and a person’s', { onBehalfOf: lee }],
    ['the practice’s, and not called automatic', { by: AUTOMATIC }],
  ];
  test.each(odd)('takes no message that is %s', (_, change) => {
    if (log?.rule !== 'log') throw new Error('a log');
    const good = message(ana, 'Good.');
    expect(log.parse(good)).toEqual(good);
    expect(() => log.parse({ ...good, ...change })).toThrow();
  });

  test('takes what the practice says by itself as such, for a member or for none', () => {
    if (log?.rule !== 'log') throw new Error('a log');
    const said = message(AUTOMATIC, 'Away until Monday.', { automatic: true });
    for (const one of [said, { ...said, onBehalfOf: lee }]) expect(log.parse(one)).toEqual(one);
    const doc = new Y.Doc();
    addMessage(doc, { ...said, onBehalfOf: lee });
    addMessage(doc, { ...message(ana, 'I am a robot.'), automatic: true });
    expect(messagesOf(doc).map(({ automatic }) => automatic)).toEqual([{ onBehalfOf: lee }, undefined]);
  });

  test('the least form of a message is enough, in any script, and what is too heavy is told before it is sent', () => {
    if (log?.rule !== 'log') throw new Error('a log');
    for (const body of ['مرحبا', '👩‍⚕️ ok', '</script><b>', '\u202Eabc'])
      expect(log.parse(message(ana, body))).toMatchObject({ body });
    const photos = { media: [PHOTO] };
    for (const words of [message(ana, '', photos), message(ana, 'Look.', photos)])
      expect(log.parse(words)).toEqual(words);
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
      ['read', { id, at: at(1), seen: `${id.slice(-6)}0f0f0f` }],
      [`react:${id}`, 'with-you'],
      [`retract:${id}`, at(1)],
      [`discard:${id}`, [PHOTO.id]],
    ];
    for (const [key, value] of good) expect(() => own.parse(key, value)).not.toThrow();
    const odd: [string, unknown][] = [
      ['read', { id }],
      ['read', { id, at: at(1), seen: '12345' }],
      ['read', { id, at: at(1), seen: '0'.repeat(606) }],
      ['read:x', { id, at: at(1) }],
      [`react:${id}`, 'fire'],
      ['react:', 'with-you'],
      ['react:x', 'with-you'],
      [`retract:${id}`, true],
      [`discard:${id}`, []],
      [`discard:${id}`, ['x']],
      [`discard:${id}`, Array.from({ length: 11 }, () => PHOTO.id)],
      [`like:${id}`, 'with-you'],
      ['', 'with-you'],
      [id, 'with-you'],
    ];
    for (const [key, value] of odd) expect(() => own.parse(key, value), key).toThrow();
  });
});

describe('the header', () => {
  const conversation = newId();
  const ROLES: Record<string, string[]> = { [ana]: ['client'], [lee]: ['provider'] };
  const head = must(chatKind.header, 'a header');
  const after = (before: JsonObject | null, news: { seq: number; segment?: number; said?: ChatMessage[] }) =>
    head.fields(before, {
      document: `chat:${conversation}:${news.segment ?? 1}`,
      seq: news.seq,
      at: at(30),
      appended: (news.said ?? []).map((value) => ({ root: MESSAGES, value, roles: ROLES[value.by] ?? [] })),
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
      came: { [ana]: at(30), [lee]: at(30) },
    });
    expect(JSON.stringify(second)).not.toMatch(/words|more/i);
    expect(headFields.parse(second)).toEqual(second);
  });

  test('moves with what changes no message, and leaves what was last', () => {
    const first = after(null, { seq: 1, said: [message(ana, 'One.')] });
    const second = after(first, { seq: 2 });
    expect(second).toEqual({ ...first, seq: 2 });
    expect(headFields.parse(after(null, { seq: 1 }))).toEqual({ segment: 1, seq: 1, counts: {} });
  });

  test('goes on in the next segment; what comes late in an earlier one leaves it there', () => {
    const first = after(null, { seq: 100, said: [message(ana, 'One.')] });
    const next = after(first, { seq: 1, segment: 2, said: [message(lee, 'Two.')] });
    expect(next).toMatchObject({ segment: 2, seq: 1, counts: { [ana]: 1, [lee]: 1 } });
    expect(after(next, { seq: 101, segment: 1 })).toMatchObject({ segment: 2, seq: 1 });
    expect(after(next, { seq: 1, segment: 999_999 })).toMatchObject({ segment: 2, seq: 1 });
  });

  const waits = (fields: JsonObject) => (fields as Head).waiting?.map(({ message: id }) => id);

  test('says what waits for an answer: what the client said since the staff last did', () => {
    const [one, two, late] = [message(ana, 'A question.'), message(ana, 'And another.'), message(ana, 'And now?')];
    const asked = after(null, { seq: 1, said: [one] });
    expect((asked as Head).waiting).toEqual([{ message: one.id, at: at(30) }]);
    const more = after(asked, { seq: 2, said: [two] });
    expect(waits(more)).toEqual([one.id, two.id]);
    expect(waits(after(more, { seq: 3 }))).toEqual([one.id, two.id]);
    const answered = after(more, { seq: 3, said: [message(lee, 'Yes.')] });
    expect(answered).toMatchObject({ waiting: [], answeredAt: at(30) });
    expect(waits(after(answered, { seq: 4, said: [late] }))).toEqual([late.id]);
    // In one commit: what came after the answer waits.
    expect(waits(after(more, { seq: 3, said: [message(lee, 'Yes.'), late] }))).toEqual([late.id]);
    expect(headFields.parse(answered)).toEqual(answered);
  });

  test('what says of itself that it was written after it came answers nothing of what comes then', () => {
    const asked = after(null, { seq: 1, said: [message(ana, 'A question.')] });
    const ahead = message(lee, 'Later.', { scheduled: '2099-01-01T00:00:00.000Z' });
    const more = message(ana, 'Are you there?');
    const answered = after(asked, { seq: 2, said: [ahead] });
    expect(answered).toMatchObject({ waiting: [], answeredAt: at(30) });
    expect(waits(after(answered, { seq: 3, said: [more] }))).toEqual([more.id]);
  });

  test('who words anew what he has said before has answered nothing', () => {
    const before = message(lee, 'At tne.');
    const asked = after(after(null, { seq: 1, said: [before] }), { seq: 2, said: [message(ana, 'At what?')] });
    const corrected = after(asked, { seq: 3, said: [message(lee, 'At ten.', { corrects: before.id })] });
    expect(waits(corrected)).toHaveLength(1);
    expect(corrected['answeredAt']).toBe(asked['answeredAt']);
  });

  test('says which words sort first, without the words, and of many keeps these and the first', () => {
    const risky = message(ana, 'I want to die.');
    const [first, ...others] = Array.from({ length: 30 }, (_, i) => message(ana, `Message ${i}.`));
    const all = after(null, { seq: 1, said: [must(first, 'one'), risky, ...others] }) as Head;
    expect(JSON.stringify(all)).not.toMatch(/die/);
    expect(all.waiting).toHaveLength(20);
    expect(all.waiting?.slice(0, 2)).toEqual([
      { message: first?.id, at: at(30) },
      { message: risky.id, at: at(30), risk: true },
    ]);
    expect(all.waiting?.at(-1)?.message).toBe(others.at(-1)?.id);
  });

  test('among many that sort first the newest stays, also where it does not', () => {
    const plain = message(ana, 'Are you there?');
    const risky = Array.from({ length: 20 }, () => message(ana, 'I want to die.'));
    const all = waits(after(null, { seq: 1, said: [...risky, plain] }));
    expect(all).toHaveLength(20);
    expect([all?.[0], all?.at(-1)]).toEqual([risky[0]?.id, plain.id]);
  });

  test('a conversation takes no more once it is closed, until it is open again', () => {
    const closed = { by: newId(), at: at(1), reason: 'Done.' };
    expect([{}, { closed: null }, { closed }].map((row) => chatKind.isClosed?.(row))).toEqual([false, false, true]);
  });
});

describe('mentions', () => {
  const said = (rest: Partial<ChatMessage>) => message(lee, 'Ask @Ana.', rest);
  const meant = (change: object = {}) => ({ mentions: [{ who: newId(), at: 4, length: 4, ...change }] });

  test('are taken where they lie in the words, by reference', () => {
    const { rule } = must(rootRule(chatKind, MESSAGES) ?? undefined, 'a root');
    const parse = (value: ChatMessage) => (rule as { parse(one: unknown): unknown }).parse(value);
    expect(parse(said(meant()))).toMatchObject({ mentions: [{ at: 4 }] });
    for (const wrong of [{ at: 0 }, { length: 9 }, { length: 1 }, { who: 'Ana' }, { at: -1 }, { name: 'Ana' }])
      expect(() => parse(said(meant(wrong)))).toThrow(/mentions|who/);
    expect(() => parse(said({ mentions: [] }))).toThrow(/mentions/);
  });

  test('are named by the header for who is to be told, but not again as the words are bettered', () => {
    const { mentions } = meant();
    const [first] = mentions;
    const who = must(first, 'a mention').who;
    const fields = must(chatKind.header, 'a header').fields;
    const news = (value: ChatMessage, minute: number) => ({
      ...{ document: `chat:${newId()}:1`, seq: minute, at: at(minute) },
      appended: [{ root: MESSAGES, value, roles: ['provider'] }],
    });
    const once = said({ mentions });
    const head = fields(null, news(once, 1));
    expect(headFields.parse(head).mentioned).toEqual({ [who]: { by: lee, at: at(1) } });
    const bettered = fields(head, news(said({ mentions, corrects: once.id }), 2));
    expect(headFields.parse(bettered).mentioned).toEqual({ [who]: { by: lee, at: at(1) } });
  });

  test('stand in what is read, as said last', () => {
    const doc = new Y.Doc();
    const { mentions } = meant();
    addMessage(doc, said({ mentions }));
    expect(messagesOf(doc)[0]?.mentions).toEqual(mentions);
  });
});
