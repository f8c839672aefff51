import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GROUP, groupsIn, Heights, spanAt } from './list-window.ts';

const lists = fc.record({
  count: fc.integer({ min: 1, max: 3000 }),
  measured: fc.array(fc.tuple(fc.nat({ max: 150 }), fc.integer({ min: 200, max: 4000 })), { maxLength: 30 }),
  top: fc.integer({ min: -2000, max: 250_000 }),
  screen: fc.integer({ min: 200, max: 3000 }),
});

test('what is in sight is drawn, whatever the rows are high, and little else', () => {
  fc.assert(
    fc.property(lists, ({ count, measured, top, screen }) => {
      const heights = new Heights(64);
      for (const [group, height] of measured) heights.note(group, GROUP, height);
      const { from, to } = spanAt(heights, count, { top, bottom: top + screen });
      const [begins, ends] = [heights.before(from, count), heights.before(to, count)];
      const all = heights.before(groupsIn(count), count);
      expect(to).toBeGreaterThan(from);
      expect(to).toBeLessThanOrEqual(groupsIn(count));
      // Nothing in sight is left out above or below.
      if (top < all) expect(begins).toBeLessThanOrEqual(Math.max(0, top));
      expect(ends).toBeGreaterThanOrEqual(Math.min(all, top + screen));
      // One group less on either side would not do.
      if (to - from > 1) {
        expect(heights.before(from + 1, count)).toBeGreaterThan(top);
        expect(heights.before(to - 1, count)).toBeLessThan(top + screen);
      }
    }),
  );
});

test('the last group is as high as its few rows, and what was measured counts until it is forgotten', () => {
  const heights = new Heights(50);
  expect(heights.before(2, GROUP + 3)).toBe(50 * (GROUP + 3));
  expect(heights.note(0, GROUP, 2000)).toBe(true);
  expect(heights.note(0, GROUP, 2000)).toBe(false);
  expect(heights.before(2, GROUP + 3)).toBe(2000 + 3 * (2000 / GROUP));
  heights.note(1, 3, 999);
  expect(heights.of(1, GROUP + 3)).toBe(999);
  heights.forget();
  expect(heights.of(1, GROUP + 3)).toBe(3 * (2000 / GROUP));
});
