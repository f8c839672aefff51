// A provider's inbox: what came from clients, and the two answers to it.

import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export function itemWith(page: Page, words: string): Locator {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: words });
}

export async function markSeen(page: Page, words: string): Promise<void> {
  await itemWith(page, words).getByRole('button', { name: 'Mark as seen' }).click();
}

/** Comments on an item and waits until the screen says that it is saved. */
export async function comment(page: Page, words: string, body: string): Promise<void> {
  await itemWith(page, words).getByRole('button', { name: 'Comment' }).click();
  await page.getByRole('textbox', { name: 'Comment' }).fill(body);
  await page.getByRole('button', { name: 'Send comment' }).click();
  await expect(page.getByText(/^Saved on this device\./).first()).toBeVisible();
}
