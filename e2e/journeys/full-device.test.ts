import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, typeEntry, writeEntry } from '../pages/journal.ts';
import { ana, lee } from '../people.ts';
import { openWithoutRoom } from '../storage.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a full device refuses a write with its words kept, shows what it has, says that it is full, and goes on when there is room', async ({
  deviceOf,
  server,
}) => {
  const [first, second] = [marker('Waits'), marker('Not kept at first')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await phone.goOffline();
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Reflection', first);
  await expect(notSentLink(phone.page, 1)).toBeVisible();
  await phone.close();
  const room = await openWithoutRoom(phone);
  const { page } = phone;
  await phone.visit('/journal');
  await unlock(page);
  await expect(entryWith(page, first)).toContainText('On this device');
  await typeEntry(page, 'Reflection', second);
  await page.getByRole('button', { name: 'Save entry' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /^Attention: This device is full and/ })).toBeInViewport();
  await expect(page.getByRole('textbox', { name: 'Entry' })).toHaveValue(second);
  await expect(notSentLink(page, 1)).toBeVisible();

  await room();
  await page.getByRole('button', { name: 'Save entry' }).click();
  await expect(page.getByText(/^Saved on this device\./).first()).toBeVisible();
  await expect(notSentLink(page, 2)).toBeVisible();
  await phone.goOnline();
  for (const words of [first, second]) {
    await expect(itemWith(laptop.page, words)).toHaveCount(1);
    await expect(entryWith(page, words)).toContainText(/Sent|They have it/);
    expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
  }
  await expect(statusLine(page)).toHaveText('Up to date');

  const [here, news] = [marker('Here already'), marker('Written meanwhile')];
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Reflection', here);
  await expect(entryWith(phone.page, here)).toContainText(/Sent|They have it/);
  await phone.goOffline();
  await phone.close();
  const more = await openWithoutRoom(phone);
  await phone.visit('/journal');
  await unlock(phone.page);
  await expect(entryWith(phone.page, here)).toHaveCount(1);
  const other = await deviceOf(ana);
  await goTo(other.page, 'Journal');
  await writeEntry(other.page, 'Reflection', news);
  await expect(entryWith(other.page, news)).toContainText(/Sent|They have it/);
  await phone.goOnline();
  await expect(statusLine(phone.page)).toHaveText('This device is full');
  await expect(phone.page.getByText(/^This device is full\. What is not sent yet is kept\./)).toBeVisible();
  await more();
  await phone.page.reload();
  await unlock(phone.page);
  await expect(entryWith(phone.page, news)).toHaveCount(1);
  await expect(statusLine(phone.page)).toHaveText('Up to date');
});
