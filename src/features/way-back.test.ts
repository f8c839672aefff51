import { expect, test } from 'vitest';
import { createWayBack } from './way-back.ts';

function setUp() {
  const toasts: { text: string; onUndo?: () => void }[] = [];
  const done: string[] = [];
  const way = createWayBack();
  const say = (toast: { text: string; onUndo?: () => void }) => {
    toasts.push(toast);
    return () => void done.push(`closed ${toast.text}`);
  };
  const offer = (text: string, hasWay = true) =>
    way.offer(say, text, hasWay ? () => void done.push(`back ${text}`) : undefined);
  return { toasts, done, way, offer };
}

test('what was done last is taken back once, by the toast or by the key', () => {
  const { toasts, done, way, offer } = setUp();
  offer('one');
  expect(way.go()).toBe(true);
  toasts[0]?.onUndo?.();
  expect(done).toEqual(['closed one', 'back one']);
  expect(way.go()).toBe(false);
});

test('what has no way back offers none, and nothing is taken back in its place', () => {
  const { toasts, done, way, offer } = setUp();
  offer('one');
  offer('handed over', false);
  expect(toasts[1]).toEqual({ text: 'handed over' });
  expect(way.go()).toBe(false);
  expect(done).toEqual([]);
  // The toast of the one before still says what it takes back.
  toasts[0]?.onUndo?.();
  expect(done).toEqual(['closed one', 'back one']);
});

test('what was left is kept until something else is done', () => {
  const { done, way, offer } = setUp();
  way.keep(() => void done.push('rest'));
  expect(way.go()).toBe(true);
  way.keep(() => void done.push('rest'));
  offer('two', false);
  expect(way.go()).toBe(false);
  expect(done).toEqual(['rest']);
});
