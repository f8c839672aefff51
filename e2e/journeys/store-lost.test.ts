import type { Page } from '@playwright/test';
import type { Device } from '../device.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { fillSignIn, lockByHand, lockedTitle, unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, typeEntry, writeEntry } from '../pages/journal.ts';
import { ana, ben, lee } from '../people.ts';
import { clearStorage, spoilFiles, takeOut } from '../storage.ts';
import { marker, storedIn } from '../traces.ts';
import { expect, test } from '../world.ts';

const goneTitle = (page: Page) => page.getByRole('heading', { name: 'What was kept on this device is gone' });
const again = (page: Page) => page.getByRole('button', { name: 'Set up this device again' });

/** Writes one entry that arrives and, without a network, some that do not. */
async function writeSome(phone: Device, { sent, unsent }: { sent: string; unsent: readonly string[] }): Promise<void> {
  const { page } = phone;
  await goTo(page, 'Journal');
  await writeEntry(page, 'Reflection', sent);
  await expect(entryWith(page, sent)).toContainText(/Sent|They have it/);
  await phone.goOffline();
  for (const words of unsent) await writeEntry(page, 'Reflection', words);
  await expect(notSentLink(page, unsent.length)).toBeVisible();
}

/** Nothing was begun: no store on this device says that it was set up. */
async function expectNoFreshStart(page: Page): Promise<void> {
  const stored = await storedIn(page);
  expect(stored.filter(({ store }) => store === 'state').flatMap(({ records }) => records)).toEqual([]);
}

test('a store that the browser cleared is reported with its counts, and comes back when its person says so', async ({
  deviceOf,
  server,
}) => {
  const [sent, lost, other] = [marker('First of all'), marker('Lost'), marker('Lost too')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const { page } = phone;
  await writeSome(phone, { sent, unsent: [lost, other] });
  await lockByHand(page);
  await clearStorage(phone, 'indexeddb');

  await page.reload();
  await expect(goneTitle(page)).toBeVisible();
  await expect(page.getByText(/^When it was last counted \(.+\), 2 items waited here to be sent\.$/)).toBeVisible();
  await expect(page.getByText('What was only typed, and not saved, may be gone too.')).toBeVisible();
  await expect(page.getByLabel('Password')).toBeHidden();
  // Looking again starts nothing either.
  await page.reload();
  await expect(goneTitle(page)).toBeVisible();
  await expectNoFreshStart(page);

  await phone.goOnline();
  await expect(page.getByText('2 items that you saved here have not reached your practice.')).toBeVisible();
  await expect(page.getByText(/^Of \d+ things that you did here, \d+ have reached your practice\.$/)).toBeVisible();
  await expectNoFreshStart(page);
  await again(page).click();
  await fillSignIn(page, ana);
  await expect(statusLine(page)).toHaveText('Up to date');
  await expect(page.getByText(/^2 items that you saved here did not reach your practice and are lost\./)).toBeVisible();
  await page.getByRole('button', { name: 'I have read this' }).click();
  await goTo(page, 'Journal');
  await expect(entryWith(page, sent)).toHaveCount(1);
  await expect(page.getByText(lost)).toBeHidden();

  // The device works as before, and what was read is not told again.
  const after = marker('Written after');
  await writeEntry(page, 'Mood', after);
  await expect(itemWith(laptop.page, after)).toHaveCount(1);
  await lockByHand(page);
  await unlock(page);
  await expect(entryWith(page, after)).toHaveCount(1);
  await expect(page.getByText('This device was set up again')).toBeHidden();
  expect(await server.rowsWith(lost)).toMatchObject({ rows: 0 });
  expect(await server.rowsWith(sent)).toMatchObject({ rows: 1 });
  await expect(itemWith(laptop.page, sent)).toHaveCount(1);
});

test('where only the state is missing, what was unsent is found again and arrives once', async ({
  deviceOf,
  server,
}) => {
  const [sent, unsent] = [marker('First of all'), marker('Found again')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const { page } = phone;
  await writeSome(phone, { sent, unsent: [unsent] });
  await lockByHand(page);
  await takeOut(phone, 'state');
  await page.reload();
  await expect(goneTitle(page)).toBeVisible();
  await expectNoFreshStart(page);

  await phone.goOnline();
  await again(page).click();
  await fillSignIn(page, ana);
  await expect(page.getByText('1 item that had not been sent was found here and is sent now.')).toBeVisible();
  await expect(page.getByText(/did not reach your practice/)).toBeHidden();
  await expect(statusLine(page)).toHaveText('Up to date');
  await expect(itemWith(laptop.page, unsent)).toHaveCount(1);
  await goTo(page, 'Journal');
  await expect(entryWith(page, unsent)).toHaveCount(1);
  await expect(entryWith(page, sent)).toHaveCount(1);
  await expect(notSentLink(page)).toBeHidden();
  expect(await server.rowsWith(unsent)).toMatchObject({ rows: 1 });
});

test('on a shared device, one person’s loss leaves the other’s store as it is', async ({ deviceOf, server }) => {
  const bens = marker('Ben’s, unsent');
  const tablet = await deviceOf(ben);
  const { page } = tablet;
  await lockByHand(page);
  await page.getByRole('button', { name: /^Sign in again/ }).click();
  await fillSignIn(page, ana);
  await expect(statusLine(page)).toHaveText('Up to date');
  const anasId = await page.evaluate(
    () => Object.values(localStorage).flatMap((text: string) => /^\{"id":"([^"]+)".*"Ana/.exec(text)?.[1] ?? [])[0],
  );
  await lockByHand(page);
  await page.getByLabel('Who are you?').selectOption({ label: 'Ben Cole · harbor-care' });
  await unlock(page);
  await tablet.goOffline();
  await goTo(page, 'Journal');
  await writeEntry(page, 'Reflection', bens);
  await lockByHand(page);
  await page.evaluate((id) => {
    indexedDB.deleteDatabase(`interlude-${id}`);
  }, anasId);
  await page.reload();
  await expect(goneTitle(page)).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Ana Torres');

  await page.getByRole('button', { name: 'Someone else: to the locked screen' }).click();
  await expect(lockedTitle(page)).toBeVisible();
  await unlock(page);
  await goTo(page, 'Journal');
  await expect(entryWith(page, bens)).toContainText('On this device');
  await expect(notSentLink(page, 1)).toBeVisible();
  await tablet.goOnline();
  await page.getByRole('banner').getByRole('button', { name: 'Lock' }).click();
  await expect(goneTitle(page)).toBeVisible();
  await page.evaluate((id) => localStorage.setItem(`interlude.push.${id}`, 'on'), anasId);
  await page.getByRole('button', { name: 'Stop using this device' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop using this device?' });
  await dialog.getByRole('button', { name: 'Stop using this device' }).click();
  await expect(lockedTitle(page)).toBeVisible();
  // Nothing is left of her, beside her store either.
  expect(
    await page.evaluate((id) => Object.keys(localStorage).filter((key) => key.includes(String(id))), anasId),
  ).toEqual([]);
  await unlock(page);
  await goTo(page, 'Journal');
  await expect(entryWith(page, bens)).toHaveCount(1);
  expect((await server.rowsWith(bens)).rows).toBeLessThanOrEqual(1);
});

test('a store that goes from under an open form is said at once, and the words stay to be copied', async ({
  deviceOf,
}) => {
  const words = marker('Being typed');
  const phone = await deviceOf(ana);
  const { page } = phone;
  await goTo(page, 'Journal');
  await typeEntry(page, 'Reflection', words);
  await clearStorage(phone, 'indexeddb');
  await page.getByRole('button', { name: 'Save entry' }).click();
  await expect(page.getByText(/If you are writing something, copy it first\./)).toBeVisible();
  await expect(page.getByText(/^Saved on this device\./)).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Entry' })).toHaveValue(words);
  await page.getByRole('button', { name: 'See what happened' }).click();
  await expect(goneTitle(page)).toBeVisible();
});

test('a store that goes from under the lock screen is said there, and nothing is written into an empty one', async ({
  deviceOf,
}) => {
  const words = marker('Quick, not kept');
  const phone = await deviceOf(ana);
  const { page } = phone;
  await phone.goOffline();
  await lockByHand(page);
  await page.getByRole('button', { name: 'New entry' }).click();
  await page.getByRole('textbox', { name: 'Entry' }).fill(words);
  await clearStorage(phone, 'indexeddb');
  await page.getByRole('button', { name: 'Save entry' }).click();
  await expect(page.getByText(/If you are writing something, copy it first\./)).toBeVisible();
  await expect(page.getByText('This device could not save it. Your words are still here.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Entry' })).toHaveValue(words);
  await page.getByRole('button', { name: 'See what happened' }).click();
  await expect(goneTitle(page)).toBeVisible();
  await expectNoFreshStart(page);
});

test('files spoilt on the disk are noticed at the next start', async ({ deviceOf, server }) => {
  const [sent, unsent] = [marker('First of all'), marker('Spoilt')];
  const phone = await deviceOf(ana);
  await writeSome(phone, { sent, unsent: [unsent] });
  await phone.close();
  expect(await spoilFiles(phone)).toBeGreaterThan(0);
  await phone.open();
  await phone.goOnline();
  await phone.visit('/journal');
  const { page } = phone;
  const title = page.getByRole('heading', { name: /^What (was|is) kept on this device (is gone|does not open)$/ });
  await expect(title).toBeVisible();
  await expect(page.getByText('1 item that you saved here has not reached your practice.')).toBeVisible();
  await again(page).click();
  await fillSignIn(page, ana);
  await expect(page.getByText(/^1 item that you saved here did not reach your practice and is lost\./)).toBeVisible();
  await goTo(page, 'Journal');
  await expect(entryWith(page, sent)).toHaveCount(1);
  expect(await server.rowsWith(unsent)).toMatchObject({ rows: 0 });
});
