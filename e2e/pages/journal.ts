// A client's journal: writing entries and reading what became of them.

import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export type Kind =
  | 'Reflection'
  | 'Food'
  | 'Mood'
  | 'Symptom'
  | 'Workout'
  | 'Water'
  | 'Sleep'
  | 'Bowel movement'
  | 'Photo'
  | 'Medication'
  | 'Urge';

/** Opens the form of a kind. */
export async function beginEntry(page: Page, kind: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'New entry' }).click();
  await page.getByRole('main').getByRole('button', { name: kind, exact: true }).click();
}

/** Begins an entry of a kind and types its words. */
export async function typeEntry(page: Page, kind: Kind, words: string): Promise<void> {
  await beginEntry(page, kind);
  await page.getByRole('textbox', { name: 'Entry' }).fill(words);
}

/** Writes an entry and waits until the screen says that it is saved. */
export async function writeEntry(page: Page, kind: Kind, words: string): Promise<void> {
  await typeEntry(page, kind, words);
  await saveEntry(page);
}

/** Saves the open form and waits until the screen says that it is done. */
export async function saveEntry(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save entry' }).click();
  await expect(page.getByText(/^Saved on this device\./).first()).toBeVisible();
}

/** Takes up what was left unsaved of a kind. */
export async function goOnWriting(page: Page, kind: Kind): Promise<void> {
  const notice = page.getByRole('main').locator('.ui-notice', { hasText: `: ${kind}.` });
  await notice.getByRole('button', { name: 'Go on writing' }).click();
}

/** The entry of a list that has these words. */
export function entryWith(page: Page, words: string): Locator {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: words });
}

/** Opens an entry of the list. */
export async function openEntry(page: Page, words: string): Promise<void> {
  await entryWith(page, words).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/journal\/[0-9a-f-]{36}$/);
}
