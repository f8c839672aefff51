import type { Page } from '@playwright/test';
import { fillSignIn, lockByHand, lockedTitle, unlock } from '../pages/front.ts';
import { entryWith } from '../pages/journal.ts';
import { CAMERA, looksOf, phonePicture, photosIn } from '../pages/photos.ts';
import { ana, ben, lee } from '../people.ts';
import { itemWith } from '../pages/inbox.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { marker, placesOf } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a photo shared while the app is locked waits sealed, becomes a draft after the unlock, and is nobody else’s', async ({
  deviceOf,
}) => {
  test.setTimeout(240_000);
  const words = marker('From the camera roll');
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const picture = await phonePicture(phone.page);
  await lockByHand(phone.page);
  await phone.goOffline();
  await share(phone.page, picture);
  await expect(lockedTitle(phone.page)).toBeVisible();
  await expect(phone.page.getByText(WAITS_LOCKED)).toBeVisible();
  await expect(phone.page.locator('img')).toHaveCount(0);
  await phone.close();
  expect(await placesOf(CAMERA, phone.profile)).toEqual([]);
  await phone.open();
  await phone.visit('/journal');
  await unlock(phone.page);
  await expect(phone.page.getByText('A photo that you shared is waiting.')).toBeVisible();
  await phone.page.getByRole('button', { name: 'Add to a new entry' }).click();
  expect(await looksOf(photosIn(phone.page).first())).toMatchObject({ width: 320 });
  await phone.page.getByRole('textbox', { name: 'Entry' }).fill(words);
  await phone.page.getByRole('button', { name: 'Save entry' }).click();
  await expect(phone.page.getByText('A photo that you shared is waiting.')).toBeHidden();
  await expect(photosIn(entryWith(phone.page, words))).toHaveCount(1);
  // What was taken in waits no more.
  await lockByHand(phone.page);
  await expect(phone.page.getByRole('button', { name: 'New entry' })).toBeVisible();
  await expect(phone.page.getByText(WAITS_LOCKED)).toHaveCount(0);
  await unlock(phone.page);
  await phone.goOnline();
  await expect(notSentLink(phone.page)).toBeHidden();
  await expect(photosIn(itemWith(laptop.page, words))).toHaveCount(1);

  // Shared for Ana; then Ben signs in on the same device, and there is nothing of it for him.
  await share(phone.page, picture);
  await expect(phone.page).toHaveURL(/\/journal\?shared=kept$/);
  await expect(phone.page.getByText(WAITS_LOCKED)).toBeVisible();
  await phone.page.getByRole('button', { name: 'Sign in again, or as someone else' }).click();
  await fillSignIn(phone.page, ben);
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await goTo(phone.page, 'Journal');
  await expect(phone.page.getByRole('button', { name: 'New entry' })).toBeVisible();
  await phone.traffic.settled();
  await expect(phone.page.getByText('that you shared')).toHaveCount(0);
  // Whose the next one is, nobody can say: it is not kept, and that is said.
  await share(phone.page, picture);
  const who = phone.page.getByRole('combobox', { name: 'Who are you?' });
  const choose = async (name: string) =>
    who.selectOption(await who.locator('option', { hasText: name }).getAttribute('value'));
  await choose('Ana');
  await expect(phone.page.getByText(WAITS_LOCKED)).toBeVisible();
  await choose('Ben');
  await expect(phone.page.getByText(WAITS_LOCKED)).toBeHidden();
  await unlock(phone.page);
  await expect(phone.page.getByText('because more than one person uses this device')).toBeVisible();
  await goTo(phone.page, 'Today');
  await goTo(phone.page, 'Journal');
  await expect(phone.page.getByText('that you shared')).toHaveCount(0);
});

const WAITS_LOCKED = 'A photo was shared. Unlock to use it.';

/** As a phone does it: a form, posted to where the manifest says. */
async function share(page: Page, picture: Buffer): Promise<void> {
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], 'IMG_0001.jpg', { type: 'image/jpeg' }));
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: '/share', enctype: 'multipart/form-data' });
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', name: 'photo', files: files.files });
    form.append(input);
    document.body.append(form);
    form.submit();
  }, picture.toString('base64'));
  await page.waitForURL(/\/journal\?shared=/);
}
