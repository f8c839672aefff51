import type { Page } from '@playwright/test';
import { fillSignIn, lockByHand, lockedTitle, unlock } from '../pages/front.ts';
import { entryWith, goOnWriting, saveEntry, typeEntry } from '../pages/journal.ts';
import { CAMERA, looksOf, phonePicture, photosIn } from '../pages/photos.ts';
import { chooseOnlyMe } from '../pages/private.ts';
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

test('shared photos never make a private draft into what others read, and never go under an open form', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(240_000);
  const [alone, open] = [marker('For me alone'), marker('Typed first')];
  const { page } = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const picture = await phonePicture(page);
  const take = page.getByRole('button', { name: 'Add to a new entry' });
  await goTo(page, 'Journal');
  await typeEntry(page, 'Photo', alone);
  await chooseOnlyMe(page);
  await goTo(page, 'Today');
  await share(page, picture, picture, picture);
  await unlock(page);
  await take.click();
  await expect(page.getByText('You have begun a photo entry that is only for you')).toBeVisible();
  await goOnWriting(page, 'Photo');
  // Not above a form: what it would put into the draft there is not in the form.
  await expect(page.getByRole('textbox', { name: 'Entry' })).toHaveValue(alone);
  await expect(take).toHaveCount(0);
  await expect(page.getByRole('radio', { name: 'Only me' })).toBeChecked();
  await expect(photosIn(page)).toHaveCount(0);
  await page.getByRole('radiogroup', { name: 'Who can read this?' }).getByText('My care team').click();
  await page.getByRole('textbox', { name: 'Entry' }).fill(open);
  await goTo(page, 'Today');
  await goTo(page, 'Journal');
  await take.click();
  await expect(page.getByRole('textbox', { name: 'Entry' })).toHaveValue(open);
  await expect(photosIn(page)).toHaveCount(3);
  await saveEntry(page);
  await expect(photosIn(entryWith(page, open))).toHaveCount(3);
  await expect(take).toHaveCount(0);
  await expect(photosIn(itemWith(laptop.page, open))).toHaveCount(3);
  expect(laptop.traffic.got.join('\n')).not.toContain(alone);
  expect(await server.rowsWith(alone)).toMatchObject({ rows: 0 });
});

const WAITS_LOCKED = 'A photo was shared. Unlock to use it.';

/** As a phone does it: a form, posted to where the manifest says. */
async function share(page: Page, ...pictures: Buffer[]): Promise<void> {
  await page.evaluate(
    (all) => {
      const files = new DataTransfer();
      for (const [i, base64] of all.entries()) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        files.items.add(new File([bytes], `IMG_000${i}.jpg`, { type: 'image/jpeg' }));
      }
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action: '/share', enctype: 'multipart/form-data' });
      const input = document.createElement('input');
      Object.assign(input, { type: 'file', name: 'photo', multiple: true, files: files.files });
      form.append(input);
      document.body.append(form);
      form.submit();
    },
    pictures.map((picture) => picture.toString('base64')),
  );
  await page.waitForURL(/\/journal\?shared=/);
}
