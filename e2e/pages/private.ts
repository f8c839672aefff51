// Entries that only their author can read: setting them up, choosing them, opening them on another device.

import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { PASSWORD } from '../people.ts';
import { goTo } from './frame.ts';
import { saveEntry, typeEntry } from './journal.ts';
import type { Kind } from './journal.ts';

/** From the form, where *Only me* was chosen for the first time: password, code, and two groups of it asked back. Returns the code. */
export async function setUpPrivate(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Set up private entries' }).click();
  await expect(page.getByText('If you lose your password and your recovery code')).toBeVisible();
  await page.getByRole('textbox', { name: 'Your password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Show my recovery code' }).click();
  const groups = await keepCode(page);
  await expect(page.getByText('Private entries are set up.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to my entry' }).click();
  return groups.join('-');
}

/** A code on the screen, written down and typed back where it is asked. */
export async function keepCode(page: Page): Promise<string[]> {
  const list = page.getByRole('list', { name: 'Your recovery code' });
  await expect(list.getByRole('listitem')).toHaveCount(7);
  const groups = await list.locator('code').allTextContents();
  await page.getByRole('button', { name: 'I have it in a safe place' }).click();
  const asked = page.getByRole('textbox', { name: /^Group \d$/ });
  await expect(asked).toHaveCount(2);
  const names = await page.getByText(/^Group \d$/).allTextContents();
  await asked.first().fill('0000');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('Look again at what you wrote down.').first()).toBeVisible();
  for (const [i, name] of names.entries()) {
    await asked.nth(i).fill((groups[Number(name.slice(-1)) - 1] ?? '').toLowerCase());
  }
  await page.getByRole('button', { name: 'Done' }).click();
  return groups;
}

export async function chooseOnlyMe(page: Page): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Who can read this?' }).getByText('Only me').click();
}

/** Writes an entry for its author alone, where that is set up. */
export async function writePrivate(page: Page, kind: Kind, words: string): Promise<void> {
  await typeEntry(page, kind, words);
  await chooseOnlyMe(page);
  await expect(page.getByText('Only you can read this.')).toBeVisible();
  await saveEntry(page);
}

/** The screen of private entries, from the settings. */
export async function openPrivate(page: Page): Promise<void> {
  await goTo(page, 'More');
  await page.getByRole('link', { name: /^Private entries/ }).click();
  await expect(page.getByRole('heading', { name: 'Private entries', level: 1 })).toBeVisible();
}

/** Types a recovery code, and the password that the device has now. */
export async function enterCode(page: Page, code: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(code);
  await page.getByRole('textbox', { name: 'Your password now' }).fill(password);
  await page.getByRole('button', { name: 'Open with the code' }).click();
}
