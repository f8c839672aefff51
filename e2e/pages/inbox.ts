// A provider's inbox: what came from clients, and what is done about it.

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

/** Goes to an item with the keys alone and presses one there. */
export async function pressOn(page: Page, words: string, key: string): Promise<void> {
  await walkTo(page, words);
  await page.keyboard.press(key);
}

/** Goes to an item with the keys alone. */
export async function walkTo(page: Page, words: string): Promise<void> {
  const item = page.locator('[data-entry]').filter({ hasText: words });
  await expect(item).toBeVisible();
  for (const step of ['k', 'j']) {
    for (let left = await page.locator('[data-entry]').count(); left >= 0; left -= 1) {
      if (await item.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press(step);
    }
  }
  throw new Error('the keys do not lead there');
}
