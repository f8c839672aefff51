import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HEADERS_EVERY_MS, HeaderNews } from './header-news.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const willow = { id: 'w', slug: 'willow' };
const harbor = { id: 'h', slug: 'harbor' };

test('the first change is told at once, and all that follow it soon are told together, each practice for itself', () => {
  const told: string[] = [];
  const news = new HeaderNews(({ slug }, spaces) => void told.push(`${slug} ${[...spaces].sort().join(' ')}`));
  news.add(willow, new Set(['chart:a']));
  for (let i = 0; i < 100; i++) news.add(willow, new Set([`chart:${i % 3}`]));
  news.add(harbor, new Set(['chart:z']));
  expect(told).toEqual(['willow chart:a', 'harbor chart:z']);
  vi.advanceTimersByTime(HEADERS_EVERY_MS - 1);
  expect(told).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(told.slice(2)).toEqual(['willow chart:0 chart:1 chart:2']);
  vi.advanceTimersByTime(10 * HEADERS_EVERY_MS);
  expect(told).toHaveLength(3);
  news.add(willow, new Set(['chart:b']));
  expect(told.slice(3)).toEqual(['willow chart:b']);
});
