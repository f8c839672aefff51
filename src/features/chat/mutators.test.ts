import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { isRefusal } from '../../sync/core/mutation.ts';
import type { Row } from '../../sync/core/record.ts';
import { MemoryTx, rowKey } from '../../sync/core/tx.ts';
import type { ReadSet } from '../../sync/core/tx.ts';
import { chartOf, deskOf, PRACTICE, userOf } from '../space-names.ts';
import { removeReply, saveReply } from './mutators-replies.ts';
import { assignReply, reopenReply, settleReply, snoozeReply } from './mutators-review.ts';
import { markRead, open } from './mutators.ts';
import { SAVED_REPLY, savedReplyRecord } from './schema-review.ts';
import { CONVERSATION, conversationIdOf, conversationRecord, MARK, markIdOf, othersIn } from './schema.ts';

const [client, ana, lee] = [newId(), newId(), newId()];
const said = (by: string, at = '2026-06-10T12:00:00.000Z') => ({ by, at, zone: 'America/New_York' });
type Act = typeof open | typeof markRead | typeof saveReply | typeof removeReply;

/** Does one act over what is known, as a device does; returns the resource that it is judged by. */
function does(known: ReadSet, act: Act, args: object) {
  const parsed = act.parse(args) as never;
  for (const ref of act.reads(parsed)) if (!known.has(rowKey(ref))) known.set(rowKey(ref), null);
  const { by, at } = said(ana);
  const tx = new MemoryTx(known, { by, at, device: newId(), base: 0, version: 0 });
  const resource = act.resource(parsed, tx);
  const refusal = act.run(tx, parsed, { now: at });
  if (refusal === undefined) tx.commitTo(known);
  return { resource, refusal };
}

test.each([
  ['care-team', chartOf(client)],
  ['front-desk', deskOf(client)],
] as const)('a conversation of the kind %s lies in %s, one of each client', (kind, space) => {
  const known: ReadSet = new Map();
  const id = conversationIdOf(client, kind);
  const { resource, refusal } = does(known, open, { ...said(ana), client, kind });
  expect(refusal).toBeUndefined();
  expect(resource).toEqual({ type: CONVERSATION, id, space, author: ana });
  const row = known.get(rowKey({ type: CONVERSATION, id }));
  expect(row).toMatchObject({ id, space, fields: { client, kind, startedAt: said(ana).at } });
  expect(conversationRecord.parse(row && 'fields' in row ? row.fields : {})).toBeDefined();
});

test('of two who begin it the second changes nothing, and neither is refused', () => {
  const known: ReadSet = new Map();
  does(known, open, { ...said(ana), client, kind: 'care-team' });
  const first = new Map(known);
  const again = does(known, open, { ...said(lee, '2026-06-11T12:00:00.000Z'), client, kind: 'care-team' });
  expect(isRefusal(again.resource)).toBe(false);
  expect(again.refusal).toBeUndefined();
  expect(known).toEqual(first);
});

test('one that was removed is not begun anew', () => {
  const id = conversationIdOf(client, 'care-team');
  const gone = { id, type: CONVERSATION, space: chartOf(client), version: 3, deleted: true } as const;
  const known: ReadSet = new Map([[rowKey({ type: CONVERSATION, id }), gone]]);
  expect(does(known, open, { ...said(ana), client, kind: 'care-team' }).refusal).toEqual({ code: 'deleted' });
});

test('what lies elsewhere under its id is not taken for it', () => {
  const known: ReadSet = new Map();
  const id = conversationIdOf(client, 'care-team');
  does(known, open, { ...said(ana), client, kind: 'care-team' });
  const row = known.get(rowKey({ type: CONVERSATION, id }));
  known.set(rowKey({ type: CONVERSATION, id }), { ...(row as Row), space: PRACTICE });
  expect(does(known, open, { ...said(ana), client, kind: 'care-team' }).refusal).toEqual({ code: 'already-there' });
});

test('another kind, another client, another id: nothing but what is named here comes of it', () => {
  const ids = [client, newId()].flatMap((of) => [
    conversationIdOf(of, 'care-team'),
    conversationIdOf(of, 'front-desk'),
  ]);
  expect(new Set(ids).size).toBe(4);
  for (const odd of [{ kind: 'staff' }, { id: newId() }, { client: 'x' }]) {
    expect(() => open.parse({ ...said(ana), client, kind: 'care-team', ...odd })).toThrow();
  }
});

test('what was read stays read, in whatever order one’s devices say so', () => {
  const conversation = conversationIdOf(client, 'care-team');
  const after = (...counts: number[]) => {
    const known: ReadSet = new Map();
    for (const others of counts) does(known, markRead, { ...said(ana), conversation, others });
    return known.get(rowKey({ type: MARK, id: markIdOf(ana, conversation) }));
  };
  expect(after(3, 7)).toMatchObject({ space: userOf(ana), fields: { conversation, others: 7 } });
  expect(after(7, 3, 7)).toMatchObject({ fields: { others: 7 } });
  const { resource } = does(new Map(), markRead, { ...said(lee), conversation, others: 1 });
  expect(resource).toMatchObject({ space: userOf(lee), id: markIdOf(lee, conversation) });
  for (const others of [-1, 1.5, '1']) expect(() => markRead.parse({ ...said(ana), conversation, others })).toThrow();
});

test('what is not mine is others’', () => {
  expect(othersIn(undefined, ana)).toBe(0);
  expect(othersIn({ segment: 1, seq: 9, counts: { [ana]: 4, [lee]: 2, other: 1 } }, ana)).toBe(3);
});

test.each([
  [false, userOf(ana)],
  [true, PRACTICE],
])('a saved reply (the practice’s: %s) lies in %s, once, until it is removed for good', (isShared, space) => {
  const known: ReadSet = new Map();
  const reply = { ...said(ana), id: newId(), isShared };
  const ref = { type: SAVED_REPLY, id: reply.id };
  const { resource } = does(known, saveReply, { ...reply, body: 'We read on working days.' });
  expect(resource).toEqual({ ...ref, space, author: ana });
  does(known, saveReply, { ...reply, body: 'Something else.' });
  const row = known.get(rowKey(ref));
  expect(row).toMatchObject({ space, fields: { body: 'We read on working days.' } });
  expect(savedReplyRecord.parse(row && 'fields' in row ? row.fields : {})).toBeDefined();
  // Where it lies is not for who removes it to say.
  expect(does(known, removeReply, { ...reply, isShared: !isShared }).resource).toEqual({
    code: 'not-there',
    where: 'id',
  });
});

test('a reply that was removed is not kept again by who did not know', () => {
  const known: ReadSet = new Map();
  const reply = { ...said(ana), id: newId(), isShared: false };
  does(known, saveReply, { ...reply, body: 'Hello.' });
  expect(does(known, removeReply, reply).refusal).toBeUndefined();
  expect(does(known, saveReply, { ...reply, body: 'Hello.' }).refusal).toEqual({ code: 'deleted' });
  for (const body of ['', ' ', 'x'.repeat(2001)]) expect(() => saveReply.parse({ ...reply, body })).toThrow();
});

test('of a direct conversation that is not named nothing is looked up, and nothing decided', () => {
  const on = { ...said(lee), client, kind: 'direct', message: newId() };
  for (const act of [assignReply, settleReply, snoozeReply, reopenReply]) {
    const at = on.at;
    const args = act === settleReply ? { ...on, outcome: 'resolved', through: at } : { ...on };
    const parsed = act.parse(act === snoozeReply ? { ...on, until: at, through: at } : args) as never;
    expect(act.reads(parsed)).toEqual([]);
    const tx = new MemoryTx(new Map(), { by: lee, at, device: newId(), base: 0, version: 0 });
    expect(act.resource(parsed, tx)).toEqual({ code: 'not-there', where: 'conversation' });
  }
});
