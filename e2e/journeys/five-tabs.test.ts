import type { CDPSession, Page } from '@playwright/test';
import type { Device } from '../device.ts';
import { openedStore } from '../opened-store.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { ana, lee, okafor } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

const TAKEN_OVER_WITHIN_MS = 15_000;
/** How long a holder may say nothing, at least. */
const SILENCE_MS = 8000;

test('of five tabs the one that sends stands still: another goes on, in order, and nothing comes twice', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(240_000);
  const [phone, laptop, other] = [await deviceOf(ana), await deviceOf(lee), await deviceOf(okafor)];
  const frozen = phone.page;
  await withoutWorker(frozen);
  await goTo(frozen, 'Journal');
  const others = await Promise.all([1, 2, 3, 4].map(() => journalTab(phone)));
  const written: string[] = [];
  const write = async (page: Page) => {
    written.push(marker(`Number ${written.length}`));
    await writeEntry(page, 'Reflection', written.at(-1) ?? '');
  };

  // On a slow network: the server has it, and the tab that waits for the answer stands still.
  phone.proxy.delay(3000);
  await write(frozen);
  const arrived = (words = '') =>
    expect
      .poll(async () => (await server.rowsWith(words)).rows, { intervals: [100], timeout: 60_000 })
      .toBe(1)
      .then(() => performance.now());
  await arrived(written[0]);
  await expect.poll(() => hasTurn(frozen), { intervals: [50], timeout: 60_000 }).toBe(true);
  const debug = await freeze(frozen);
  phone.proxy.restore();
  const frozenAt = performance.now();
  const [first, ...rest] = others;
  if (first !== undefined) await write(first);
  // From here on at the latest somebody waits for the turn.
  const askedAt = performance.now();
  const taken = arrived(written[1]);
  for (const tab of rest) await write(tab);
  const takenAt = await taken;
  // Nobody could go on before it was given up: it did have the turn.
  expect(takenAt - frozenAt).toBeGreaterThan(SILENCE_MS);
  expect(takenAt - askedAt).toBeLessThan(TAKEN_OVER_WITHIN_MS);
  for (const words of written) await expect(itemWith(laptop.page, words)).toHaveCount(1);
  for (const tab of others) await expectSettled(tab, written);

  await debug.send('Debugger.disable');
  await expectSettled(frozen, written);
  for (const tab of [frozen, ...others]) await write(tab);
  for (const tab of [frozen, ...others]) await expectSettled(tab, written);
  for (const words of written) {
    await expect(itemWith(laptop.page, words)).toHaveCount(1);
    expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
  }
  const rows = (await openedStore(laptop.page)).filter(({ store }) => store === 'row');
  const versions = written.map((words) => versionsIn(rows.filter(({ text }) => text.includes(words))));
  expect(versions.map((found) => found.length)).toEqual(written.map(() => 1));
  expect(versions.flat()).toEqual(versions.flat().sort((a, b) => a - b));
  await other.traffic.settled();
  for (const words of written) expect(other.traffic.got.join('\n')).not.toContain(words);
});

async function journalTab(device: Device): Promise<Page> {
  const page = await device.context.newPage();
  await page.goto(`${device.origin}/journal`);
  await unlock(page);
  await expect(statusLine(page)).toHaveText('Up to date');
  await withoutWorker(page);
  return page;
}

/** As in a browser without background sync: the worker would send what a tab stands still over. */
async function withoutWorker(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { get: () => undefined });
  });
}

/** Whether this tab holds the turn to exchange. A lock of its own tells by which name the browser knows it. */
function hasTurn(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    navigator.locks.request('who-am-i', async () => {
      const { held = [] } = await navigator.locks.query();
      const me = held.find(({ name }) => name === 'who-am-i')?.clientId;
      return held.some(({ name, clientId }) => name?.startsWith('interlude-exchange-') && clientId === me);
    }),
  );
}

/** Stops a tab's own thread where it is, as a system does that takes its time away; the others and the worker go on. */
async function freeze(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Debugger.enable');
  const paused = new Promise((resolve) => cdp.once('Debugger.paused', resolve));
  await cdp.send('Debugger.pause');
  void cdp.send('Runtime.evaluate', { expression: 'void 0' }).catch(() => undefined);
  await paused;
  return cdp;
}

async function expectSettled(page: Page, written: readonly string[]): Promise<void> {
  await expect(statusLine(page)).toHaveText('Up to date');
  await expect(notSentLink(page)).toBeHidden();
  for (const words of written) await expect(entryWith(page, words)).toHaveCount(1);
}

const versionsIn = (rows: readonly { text: string }[]) =>
  rows.map(({ text }) => (JSON.parse(text) as { version: number }).version);
