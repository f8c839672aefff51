import { afterEach, expect, test, vi } from 'vitest';
import { gathered } from './gathered.ts';

test('who asks at once, or while a look is under way, shares one look; each gets his own', async () => {
  const asked: string[][] = [];
  const look = gathered(async (names) => {
    asked.push([...names]);
    return new Map(names.flatMap((name) => (name === 'none' ? [] : [[name, name.toUpperCase()]])));
  });
  const first = [look(['a', 'none']), look(['b'])];
  expect((await Promise.all(first)).map((found) => [...found])).toEqual([[['a', 'A']], [['b', 'B']]]);
  expect(asked).toEqual([['a', 'none', 'b']]);
  await look(['c']);
  expect(asked).toHaveLength(2);
});

test('a look that fails fails for those who asked, and for nobody after them', async () => {
  let isAway = true;
  const look = gathered(async (names) => {
    if (isAway) throw new Error('away');
    return new Map(names.map((name) => [name, name]));
  });
  await expect(look(['a'])).rejects.toThrow('away');
  isAway = false;
  expect(await look(['a'])).toEqual(new Map([['a', 'a']]));
});

test('a look that never comes back holds up those who ask after it no longer than a second', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let looks = 0;
  const look = gathered<number>((names) => {
    looks += 1;
    return looks === 1 ? new Promise(() => undefined) : Promise.resolve(new Map(names.map((name) => [name, looks])));
  });
  void look(['a']);
  await vi.waitUntil(() => looks === 1);
  const second = look(['b']);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await second).toEqual(new Map([['b', 2]]));
});

afterEach(() => void vi.useRealTimers());
