// The frame around every open screen: the sync line, what is not sent, crisis help, the lock, settings.

import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

export function statusLine(page: Page) {
  return page.getByRole('banner').getByRole('status');
}

export function notSentLink(page: Page, count?: number) {
  return page.getByRole('link', { name: count === undefined ? /^Not sent yet/ : `Not sent yet (${count})` });
}

/** Follows a link of the bar. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
}

/** Crisis help opens, and says whom to call. */
export async function expectCrisisHelp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Crisis help' }).click();
  const dialog = page.getByRole('dialog', { name: 'Crisis help' });
  await expect(dialog.getByRole('link', { name: /988/ })).toHaveAttribute('href', 'tel:988');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
}
