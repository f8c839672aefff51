import { rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Device } from '../device.ts';
import { nextRelease, RELEASE_MARK } from '../../server/testing/next-release.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { lockedTitle, unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, goOnWriting, typeEntry } from '../pages/journal.ts';
import { ana, lee } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a new release in the middle of writing: no white page, no lost word, also in a tab of the old one', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(240_000);
  const [typed, old] = [marker('Typed while it changed'), marker('Typed in the other tab')];
  const more = ' and a word more';
  const [phone, laptop] = [await deviceOf(ana), await deviceOf(lee)];
  const { page } = phone;
  const [left, idle] = await Promise.all([journalTab(phone), journalTab(phone)]);
  await typeEntry(left, 'Mood', old);
  await goTo(page, 'Journal');
  await typeEntry(page, 'Reflection', typed);
  const chunks = await chunksOf(page);
  const folder = await nextRelease();
  try {
    await server.release(folder);
    for (const chunk of chunks) expect((await fetch(server.url + chunk)).status).toBe(404);
    // As it looks every hour.
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    for (const tab of [page, left, idle]) await expect(tab.getByText('A new version is ready.')).toBeVisible();
    await expect(statusLine(page)).toHaveText('Up to date');
    await expect(page.getByRole('textbox', { name: 'Entry' })).toHaveValue(typed);
    // Screens that were not opened yet are there, from the release that is at work.
    await goTo(page, 'More');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('More');
    await expect(page.locator(RELEASE_MARK)).toHaveCount(0);
    await goTo(page, 'Journal');
    await goOnWriting(page, 'Reflection');
    await page.getByRole('textbox', { name: 'Entry' }).fill(typed + more);
    await page.getByRole('button', { name: 'Start it now' }).click();

    await expect(lockedTitle(page)).toBeVisible();
    await expect(page.locator(RELEASE_MARK)).toHaveCount(1);
    await unlock(page);
    await goTo(page, 'Journal');
    await goOnWriting(page, 'Reflection');
    await expect(page.getByRole('textbox', { name: 'Entry' })).toHaveValue(typed + more);
    await page.getByRole('button', { name: 'Save entry' }).click();

    // The other tabs still run the old program, of which nothing is left anywhere.
    await forgetFetched(left);
    await left.getByRole('textbox', { name: 'Entry' }).fill(old + more);
    await goTo(left, 'More');
    await expect(lockedTitle(left)).toBeVisible();
    await idle.getByRole('button', { name: 'Start it now' }).click();
    await expect(lockedTitle(idle)).toBeVisible();
    for (const tab of [left, idle]) await expect(tab.locator(RELEASE_MARK)).toHaveCount(1);
    await unlock(left);
    await goTo(left, 'Journal');
    await goOnWriting(left, 'Mood');
    await expect(left.getByRole('textbox', { name: 'Entry' })).toHaveValue(old + more);
    await left.getByRole('button', { name: 'Save entry' }).click();
    for (const words of [typed, old]) {
      await expect(itemWith(laptop.page, words)).toHaveCount(1);
      await expect(itemWith(laptop.page, words)).toContainText(words + more);
      await expect(entryWith(left, words)).toHaveCount(1);
      expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
    }
    await expect(notSentLink(left)).toBeHidden();
    // Nothing that was only typed has gone anywhere.
    await laptop.traffic.settled();
    const came = laptop.traffic.got.filter((text) => text.includes(typed) || text.includes(old)).join('\n');
    expect(came).not.toContain(`${typed}"`);
    expect(came).not.toContain(`${old}"`);
  } finally {
    await server.release(null);
    await rm(folder, { recursive: true });
  }
});

async function journalTab(device: Device): Promise<Page> {
  const page = await device.context.newPage();
  await page.goto(`${device.origin}/journal`);
  await unlock(page);
  return page;
}

/** Empties what the browser keeps of what it has fetched, as it does by itself when room is short. */
async function forgetFetched(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.clearBrowserCache');
  await cdp.detach();
}

/** Addresses of the program's parts that a page has loaded. */
function chunksOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.startsWith('/assets/')),
  );
}
