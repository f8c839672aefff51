// The care team's switch of the protective view, on a client's chart.

import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { goTo } from './frame.ts';

export async function openChart(page: Page, client: RegExp): Promise<void> {
  await goTo(page, 'Clients');
  await page.getByRole('main').getByRole('link', { name: client }).first().click();
  await expect(page).toHaveURL(/\/clients\/[0-9a-f-]{36}$/);
}

/** Turns it, with a reason, on a chart that is open. */
export async function turnProtection(page: Page, to: 'on' | 'off'): Promise<void> {
  const section = page.getByRole('region', { name: 'Protective view' });
  await section.getByRole('button', { name: `Turn ${to}` }).click();
  const dialog = page.getByRole('dialog', { name: `Turn the protective view ${to}?` });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('As we agreed.');
  await dialog.getByRole('button', { name: `Turn ${to}` }).click();
  await expect(section).toContainText(to === 'on' ? /On/ : /Off/);
  await expect(dialog).toBeHidden();
}
