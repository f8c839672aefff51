import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { judgeAwareness, saidMessage } from './awareness.ts';
import type { AwarenessVerdict, Held } from './awareness.ts';

const identity = { id: 'ann', name: 'Ann' };

function message(...entries: readonly (readonly [client: number, clock: number, text: string])[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const [client, clock, text] of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, text);
  }
  return encoding.toUint8Array(encoder);
}

const ask = (bytes: Uint8Array, held: Held | null = null, taken: readonly number[] = []) =>
  judgeAwareness({ message: bytes, held, isTaken: (client) => taken.includes(client), identity });
const codeOf = (verdict: AwarenessVerdict) => (verdict.kind === 'refused' ? verdict.code : verdict.kind);
const HELD: Held = { clientId: 7, clock: 5, isThere: true };

/** What a reader sees of it. */
function seen(verdict: AwarenessVerdict): Map<number, unknown> {
  const awareness = new Awareness(new Y.Doc());
  awareness.setLocalState(null);
  if (verdict.kind === 'passed') applyAwarenessUpdate(awareness, saidMessage(verdict.said), 'test');
  awareness.destroy();
  return awareness.getStates();
}

test('a state has the identity that the server knows, and no other', () => {
  const verdict = ask(message([7, 1, '{"user":{"id":"eve","name":"Dr. Eve"},"typing":true}']));
  expect([...seen(verdict)]).toEqual([[7, { user: identity, typing: true }]]);
  expect(verdict).toMatchObject({ held: { clientId: 7, clock: 1, isThere: true } });
});

test('a connection speaks for the client id it named first, and for none that is another’s', () => {
  expect(codeOf(ask(message([7, 1, '{}']), null, [7]))).toBe('client-taken');
  expect(codeOf(ask(message([8, 9, '{}']), HELD))).toBe('dropped');
  expect(codeOf(ask(message([7, 1, '{}'], [8, 9, '{}'])))).toBe('too-large');
  expect([...seen(ask(message([8, 9, '{"user":"eve"}'], [7, 6, '{}']), HELD)).keys()]).toEqual([7]);
  expect([...seen(ask(message([8, 9, 'null'], [7, 6, '{}']), HELD)).keys()]).toEqual([7]);
});

test('its clock only rises; leaving keeps it', () => {
  expect(codeOf(ask(message([7, 5, '{}']), HELD))).toBe('dropped');
  expect(codeOf(ask(message([7, 4, 'null']), HELD))).toBe('dropped');
  expect(codeOf(ask(message([7, 6, '{}']), HELD))).toBe('passed');
  expect(ask(message([7, 5, 'null']), HELD)).toMatchObject({ kind: 'passed', held: { clock: 5, isThere: false } });
  expect(codeOf(ask(message([7, 2 ** 40, '{}']), HELD))).toBe('unreadable');
});

test.each([
  ['nothing at all', new Uint8Array(), 'unreadable'],
  ['bytes left over', new Uint8Array([...message([7, 6, '{}']), 0]), 'unreadable'],
  ['a text cut off', message([7, 6, '{"a":1}']).slice(0, -3), 'unreadable'],
  ['no JSON', message([7, 6, '{']), 'unreadable'],
  ['no object', message([7, 6, '[]']), 'unreadable'],
  ['a prototype', message([7, 6, '{"__proto__":{}}']), 'unreadable'],
  ['a large state', message([7, 6, JSON.stringify({ a: 'x'.repeat(1100) })]), 'too-large'],
  ['a deep state', message([7, 6, '['.repeat(400) + ']'.repeat(400)]), 'too-large'],
  ['a crowd', message(...Array.from({ length: 65 }, (_, i) => [i, 1, '{}'] as const)), 'too-large'],
  ['a flood', new Uint8Array(100_000), 'too-large'],
])('%s is refused', (_name, bytes, code) => {
  expect(codeOf(ask(bytes, HELD))).toBe(code);
});

test('a message is read to its own end, not to that of the memory it lies in', () => {
  const whole = message([7, 6, '{"a":"long enough to be cut"}']);
  const memory = new Uint8Array(4096);
  memory.set(whole);
  expect(codeOf(ask(memory.subarray(0, whole.length), HELD))).toBe('passed');
  expect(codeOf(ask(memory.subarray(0, whole.length - 4), HELD))).toBe('unreadable');
});

test('what a stock provider sends of itself passes, what it repeats of others does not', () => {
  const [mine, other] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())];
  mine.setLocalStateField('typing', true);
  other.setLocalStateField('typing', false);
  const hello = ask(encodeAwarenessUpdate(mine, [mine.clientID]));
  expect(hello.kind).toBe('passed');
  if (hello.kind !== 'passed') return;
  applyAwarenessUpdate(mine, encodeAwarenessUpdate(other, [other.clientID]), 'test');
  expect(codeOf(ask(encodeAwarenessUpdate(mine, [other.clientID]), hello.held))).toBe('dropped');
  mine.setLocalState(null);
  expect(codeOf(ask(encodeAwarenessUpdate(mine, [mine.clientID]), hello.held))).toBe('passed');
  for (const awareness of [mine, other]) awareness.destroy();
});

test('a connection that is gone is told of', () => {
  const awareness = new Awareness(new Y.Doc());
  applyAwarenessUpdate(awareness, message([7, 5, '{}']), 'test');
  applyAwarenessUpdate(awareness, saidMessage({ clientId: 7, clock: 5, state: null }), 'test');
  expect(awareness.getStates().has(7)).toBe(false);
  awareness.destroy();
});
