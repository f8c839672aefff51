import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { alsoHere, createTypingTeller, SHOWN_MS, typing } from './typing.ts';

const staff = new Map([
  ['lee', 'Dr. Lee'],
  ['okafor', 'Dr. Okafor'],
]);
const NOW = 1_000_000;
const peer = (user: string, state: JsonObject, heardAt = NOW) => ({ user, state, heardAt });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('one is shown who of the other side is writing: once, not oneself, and not for longer than it was said', () => {
  const peers = [
    peer('ana', { typing: true }),
    peer('ana', { typing: true }),
    peer('lee', { here: true, typing: true }),
    peer('okafor', { here: true, typing: true }, NOW - SHOWN_MS),
  ];
  expect(typing(peers, { me: 'lee', staff }, NOW)).toEqual(['ana']);
  expect(typing(peers, { me: 'ana', staff }, NOW)).toEqual(['lee']);
  expect(typing(peers, { me: 'ana', staff }, NOW + SHOWN_MS)).toEqual([]);
  expect(typing([peer('lee', { here: true })], { me: 'ana', staff }, NOW)).toEqual([]);
});

test('the staff see who of them has it open, each once; a client sees nobody, and nobody her', () => {
  const peers = [
    peer('lee', { here: true }),
    peer('okafor', { here: true }),
    peer('okafor', { here: true }),
    peer('ana', { here: true }),
  ];
  expect(alsoHere(peers, { me: 'lee', staff })).toEqual(['okafor']);
  expect(alsoHere(peers, { me: 'ana', staff })).toEqual([]);
});

test('writing is told at once, then now and then, and taken back when it stops, is sent, or is emptied', () => {
  const told: boolean[] = [];
  const teller = createTypingTeller((isTyping) => void told.push(isTyping));
  for (let i = 0; i < 10; i++) {
    teller.typed('x');
    vi.advanceTimersByTime(1000);
  }
  expect(told).toEqual([true, true, true, true]);
  vi.advanceTimersByTime(3999);
  expect(told.at(-1)).toBe(true);
  vi.advanceTimersByTime(1);
  expect(told.splice(0).at(-1)).toBe(false);
  vi.advanceTimersByTime(60_000);
  teller.typed('again');
  teller.stop();
  teller.stop();
  teller.typed('once more');
  teller.typed('  ');
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([true, false, true, false]);
});
