// A journal's past: looked through, printed, saved.

import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { PASSWORD } from '../people.ts';

export async function search(page: Page, words: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search the journal' }).fill(words);
}

export async function expectFound(page: Page, count: number): Promise<void> {
  const said = count === 1 ? '1 entry' : `${count} entries`;
  await expect(page.getByRole('main').getByText(said, { exact: true })).toBeVisible();
}

/** Opens or closes the filters. */
export async function pressFilter(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Filter', exact: true }).click();
}

/** The sheet that would be printed. */
export async function openPrint(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Print' }).click();
  await expect(page.getByRole('article', { name: 'Journal' })).toBeVisible();
}

/** Saves everything to a file; what is in it, by path. */
export async function saveEverything(page: Page, { asStaff = false } = {}): Promise<Record<string, string>> {
  const region = page.getByRole('region', { name: 'Save everything to a file' });
  const downloading = page.waitForEvent('download');
  await region.getByRole('button', { name: 'Save to a file' }).click();
  if (asStaff) {
    const dialog = page.getByRole('dialog', { name: 'Save everything to a file' });
    await dialog.getByLabel('Your password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Save to a file' }).click();
  }
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^interlude-\d{4}-\d{2}-\d{2}\.zip$/);
  const files = unzipSync(await readFile(await download.path()));
  await download.delete();
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

/** Whether a worker that holds the journal's words is running. */
export const holdsShelf = (page: Page): boolean =>
  page.workers().some((worker) => worker.url().includes('shelf.worker'));
