// A provider's or a front desk's laptop for benches of whole screens: one profile, signed in once, opened again for each round with its
// page slowed down.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright';
import type { BrowserContext, Page } from 'playwright';
import { CHROMIUM_FLAGS, provideChromium } from '../../.ci/browser.ts';
import { DEMO_PASSWORD } from '../../server/ops/demo-people.ts';
import { seconds } from './figures.ts';

const LIST_LIMIT_MS = 120_000;
const LOOK_EACH_MS = 2000;

export interface Pull {
  readonly email: string;
  /** The address of the screen that its person begins with. */
  readonly home: RegExp;
  /** So many rows are all. */
  readonly rows: number;
  readonly limitMs: number;
}

export interface Opening {
  readonly path: string;
  /** A selector of what stands in the list. */
  readonly row: string;
  readonly slowdown: number;
  /** How long the blocks of the page's thread are noted, and from when on. */
  readonly lookMs: number;
  readonly from: 'unlocking' | 'list';
}

/** Of one opening: milliseconds from the derived key to the list, and the blocks over 50 ms. */
export interface Opened {
  readonly list: number;
  readonly blocks: readonly number[];
}

export class Laptop {
  readonly #profile: string;
  readonly #port: number;

  static async take(port: number): Promise<Laptop> {
    return new Laptop(port, await mkdtemp(join(tmpdir(), 'interlude-bench-')));
  }

  private constructor(port: number, profile: string) {
    this.#port = port;
    this.#profile = profile;
  }

  remove(): Promise<void> {
    return rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Signs in and stays until everything has come. */
  pull({ email, home, rows, limitMs }: Pull): Promise<void> {
    return this.#on(async (page) => {
      const startedAt = Date.now();
      await page.goto(`http://localhost:${this.#port}/`);
      await page.getByLabel('Email').fill(email);
      await page.getByLabel('Password').fill(DEMO_PASSWORD);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL(home, { timeout: limitMs });
      while ((await page.evaluate(rowsHere)) < rows) {
        if (Date.now() - startedAt > limitMs) throw new Error('not everything came');
        // A page that nobody uses locks.
        await page.mouse.move((Date.now() / 1000) % 500, 300);
        await delay(LOOK_EACH_MS);
      }
      await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
      process.stdout.write(`everything has come after ${seconds(Date.now() - startedAt)}\n`);
    });
  }

  /** Opens it locked, slowed down, unlocks, and works on the list that it comes to. */
  opened<T>(
    { path, row, slowdown, lookMs, from }: Opening,
    work: (page: Page, opened: Opened) => Promise<T>,
  ): Promise<T> {
    return this.#on(async (page, context) => {
      await page.goto(`http://localhost:${this.#port}${path}`);
      await page.getByLabel('Password').fill(DEMO_PASSWORD);
      const cdp = await context.newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
      await page.evaluate(watchOpening, row);
      await page.getByRole('button', { name: 'Unlock', exact: true }).click();
      const looking = from === 'unlocking' ? page.evaluate(blocksFor, lookMs) : null;
      const listed = await page.waitForFunction(() => window.opening?.list, undefined, { timeout: LIST_LIMIT_MS });
      return work(page, {
        list: Number(await listed.jsonValue()),
        blocks: await (looking ?? page.evaluate(blocksFor, lookMs)),
      });
    });
  }

  async #on<T>(work: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
    const context = await chromium.launchPersistentContext(this.#profile, {
      viewport: { width: 1280, height: 800 },
      args: [...CHROMIUM_FLAGS],
      executablePath: provideChromium(),
    });
    // What runs TypeScript here names functions by a call to this, which no page has.
    await context.addInitScript('globalThis.__name = (named) => named');
    try {
      return await work(context.pages()[0] ?? (await context.newPage()), context);
    } finally {
      await context.close();
    }
  }
}

declare global {
  interface Window {
    opening?: { derived?: number; list?: number };
  }
}

// What follows is self-contained: its text is what reaches the page.

/** How many rows lie in the store of the membership that is open. */
async function rowsHere(): Promise<number> {
  const names = (await indexedDB.databases()).map(({ name = '' }) => name);
  const name = names.find((one) => /^interlude-[0-9a-f]{8}-/.test(one));
  if (name === undefined) return 0;
  const opening = indexedDB.open(name);
  await new Promise((resolve) => opening.addEventListener('success', resolve));
  const count = opening.result.transaction('row').objectStore('row').count();
  await new Promise((resolve) => count.addEventListener('success', resolve));
  opening.result.close();
  return count.result;
}

/** Notes when the worker has derived the key, and how long after that the list can be seen. */
function watchOpening(row: string): void {
  const marks: { derived?: number; list?: number } = {};
  window.opening = marks;
  const PlainWorker = window.Worker;
  window.Worker = class extends PlainWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', () => (marks.derived = performance.now()));
    }
  };
  const watching = new MutationObserver(() => {
    if (document.querySelector(row) === null) return;
    watching.disconnect();
    requestAnimationFrame(() => setTimeout(() => (marks.list = performance.now() - (marks.derived ?? 0))));
  });
  watching.observe(document, { subtree: true, childList: true });
}

async function blocksFor(lookMs: number): Promise<number[]> {
  const blocks: number[] = [];
  const observer = new PerformanceObserver((found) => blocks.push(...found.getEntries().map((one) => one.duration)));
  observer.observe({ type: 'longtask' });
  await new Promise((resolve) => setTimeout(resolve, lookMs));
  observer.disconnect();
  return blocks;
}

/** Presses j again and again: milliseconds to each next frame. */
export async function stepKeys(count: number): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const startedAt = performance.now();
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true, cancelable: true }),
    );
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

/** Scrolls down and up again: milliseconds of each frame. */
export async function scrollFrames(count: number): Promise<number[]> {
  const frames: number[] = [];
  let last = performance.now();
  for (let i = 0; i < count; i += 1) {
    window.scrollBy(0, i < count / 2 ? 120 : -120);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    frames.push(performance.now() - last);
    last = performance.now();
  }
  return frames;
}
