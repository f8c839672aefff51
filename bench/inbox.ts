// A caseload of 100,000 entries, all but a few hundred of them seen, on a laptop whose page is 4 times slower: how long its
// Inbox takes from the derived key to the list, what the look through all that lies below holds up, how fast a key answers, and
// how even the frames are while one scrolls. There is no reference. `ROWS=10000` is for a quick look.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { BrowserContext, Page } from 'playwright';
import { CHROMIUM_FLAGS, provideChromium } from '../.ci/browser.ts';
import { DEMO_PASSWORD } from '../server/ops/demo-people.ts';
import { CLIENT_FOLDER } from '../server/ops/client-build.ts';
import { builtApp } from '../server/testing/built-app.ts';
import { BenchServer } from './ground/bench-server.ts';
import { median, ms, percentile, printTable, ROUNDS, seconds } from './ground/figures.ts';

const ROWS = Number(process.env['ROWS'] ?? 100_000);
const UNSEEN_EACH = 150;
const STEP = 250;
const SLOWDOWN = 4;
const LOOK_MS = 20_000;
const PULL_LIMIT_MS = 20 * 60_000;
const KEYS = 10;

interface Round {
  readonly list: number;
  readonly blocks: readonly number[];
  readonly step: number;
  readonly seen: number;
  readonly frames: readonly number[];
}

await builtApp();
const server = await BenchServer.open({ app: CLIENT_FOLDER });
const profile = await mkdtemp(join(tmpdir(), 'interlude-bench-inbox-'));
try {
  await fillBoth(ROWS / 2);
  await pullAll();
  const rounds: Round[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) rounds.push(await measured());
  const of = (figure: (one: Round) => number) => median(rounds.map(figure));
  const longest = (blocks: readonly number[]) => Math.max(0, ...blocks);
  printTable(`Inbox over ${ROWS} entries, page ${SLOWDOWN}x slower`, [
    { what: 'key derived to the list', figure: seconds(of(({ list }) => list)) },
    {
      what: `longest block of the page's thread in ${seconds(LOOK_MS)} after it`,
      figure: ms(of(({ blocks }) => longest(blocks))),
      more: `${of(({ blocks }) => blocks.length)} blocks over 50 ms`,
    },
    { what: 'j to the next frame, 95 of 100 within', figure: ms(of(({ step }) => step)) },
    { what: 'e to "Seen", 95 of 100 within', figure: ms(of(({ seen }) => seen)) },
    {
      what: 'frame while scrolling, 95 of 100 within',
      figure: ms(of(({ frames }) => percentile(frames, 95))),
      more: `median ${ms(of(({ frames }) => median(frames)))}, longest ${ms(of(({ frames }) => Math.max(...frames)))}`,
    },
  ]);
} finally {
  await server.remove();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

/** Both charts side by side, as they are written: what is of one time lies together. */
async function fillBoth(each: number): Promise<void> {
  for (let first = 0; first < each; first += STEP) {
    const unseen = Math.min(STEP, Math.max(0, UNSEEN_EACH - (each - first - STEP)));
    for (const key of ['ana', 'ben']) await server.fillChart(key, STEP, { reader: 'lee', unseen, first });
  }
}

async function onLaptop<T>(work: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await chromium.launchPersistentContext(profile, {
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

/** Signs in and stays until everything has come. */
async function pullAll(): Promise<void> {
  await onLaptop(async (page) => {
    const startedAt = Date.now();
    await page.goto(`http://localhost:${server.port}/`);
    await page.getByLabel('Email').fill('dr.lee@demo.test');
    await page.getByLabel('Password').fill(DEMO_PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(/inbox$/, { timeout: PULL_LIMIT_MS });
    while ((await page.evaluate(rowsHere)) < ROWS * 2 - UNSEEN_EACH * 2) {
      if (Date.now() - startedAt > PULL_LIMIT_MS) throw new Error('not everything came');
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
    process.stdout.write(`everything has come after ${seconds(Date.now() - startedAt)}\n`);
  });
}

function measured(): Promise<Round> {
  return onLaptop(async (page, context) => {
    await page.goto(`http://localhost:${server.port}/inbox`);
    await page.getByLabel('Password').fill(DEMO_PASSWORD);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await page.evaluate(watchOpening);
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    const opening = await page.waitForFunction(() => window.inboxBench?.list, undefined, { timeout: 120_000 });
    const list = Number(await opening.jsonValue());
    const blocks = await page.evaluate(blocksFor, LOOK_MS);
    const step = await page.evaluate(stepKeys, KEYS);
    const seen = await page.evaluate(seenKeys, KEYS);
    const frames = await page.evaluate(scrollFrames, 200);
    const round = { list, blocks, step: percentile(step, 95), seen: percentile(seen, 95), frames };
    process.stdout.write(`list ${seconds(list)}, j ${ms(round.step)}, e ${ms(round.seen)}\n`);
    return round;
  });
}

declare global {
  interface Window {
    inboxBench?: { derived?: number; list?: number };
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
function watchOpening(): void {
  const marks: { derived?: number; list?: number } = {};
  window.inboxBench = marks;
  const PlainWorker = window.Worker;
  window.Worker = class extends PlainWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', () => (marks.derived = performance.now()));
    }
  };
  const watching = new MutationObserver(() => {
    if (document.querySelector('[data-entry]') === null) return;
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

async function stepKeys(count: number): Promise<number[]> {
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

/** Marks entries one by one, from the top; until each says that it was seen. */
async function seenKeys(count: number): Promise<number[]> {
  const taken: number[] = [];
  const items = [...document.querySelectorAll<HTMLElement>('[data-entry]')].slice(0, count);
  for (const item of items) {
    item.focus();
    const startedAt = performance.now();
    item.dispatchEvent(new KeyboardEvent('keydown', { key: 'e', code: 'KeyE', bubbles: true, cancelable: true }));
    while (item.textContent.includes('Unseen')) await new Promise((resolve) => requestAnimationFrame(resolve));
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

async function scrollFrames(count: number): Promise<number[]> {
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
