import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { fillSignIn, lockedTitle, lockByHand, unlock } from '../pages/front.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { ana, ben } from '../people.ts';
import { databasesIn, marker, storedIn } from '../traces.ts';
import { expect, test } from '../world.ts';

test('signing out with unsent work asks first, and takes only one’s own off the device', async ({ deviceOf }) => {
  const unsent = marker('Not sent before leaving');
  const tablet = await deviceOf(ben);
  const { page } = tablet;
  const bens = await databasesIn(page);
  const bensNotes = await notesIn(page);
  await lockByHand(page);
  await page.getByRole('button', { name: /^Sign in again/ }).click();
  await fillSignIn(page, ana);
  await expect(statusLine(page)).toHaveText('Up to date');
  // As if her store had been lost here once, and she had not read of it.
  await page.evaluate((known) => {
    const hers = Object.keys(localStorage).filter((key) => key.startsWith('interlude.store.') && !known.includes(key));
    for (const key of hers) localStorage.setItem(key.replace('.store.', '.loss.'), '{"lost":1,"found":0}');
  }, bensNotes);
  expect(await notesIn(page)).toHaveLength(bensNotes.length + 2);
  await tablet.goOffline();
  await goTo(page, 'Journal');
  await writeEntry(page, 'Reflection', unsent);

  await goTo(page, 'More');
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign out' });
  await expect(dialog).toContainText('1 item is not sent. Send it now, save it to a file, or discard it.');
  await expect(dialog.getByRole('button', { name: 'Send now' })).toBeVisible();
  const saved = await savedFile(page);
  expect(saved).toContain('"interlude":"parcels.1"');
  for (const form of [unsent, unsent.split(' ').at(-1) ?? '']) {
    expect(saved).not.toContain(form);
    expect(decoded(saved)).not.toContain(form);
  }

  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(notSentLink(page, 1)).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await dialog.getByRole('button', { name: 'Discard and sign out' }).click();
  // Ben's store is still here, so the device is his again.
  await expect(lockedTitle(page)).toBeVisible();
  expect(await databasesIn(page)).toEqual(bens);
  expect(await notesIn(page)).toEqual(bensNotes);
  const registry = (await storedIn(page)).find(({ store }) => store === 'membership');
  expect(registry?.records).toHaveLength(1);
  expect(registry?.records.join()).toContain('Ben');
  await unlock(page);
  await goTo(page, 'Journal');
  await expect(entryWith(page, '').first()).toBeVisible();
  await expect(page.getByText(unsent)).toBeHidden();
});

/** What the browser remembers of stores outside of them. */
function notesIn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => /^interlude\.(store|loss)\./.test(key))
      .sort(),
  );
}

async function savedFile(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Save to a file' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('interlude-not-sent.json');
  return readFile(await download.path(), 'utf8');
}

/** The sealed parts, as bytes. */
function decoded(file: string): string {
  const { parcels } = JSON.parse(file) as { parcels: { sealed: string }[] };
  return parcels.map(({ sealed }) => Buffer.from(sealed, 'base64url').toString('latin1')).join('\n');
}
