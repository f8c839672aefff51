// Conversations on the screen.

import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { goTo } from './frame.ts';

/** Opens a client's own conversation. */
export async function openConversation(page: Page, name: 'Care team' | 'Front desk'): Promise<void> {
  await goTo(page, 'Chat');
  await page.getByRole('main').getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Writes a message and sends it, by hand or by keyboard. */
export async function say(page: Page, words: string, by: 'button' | 'keys' = 'button'): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill(words);
  if (by === 'button') await page.getByRole('button', { name: 'Send' }).click();
  else await box.press('Control+Enter');
}

/** Takes one's own message back, once the dialog has said what that means. */
export async function takeBack(
  page: Page,
  words: string,
  meaning = 'Nobody is shown its words any more',
): Promise<void> {
  await messageWith(page, words).getByRole('button', { name: 'Take back' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(meaning);
  await dialog.getByRole('button', { name: 'Take back' }).click();
}

/** The message with these words. */
export function messageWith(page: Page, words: string): Locator {
  return page.getByRole('log').getByRole('listitem').filter({ hasText: words }).first();
}

/** Opens a client's conversation as the staff have it. */
export async function openAsStaff(page: Page, kind: 'Care team' | 'Front desk', client: string): Promise<void> {
  await goTo(page, 'Chat');
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: kind }).filter({ hasText: client });
  await row.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: kind }).waitFor();
}

/** Types without sending. */
export async function type(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).pressSequentially(words);
}
