import { PHONE } from '../device.ts';
import { notSentLink, statusLine } from '../pages/frame.ts';
import { lockedTitle, unlock } from '../pages/front.ts';
import { comment, itemWith, markSeen } from '../pages/inbox.ts';
import { entryWith, openEntry, writeEntry } from '../pages/journal.ts';
import { ana, lee } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('an entry written without a network reaches the provider, and his answer comes back', async ({ deviceOf }) => {
  const [reflection, food, answer] = [marker('Walked by the sea'), marker('Soup and bread'), marker('Well done')];
  const phone = await deviceOf(ana, { viewport: PHONE });
  const laptop = await deviceOf(lee);
  await laptop.goOffline();
  await phone.goOffline();

  await phone.visit('/journal');
  await unlock(phone.page);
  await expect(statusLine(phone.page)).toHaveText('Offline. Saved on this device.');
  await writeEntry(phone.page, 'Reflection', reflection);
  await writeEntry(phone.page, 'Food', food);
  await phone.close();

  await phone.open();
  await phone.visit('/journal');
  await expect(lockedTitle(phone.page)).toBeVisible();
  await expect(phone.page.getByText(reflection)).toBeHidden();
  await unlock(phone.page);
  for (const words of [reflection, food]) await expect(entryWith(phone.page, words)).toContainText('On this device');
  await expect(notSentLink(phone.page, 2)).toBeVisible();

  await phone.goOnline();
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await expect(notSentLink(phone.page)).toBeHidden();
  for (const words of [reflection, food]) await expect(entryWith(phone.page, words)).toContainText('Sent');
  // Dr. Lee's device is still without a network, so nothing may say that he has it.
  await expect(itemWith(laptop.page, reflection)).toBeHidden();
  await expect(entryWith(phone.page, reflection)).not.toContainText('They have it');

  await laptop.goOnline();
  for (const words of [reflection, food]) await expect(itemWith(laptop.page, words)).toBeVisible();
  await expect(entryWith(phone.page, food)).toContainText('They have it. Not read yet');

  await markSeen(laptop.page, food);
  await expect(entryWith(phone.page, food)).toContainText('Seen');
  await expect(entryWith(phone.page, reflection)).toContainText('They have it. Not read yet');

  await laptop.goOffline();
  await expect(statusLine(laptop.page)).toHaveText('Offline. Saved on this device.');
  await comment(laptop.page, reflection, answer);
  await expect(notSentLink(laptop.page, 1)).toBeVisible();
  await expect(phone.page.getByText(answer)).toBeHidden();
  await laptop.goOnline();
  await expect(statusLine(laptop.page)).toHaveText('Up to date');

  await openEntry(phone.page, reflection);
  await expect(phone.page.getByText(answer)).toBeVisible();
  await expect(phone.page.getByText(reflection)).toBeVisible();
});
