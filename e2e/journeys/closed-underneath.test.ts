import type { Page } from '@playwright/test';
import { heal, strike, watchStores } from '../closing-store.ts';
import { notSentLink, statusLine } from '../pages/frame.ts';
import { unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, typeEntry } from '../pages/journal.ts';
import { ana, lee } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a store that is closed under an open form: saved is said of what is kept, and it arrives once', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(240_000);
  const [closed, lost, gone] = [marker('Closed'), marker('Lost'), marker('Gone for a while')];
  const [phone, laptop] = [await deviceOf(ana), await deviceOf(lee)];
  await phone.goOffline();
  await phone.restart();
  await watchStores(phone.context);
  await phone.visit('/journal');
  await unlock(phone.page);
  const { page } = phone;

  for (const [fault, words] of [
    ['closed', closed],
    ['lost', lost],
  ] as const) {
    await typeEntry(page, 'Reflection', words);
    expect(await strike(page, fault)).toBeGreaterThan(0);
    await save(page);
    await expectSaved(page);
    await expect(entryWith(page, words)).toContainText('On this device');
  }

  // There is nothing to save it to: that is said, and the words stay until there is.
  await typeEntry(page, 'Reflection', gone);
  await strike(page, 'gone');
  await save(page);
  await expect(page.getByText(/^This device could not save it\./)).toBeVisible();
  await expect(page.getByText(/^Saved on this device\./)).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Entry' })).toHaveValue(gone);
  // It is no weather that the app knows: beside being told, it is thrown, once.
  await expect.poll(() => phone.traffic.bugs.length).toBe(1);
  phone.traffic.bugs.length = 0;
  await heal(page);
  await save(page);
  await expectSaved(page);

  // What was said to be saved is on the disk.
  await phone.kill();
  await phone.open();
  await phone.visit('/journal');
  await unlock(phone.page);
  for (const words of [closed, lost, gone]) {
    await expect(entryWith(phone.page, words)).toHaveCount(1);
    await expect(entryWith(phone.page, words)).toContainText('On this device');
    await expect(itemWith(laptop.page, words)).toHaveCount(0);
    expect(await server.rowsWith(words)).toMatchObject({ rows: 0 });
  }
  await phone.goOnline();
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await expect(notSentLink(phone.page)).toBeHidden();
  for (const words of [closed, lost, gone]) {
    await expect(itemWith(laptop.page, words)).toHaveCount(1);
    expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
  }
});

const save = (page: Page) => page.getByRole('button', { name: 'Save entry' }).click();

async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByText(/^Saved on this device\./).first()).toBeVisible();
}
