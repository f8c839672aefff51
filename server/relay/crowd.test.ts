import { expect, test } from 'vitest';
import { must } from '../../src/base/must.ts';
import { Crowd, MOST_OF_ADDRESS, MOST_OF_ONE, MOST_SOCKETS, MOST_UNKNOWN, MOST_UNKNOWN_OF_ADDRESS } from './crowd.ts';

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

test('from one address there may be so many, and strangers from there leave room for others', () => {
  const crowd = new Crowd();
  const strangers = Array.from({ length: MOST_UNKNOWN_OF_ADDRESS }, () => must(crowd.enter('one'), 'a place'));
  expect(crowd.enter('one')).toBeNull();
  crowd.enter('other')?.free();
  for (const [i, place] of strangers.entries()) place.known(`s${i}`, () => undefined);
  for (let i = crowd.size; i < MOST_OF_ADDRESS; i++) {
    must(crowd.enter('one'), 'a place').known(`u${i}`, () => undefined);
  }
  expect(crowd.enter('one')).toBeNull();
  expect(crowd.enter('other')).not.toBeNull();
  for (let i = 0; i < 2; i++) strangers[0]?.free();
  expect([crowd.enter('one'), crowd.enter('one')]).toEqual([expect.anything(), null]);
});

test('who is sent away for a newer one of his is counted no more, there and here', () => {
  const crowd = new Crowd();
  for (let i = 0; i < 3 * MOST_OF_ADDRESS; i++) {
    const place = must(crowd.enter('one'), 'a place');
    place.known('ana', () => place.free());
  }
  expect(crowd.size).toBe(MOST_OF_ONE);
});
