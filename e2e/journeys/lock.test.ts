import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { fillSignIn, lockByHand, lockedTitle, tryUnlock, unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { ana, ben, lee } from '../people.ts';
import { marker, storedIn } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a passkey opens the lock without a network, and a wrong password never', async ({ deviceOf }) => {
  const phone = await deviceOf(ana);
  const { page } = phone;
  await phone.plugInAuthenticator();
  await goTo(page, 'More');
  await page.getByRole('button', { name: 'Add a passkey to this device' }).click();
  await expect(page.getByText('The passkey unlocks this device from now on.')).toBeVisible();
  await phone.goOffline();
  await lockByHand(page);
  await page.getByRole('button', { name: 'Unlock with a passkey' }).click();
  await goTo(page, 'Journal');
  await expect(entryWith(page, '').first()).toBeVisible();

  await goTo(page, 'More');
  await page.getByRole('button', { name: 'Remove the passkey from this device' }).click();
  await lockByHand(page);
  await expect(page.getByRole('button', { name: 'Unlock with a passkey' })).toBeHidden();
  await tryUnlock(page, 'not the password');
  await expect(page.getByText('This password does not unlock what is kept here.')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
});

test('nobody at the device locks it: a provider after ten minutes, a client after fifteen', async ({ deviceOf }) => {
  for (const [person, minutes] of [
    [lee, 10],
    [ana, 15],
  ] as const) {
    const { page, context } = await deviceOf(person);
    await lockByHand(page);
    await context.clock.install();
    await page.reload();
    await unlock(page);
    // In steps: a clock that jumps is a device that slept, which locks by a rule of its own.
    for (let minute = 1; minute < minutes; minute++) await page.clock.runFor('01:00');
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await page.clock.runFor('01:06');
    await expect(lockedTitle(page)).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  }
});

test('what is written on the lock screen reaches Dr. Lee without an unlock, or waits there for a network', async ({
  deviceOf,
  server,
}) => {
  const [sent, kept] = [marker('Sent while locked'), marker('Written while locked')];
  const [phone, laptop] = [await deviceOf(ana), await deviceOf(lee)];
  const { page } = phone;
  await lockByHand(page);
  await quickEntry(page, sent);
  await expect(itemWith(laptop.page, sent)).toBeVisible();
  await expect(page.getByText(/waits on this device/)).toBeHidden();
  await unlock(page);
  await goTo(page, 'Journal');
  await expect(entryWith(page, sent)).toHaveCount(1);
  await expect(statusLine(page)).toHaveText('Up to date');
  expect(await server.rowsWith(sent)).toMatchObject({ rows: 1 });

  await phone.goOffline();
  await lockByHand(page);
  await quickEntry(page, kept);
  await expect(page.getByText('1 item waits on this device.')).toBeVisible();
  await expect(page.getByText(kept)).toBeHidden();
  expect(JSON.stringify(await storedIn(page))).not.toContain(kept);
  await unlock(page);
  await goTo(page, 'Journal');
  await expect(entryWith(page, kept)).toContainText('On this device');
  await expect(notSentLink(page, 1)).toBeVisible();
  await expect(itemWith(laptop.page, kept)).toHaveCount(0);
  await phone.goOnline();
  await expect(itemWith(laptop.page, kept)).toHaveCount(1);
  expect(await server.rowsWith(kept)).toMatchObject({ rows: 1 });
});

test('one device, two people: nobody’s work is sent under the other’s session', async ({ deviceOf, server }) => {
  const words = marker('Ana’s, unsent');
  const tablet = await deviceOf(ana);
  const { page } = tablet;
  const laptop = await deviceOf(lee);
  await tablet.goOffline();
  await goTo(page, 'Journal');
  await writeEntry(page, 'Reflection', words);
  await lockByHand(page);
  await tablet.context.clearCookies();
  await tablet.goOnline();
  await page.getByRole('button', { name: /^Sign in again/ }).click();
  await fillSignIn(page, ben);
  await expect(statusLine(page)).toHaveText('Up to date');
  await goTo(page, 'Journal');
  await expect(entryWith(page, '').first()).toBeVisible();
  await expect(page.getByText(words)).toBeHidden();
  await expect(notSentLink(page)).toBeHidden();
  // Ana's lock screen under Ben's session: her parcels are refused there, and wait.
  await lockByHand(page);
  await page.getByLabel('Who are you?').selectOption({ label: 'Ana Torres · harbor-care' });
  await expect(page.getByText('1 item waits on this device.')).toBeVisible();
  expect(await server.rowsWith(words)).toEqual({ rows: 0, authors: [] });
  await expect(itemWith(laptop.page, words)).toBeHidden();

  await unlock(page);
  await expect(statusLine(page)).toHaveText('Sign in to send');
  await expect(notSentLink(page, 1)).toBeVisible();
  await page.getByRole('button', { name: 'Sign in to send' }).click();
  await fillSignIn(page, ana);
  await expect(statusLine(page)).toHaveText('Up to date');
  await expect(itemWith(laptop.page, words)).toHaveCount(1);
  expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
});

async function quickEntry(page: Parameters<typeof unlock>[0], words: string): Promise<void> {
  await page.getByRole('button', { name: 'New entry' }).click();
  await page.getByRole('textbox', { name: 'Entry' }).fill(words);
  await page.getByRole('button', { name: 'Save entry' }).click();
  await expect(page.getByText('Saved on this device. You can read it after you unlock.')).toBeVisible();
}
