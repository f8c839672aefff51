// When a screen can be used, as the page itself sees it: milliseconds since its navigation began, taken after the frame that
// shows it. Runs inside the page, so that no message between processes is counted.

import type { BrowserContext, Page } from 'playwright';

export interface Marks {
  /** The sign-in's email field and button can be used. */
  signIn?: number;
  /** The lock screen's password field and button can be used. */
  locked?: number;
  /** The form was sent. */
  pressed?: number;
  /** The worker that derives keys has answered. */
  derived?: number;
  /** Today's links to write can be used. */
  today?: number;
  /** Today shows what lies in the device's database. */
  data?: number;
  /** The service worker holds the whole app. */
  ready?: number;
}

declare global {
  interface Window {
    benchMarks?: Marks;
  }
}

/** From now on every page of this browser takes marks. */
export async function takeMarks(context: BrowserContext): Promise<void> {
  // What runs TypeScript here names functions by a call to this, which no page has.
  await context.addInitScript('globalThis.__name = (named) => named');
  await context.addInitScript(watchPage);
}

/** Waits until the page has taken these marks; all it has by then. */
export async function marksOf(page: Page, ...names: (keyof Marks)[]): Promise<Marks> {
  const handle = await page.waitForFunction((wanted: (keyof Marks)[]) => {
    const taken = window.benchMarks;
    return taken !== undefined && wanted.every((name) => taken[name] !== undefined) ? { ...taken } : null;
  }, names);
  return (await handle.jsonValue()) ?? {};
}

/** How long a fixed piece of work takes on the page's thread. */
export function spin(page: Page): Promise<number> {
  return page.evaluate(() => {
    const startedAt = performance.now();
    let sum = 0;
    for (let i = 0; i < 30_000_000; i += 1) sum += i % 7;
    return sum > 0 ? performance.now() - startedAt : 0;
  });
}

/** Self-contained: its text is what reaches the page. */
function watchPage(): void {
  if (!location.protocol.startsWith('http')) return;
  const marks: Marks = {};
  window.benchMarks = marks;
  const found = (selector: string) => document.querySelector(selector) !== null;
  const form = 'form:has(button[type=submit]:enabled:not([aria-disabled=true]))';
  const screens: [keyof Marks, string][] = [
    ['signIn', `${form} input[type=email]:enabled`],
    ['locked', `${form}:not(:has(input[type=email])) input[type=password]:enabled`],
    ['today', 'main .today-write-link'],
    ['data', 'main a[href^="/journal/"]'],
  ];
  const seen = new Set<keyof Marks>();
  const afterFrame = (name: keyof Marks) =>
    requestAnimationFrame(() => setTimeout(() => (marks[name] = performance.now())));
  const look = () => {
    for (const [name, selector] of screens) {
      if (seen.has(name) || !found(selector)) continue;
      seen.add(name);
      afterFrame(name);
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  document.addEventListener('submit', () => (marks.pressed = performance.now()), { capture: true });
  void navigator.serviceWorker.ready.then(() => (marks.ready = performance.now()));
  const PlainWorker = window.Worker;
  window.Worker = class extends PlainWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', () => (marks.derived = performance.now()));
    }
  };
}
