// Locks an open store when nobody uses it: after a time without input, after a time out of sight, after the machine slept, and when
// the browser brings back a page that was left. Promises one call of `onLock`, made inside the event that brings the page back, so
// before anything is painted. Timers are throttled and stopped in the background, so time is always read from the clock.

import { idleNext, idleOpen } from './idle-state.ts';
import type { IdleLimits, IdleNotice } from './idle-state.ts';

/** What of the page is watched. */
export type IdlePage = {
  readonly window: EventTarget;
  readonly document: EventTarget & { readonly visibilityState: string };
};

export type IdleLock = IdleLimits & {
  /** Called once. It must drop the keys at once; reloading the page may follow. */
  readonly onLock: () => void;
  /** Milliseconds since 1970: a clock that also runs while the machine sleeps. */
  readonly clock: { now(): number };
  readonly page?: IdlePage;
};

const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'touchstart'];
const LOOK_MS = 5_000;

/** Watches until it locks or until the returned function is called. */
export function startIdleLock({ onLock, clock, page = { window, document }, ...limits }: IdleLock): () => void {
  const watching = new AbortController();
  let state = idleOpen(clock.now(), isHidden(page));
  const looking = setInterval(() => noticed('look'), LOOK_MS);
  const stop = (): void => {
    clearInterval(looking);
    watching.abort();
  };
  const noticed = (notice: IdleNotice): void => {
    if (state.status === 'locked') return;
    state = idleNext(state, { notice, at: clock.now() }, limits);
    if (state.status !== 'locked') return;
    stop();
    onLock();
  };
  watch(page, noticed, watching.signal);
  return stop;
}

function watch(page: IdlePage, noticed: (notice: IdleNotice) => void, signal: AbortSignal): void {
  // Captured, so that the page locks before anything on it hears of the input.
  const options = { capture: true, passive: true, signal };
  const looked = (): void => noticed(isHidden(page) ? 'hidden' : 'visible');
  for (const type of INPUTS) page.window.addEventListener(type, () => noticed('input'), options);
  page.window.addEventListener('focus', looked, options);
  page.window.addEventListener('pageshow', (event) => (isRestored(event) ? noticed('restored') : looked()), options);
  page.document.addEventListener('visibilitychange', looked, options);
  page.document.addEventListener('resume', looked, options);
}

function isHidden({ document }: IdlePage): boolean {
  return document.visibilityState === 'hidden';
}

function isRestored(event: Event): boolean {
  return 'persisted' in event && event.persisted === true;
}
