// The turn in a real Chromium: five tabs of one profile over the module as Vite builds it. Each tab's work says to the server
// that it begins or ends, and goes on when that is written down: on a channel what processes say would come in any order. A tab
// is frozen by stopping its process: Chromium's own freezing, asked for by its debugger, lets a page go on that a test looks at.

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../../../.ci/browser.ts';

let server: Server;
let browser: Browser;
let context: BrowserContext;
/** What the tabs have said. */
let noted: string[];

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: { turn: fileURLToPath(new URL('./turn.ts', import.meta.url)) },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  if (!('output' in built)) throw new Error('Expected one build');
  return built.output.map((part) => (part.type === 'chunk' ? part.code : '')).join('');
}

beforeAll(async () => {
  const script = await bundle();
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    if (pathname === '/note') noted.push(searchParams.get('said') ?? '');
    const isScript = pathname === '/turn.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><title>Turn</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({
    // A process in store would be taken for a tab's.
    args: [...CHROMIUM_FLAGS, '--disable-features=SpareRendererForSitePerProcess'],
    executablePath: findChromium() ?? chromium.executablePath(),
  });
}, 20_000);
afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(async () => {
  context = await browser.newContext();
  noted = [];
  // The first one takes the process that Chromium began with.
  await open();
});
afterEach(() => context.close());

async function open(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  return page;
}

/** The processes of tabs. */
async function renderers(): Promise<number[]> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** A tab, and the process that is its alone. */
async function openAlone(): Promise<{ page: Page; pid: number }> {
  const before = await renderers();
  const page = await open();
  const [pid, ...more] = (await renderers()).filter((one) => !before.includes(one));
  if (pid === undefined || more.length > 0) throw new Error('which process is the tab’s cannot be told');
  return { page, pid };
}

/** Asks for the turn; the work ends when `end` is said to the tab, or at once. How it ended is noted too. */
async function ask(page: Page, name: string, until: 'told' | 'at once'): Promise<void> {
  const turn = await page.evaluateHandle<typeof import('./turn.ts')>(`import('/turn.js')`);
  await turn.evaluate(
    ({ inTurn }, [who, how]) => {
      const say = (words: string) => fetch(`/note?said=${encodeURIComponent(`${who}${words}`)}`);
      const ended = new Promise<void>((resolve) => addEventListener('end', () => resolve(), { once: true }));
      const work = async () => {
        await say(' begins');
        await (how === 'told' ? ended : new Promise((resolve) => setTimeout(resolve, 50)));
        await say(' ends');
      };
      void inTurn('member', work).then(
        () => say(' is done'),
        (error: Error) => say(`: ${error.name}`),
      );
    },
    [name, until] as const,
  );
}

const tell = (page: Page) => page.evaluate(() => void dispatchEvent(new Event('end')));

/** How many were at work at the same time, at most. */
function mostAtOnce(lines: readonly string[]): number {
  let now = 0;
  let most = 0;
  for (const line of lines) {
    now += line.endsWith('begins') ? 1 : line.endsWith('ends') ? -1 : 0;
    most = Math.max(most, now);
  }
  return most;
}

const count = (lines: readonly string[], what: string) => lines.filter((line) => line.endsWith(what)).length;

test('five tabs that all want it have it one after another, and whoever works long keeps it', async () => {
  const tabs = await Promise.all(Array.from({ length: 5 }, open));
  const [first, ...others] = tabs as [Page, ...Page[]];
  await ask(first, 'tab 0', 'told');
  await expect.poll(() => noted).toContain('tab 0 begins');
  for (const [i, tab] of others.entries()) await ask(tab, `tab ${i + 1}`, 'at once');
  // Longer than the patience with a frozen one; nobody takes it from a holder that answers.
  const askedAt = performance.now();
  await expect.poll(() => performance.now() - askedAt, { timeout: 20_000 }).toBeGreaterThan(13_000);
  expect(count(noted, 'begins')).toBe(1);
  await tell(first);
  await expect.poll(() => count(noted, 'is done')).toBe(5);
  expect(mostAtOnce(noted)).toBe(1);
}, 60_000);

test('a frozen holder loses its turn within 15 s, to one after the other; thawed, it knows that it lost it', async () => {
  const { page: frozen, pid } = await openAlone();
  const others = await Promise.all(Array.from({ length: 4 }, open));
  await ask(frozen, 'frozen', 'told');
  await expect.poll(() => noted).toContain('frozen begins');
  process.kill(pid, 'SIGSTOP');
  try {
    const frozenAt = performance.now();
    for (const [i, tab] of others.entries()) await ask(tab, `tab ${i}`, 'at once');
    const begun = () => count(noted, 'begins');
    await expect.poll(begun, { timeout: 20_000, interval: 100 }).toBeGreaterThan(1);
    expect(performance.now() - frozenAt).toBeLessThan(15_000);
    await expect.poll(() => count(noted, 'is done'), { timeout: 20_000 }).toBe(4);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await expect.poll(() => noted).toContain('frozen: TurnLost');
  const withoutFrozen = noted.filter((line) => !line.startsWith('frozen'));
  expect(mostAtOnce(withoutFrozen)).toBe(1);
  expect(withoutFrozen.filter((line) => line.endsWith('TurnLost'))).toEqual([]);
}, 90_000);
