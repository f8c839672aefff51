import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startIdleLock } from './idle.ts';
import type { IdleLock } from './idle.ts';

const MINUTE = 60_000;

class TestDocument extends EventTarget {
  visibilityState = 'visible';

  show(state: 'visible' | 'hidden'): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: { window: EventTarget; document: TestDocument };
let locks: number;

function start(more: Partial<IdleLock> = {}): () => void {
  const onLock = (): void => {
    locks++;
  };
  return startIdleLock({ idleMs: 10 * MINUTE, hiddenMs: 2 * MINUTE, onLock, clock: Date, page, ...more });
}

beforeEach(() => {
  vi.useFakeTimers();
  page = { window: new EventTarget(), document: new TestDocument() };
  locks = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

test('locks once when nobody touches it', () => {
  start();
  vi.advanceTimersByTime(10 * MINUTE - 1);
  expect(locks).toBe(0);
  vi.advanceTimersByTime(20 * MINUTE);
  expect(locks).toBe(1);
});

test.each(['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'touchstart'])('%s keeps it open', (type) => {
  start();
  vi.advanceTimersByTime(9 * MINUTE);
  page.window.dispatchEvent(new Event(type));
  vi.advanceTimersByTime(9 * MINUTE);
  expect(locks).toBe(0);
  vi.advanceTimersByTime(MINUTE);
  expect(locks).toBe(1);
});

test('locks out of sight', () => {
  start();
  page.document.show('hidden');
  vi.advanceTimersByTime(2 * MINUTE);
  expect(locks).toBe(1);
});

test('back in sight in time, it stays open', () => {
  start();
  page.document.show('hidden');
  vi.advanceTimersByTime(MINUTE);
  page.document.show('visible');
  vi.advanceTimersByTime(5 * MINUTE);
  expect(locks).toBe(0);
});

// While a machine sleeps the clock runs and no timer does.
test.each([
  ['the page comes into sight', () => page.document.show('visible')],
  ['the window gets the focus', () => page.window.dispatchEvent(new Event('focus'))],
  ['the page is thawed', () => page.document.dispatchEvent(new Event('resume'))],
  ['the page is shown', () => page.window.dispatchEvent(new Event('pageshow'))],
  ['a key is pressed', () => page.window.dispatchEvent(new Event('keydown'))],
])('after sleep it locks within the event in which %s', (_what, wake) => {
  start();
  vi.setSystemTime(Date.now() + 3 * MINUTE);
  wake();
  expect(locks).toBe(1);
});

test('after sleep without any event it locks at the next look', () => {
  start();
  vi.setSystemTime(Date.now() + 3 * MINUTE);
  vi.advanceTimersByTime(5_000);
  expect(locks).toBe(1);
});

test('a page restored from the back-forward cache locks at once', () => {
  start({ hiddenMs: null });
  page.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  expect(locks).toBe(0);
  page.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  expect(locks).toBe(1);
});

test('stopped, it neither locks nor leaves a timer', () => {
  const stop = start();
  stop();
  expect(vi.getTimerCount()).toBe(0);
  page.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  vi.advanceTimersByTime(60 * MINUTE);
  expect(locks).toBe(0);
});

test('once locked, it has left no timer', () => {
  start();
  vi.advanceTimersByTime(10 * MINUTE);
  expect(vi.getTimerCount()).toBe(0);
});
