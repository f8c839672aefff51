// Presence on two nodes that hear each other, as readers on both see it.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import type { JsonObject } from '../../src/base/json.ts';
import { FAR_FOR_MS } from './far-presence.ts';
import { Presence, Present } from './presence.ts';

const KEY = 'practice talk:x';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Two nodes; what one tells the other hears, while they are not cut off. */
function nodes() {
  const line = { isCut: false, told: 0 };
  const both: Presence[] = [0, 1].map(
    (i) =>
      new Presence((news) => {
        line.told += 1;
        if (!line.isCut) both[1 - i]?.hear(news);
      }),
  );
  return { one: both[0] as Presence, other: both[1] as Presence, line };
}

/** Somebody with the document open: what he says of himself, and whom he sees. */
function person(user: string, session = user) {
  const sees = (state: JsonObject) => state;
  const awareness = new Awareness(new Y.Doc());
  awareness.setLocalState(null);
  const present = new Present({ identity: { id: user }, session, sees }, (message) =>
    applyAwarenessUpdate(awareness, message, 'relay'),
  );
  return {
    present,
    id: awareness.clientID,
    say(presence: Presence, state: object | null) {
      awareness.setLocalState(state as Record<string, unknown> | null);
      return presence.say(KEY, present, encodeAwarenessUpdate(awareness, [awareness.clientID])).kind;
    },
    sees: () =>
      [...awareness.getStates()]
        .filter(([clientId]) => clientId !== awareness.clientID)
        .map(([, state]) => `${(state['user'] as { id: string }).id} ${state['at']}`)
        .sort(),
    /** The same copy of the document, on another line. */
    again: (send: (message: Uint8Array) => void) => new Present({ identity: { id: user }, session, sees }, send),
    awareness,
  };
}

test('who is there on one is seen on the other under his own name, also by who comes later, until he goes', () => {
  const { one, other } = nodes();
  const [ana, lee, late] = [person('ana'), person('lee'), person('late')];
  one.join(KEY, ana.present);
  ana.say(one, { at: 1, user: { id: 'lee' } });
  other.join(KEY, lee.present);
  expect(lee.sees()).toEqual(['ana 1']);
  lee.say(other, { at: 2 });
  expect(ana.sees()).toEqual(['lee 2']);
  other.join(KEY, late.present);
  expect(late.sees()).toEqual(['ana 1', 'lee 2']);
  ana.say(one, { at: 3 });
  vi.advanceTimersByTime(100);
  expect([lee.sees(), late.sees()]).toEqual([['ana 3'], ['ana 3', 'lee 2']]);
  one.leave(KEY, ana.present);
  expect([lee.sees(), late.sees()]).toEqual([[], ['lee 2']]);
});

test('also one that has as much to say as it may', () => {
  const { one, other } = nodes();
  const [ana, lee] = [person('a'.repeat(36)), person('lee')];
  other.join(KEY, lee.present);
  one.join(KEY, ana.present);
  expect(ana.say(one, { at: 'x'.repeat(1000) })).toBe('passed');
  expect(lee.sees()).toEqual([`${'a'.repeat(36)} ${'x'.repeat(1000)}`]);
});

test('of many moves the other node hears a few, the last among them', () => {
  const { one, other, line } = nodes();
  const [ana, lee] = [person('ana'), person('lee')];
  one.join(KEY, ana.present);
  other.join(KEY, lee.present);
  line.told = 0;
  for (let i = 0; i < 100; i++) ana.say(one, { at: i });
  vi.advanceTimersByTime(100);
  expect(lee.sees()).toEqual(['ana 99']);
  expect(line.told).toBe(2);
});

test('nobody speaks for the client id of another on the other node', () => {
  const { one, other } = nodes();
  const [ana, lee] = [person('ana'), person('lee')];
  one.join(KEY, ana.present);
  ana.say(one, { at: 1 });
  other.join(KEY, lee.present);
  lee.awareness.clientID = ana.id;
  expect(lee.say(other, { at: 66 })).toBe('refused');
  expect(ana.sees()).toEqual([]);
});

test('who comes back by the other node is there, also when his old line ends', () => {
  const { one, other } = nodes();
  const [ana, lee] = [person('ana'), person('lee')];
  one.join(KEY, ana.present);
  one.join(KEY, lee.present);
  ana.say(one, { at: 1 });
  const again = ana.again(() => undefined);
  other.join(KEY, again);
  ana.awareness.setLocalState({ at: 2 });
  other.say(KEY, again, encodeAwarenessUpdate(ana.awareness, [ana.id]));
  expect(lee.sees()).toEqual(['ana 2']);
  one.leave(KEY, ana.present);
  expect(lee.sees()).toEqual(['ana 2']);
  other.leave(KEY, again);
  expect(lee.sees()).toEqual([]);
});

test('whoever a node has told of is gone when it tells no more, and stays while it does', () => {
  const { one, other, line } = nodes();
  const [ana, lee] = [person('ana'), person('lee')];
  other.join(KEY, lee.present);
  one.join(KEY, ana.present);
  ana.say(one, { at: 1 });
  vi.advanceTimersByTime(FAR_FOR_MS - 1);
  one.tellFar();
  vi.advanceTimersByTime(FAR_FOR_MS - 1);
  expect(lee.sees()).toEqual(['ana 1']);
  line.isCut = true;
  one.tellFar();
  vi.advanceTimersByTime(1);
  expect(lee.sees()).toEqual([]);
});
