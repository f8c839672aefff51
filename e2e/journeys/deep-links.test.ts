import type { Device } from '../device.ts';
import { expectCrisisHelp, goTo, statusLine } from '../pages/frame.ts';
import { lockedTitle, unlock } from '../pages/front.ts';
import { openEntry, writeEntry } from '../pages/journal.ts';
import { itemWith } from '../pages/inbox.ts';
import { ana, lee } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

type Screen = readonly [path: string, heading: string | RegExp];

test('crisis help is there before anybody is signed in, without a network, and where a browser keeps nothing and says so', async ({
  device,
}) => {
  const phone = await device();
  await phone.visit('/');
  await expect(phone.page).toHaveURL(/\/sign-in$/);
  await expectCrisisHelp(phone.page);
  await phone.page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
  await phone.goOffline();
  await (await phone.newTab()).goto(`${phone.origin}/sign-in`);
  await expect(phone.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expectCrisisHelp(phone.page);

  await phone.goOnline();
  await phone.context.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('storage is off', 'SecurityError');
    };
    Object.defineProperty(window, 'indexedDB', { value: { open: refuse, deleteDatabase: refuse } });
  });
  await phone.visit('/');
  await expect(phone.page.getByRole('heading', { name: 'This browser keeps nothing' })).toBeVisible();
  await expect(phone.page.getByLabel('Password')).toHaveCount(0);
  await expectCrisisHelp(phone.page);
});

test('every address opens without a network: locked first, then its own screen', async ({ deviceOf }) => {
  test.setTimeout(240_000);
  const words = marker('A deep link leads here');
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Reflection', words);
  await openEntry(phone.page, words);
  const own = new URL(phone.page.url()).pathname;
  await expect(itemWith(laptop.page, words)).toBeVisible();
  await goTo(laptop.page, 'Clients');
  await laptop.page
    .getByRole('main')
    .getByRole('link', { name: /Ana Torres/ })
    .click();
  await expect(laptop.page).toHaveURL(/\/clients\/[0-9a-f-]{36}$/);
  const chart = new URL(laptop.page.url()).pathname;
  await expect(laptop.page.getByRole('main')).toContainText(words);

  await walk(phone, [
    ['/', 'Today'],
    ['/today', 'Today'],
    ['/journal', 'Journal'],
    ['/journal?new=food', 'New entry'],
    [own, 'Reflection'],
    ['/more', 'More'],
    ['/not-sent', 'Not sent yet'],
    ['/inbox', 'Not here'],
    ['/nowhere/at/all', 'Not here'],
  ]);
  await walk(laptop, [
    ['/', 'Inbox'],
    ['/inbox', 'Inbox'],
    ['/clients', 'Clients'],
    [chart, 'Chart'],
    [`${chart}${own}`, 'Reflection'],
    ['/more', 'Settings'],
    ['/not-sent', 'Not sent yet'],
    ['/journal', 'Not here'],
  ]);
});

/** Each address in a page of its own, as from a bookmark. */
async function walk(device: Device, screens: readonly Screen[]): Promise<void> {
  await device.goOffline();
  for (const [path, heading] of screens) {
    const before = device.page;
    const page = await device.newTab();
    await before.close();
    await page.goto(device.origin + path);
    await expect(lockedTitle(page)).toBeVisible();
    await expectCrisisHelp(page);
    await unlock(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await expect(statusLine(page)).toHaveText('Offline. Saved on this device.');
    await expect(page.getByText('A new version is ready.')).toBeHidden();
    await expectCrisisHelp(page);
  }
}
