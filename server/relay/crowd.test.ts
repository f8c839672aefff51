import { expect, test } from 'vitest';
import { must } from '../../src/base/must.ts';
import { Crowd, MOST_OF_ONE, MOST_SOCKETS, MOST_UNKNOWN } from './crowd.ts';

const enter = (crowd: Crowd) => must(crowd.enter(), 'a place');

test('of whom nobody knows whose they are there may be so many, and one who is known or has gone makes room', () => {
  const crowd = new Crowd();
  const places = Array.from({ length: MOST_UNKNOWN }, () => enter(crowd));
  expect(crowd.enter()).toBeNull();
  places[0]?.known('ana', () => undefined);
  enter(crowd);
  expect(crowd.enter()).toBeNull();
  for (let i = 0; i < 2; i++) places[1]?.free();
  enter(crowd);
  expect([crowd.enter(), crowd.size]).toEqual([null, MOST_UNKNOWN + 1]);
});

test('who has too many loses the oldest, and nobody else’s', () => {
  const crowd = new Crowd();
  const left: string[] = [];
  for (let i = 0; i < MOST_OF_ONE + 2; i++) {
    const [ana, lee] = [enter(crowd), enter(crowd)];
    ana.known('ana', () => {
      left.push(`ana ${i}`);
      ana.free();
    });
    if (i === 0) lee.known('lee', () => void left.push('lee'));
    else lee.free();
  }
  expect(left).toEqual(['ana 0', 'ana 1']);
  expect(crowd.size).toBe(MOST_OF_ONE + 1);
});

test('all together there may be so many', () => {
  const crowd = new Crowd();
  for (let i = 0; i < MOST_SOCKETS; i++) enter(crowd).known(`u${i}`, () => undefined);
  expect(crowd.enter()).toBeNull();
});
