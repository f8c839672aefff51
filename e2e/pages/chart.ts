// The header of a client's chart, and her safety plan as both sides have it.

import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export const summaryOf = (page: Page): Locator => page.getByRole('region', { name: 'Summary of the chart' });

/** From a chart to what stands in its header. */
export async function openSummary(page: Page): Promise<void> {
  const summary = summaryOf(page);
  await summary.locator('summary').click();
  await summary.getByRole('link', { name: 'Open and edit' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Allergies, medications, conditions');
}

/** Notes a severe allergy, there. */
export async function addAllergy(page: Page, name: string, reaction: string): Promise<void> {
  await page.getByRole('button', { name: 'Add an allergy' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an allergy' });
  await dialog.getByRole('textbox', { name: 'What causes it' }).fill(name);
  await dialog.getByRole('combobox', { name: 'How bad can it be?' }).selectOption('Severe: can be dangerous');
  await dialog.getByRole('textbox', { name: 'What happens' }).fill(reaction);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
}

/** Says there what it does to her now. */
export async function changeReaction(page: Page, name: string, reaction: string): Promise<void> {
  await page.getByRole('main').getByRole('listitem').filter({ hasText: name }).getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: 'Change the allergy' });
  await dialog.getByRole('textbox', { name: 'What happens' }).fill(reaction);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
}

/** Writes parts of a plan that is open, each under the beginning of its name. */
export async function writePlan(page: Page, parts: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('button', { name: /^(Write|Change) the plan$/ }).click();
  for (const [name, text] of Object.entries(parts)) {
    await page.getByRole('textbox', { name: new RegExp(`^${name}`) }).fill(text);
  }
  await page.getByRole('button', { name: 'Save the plan' }).click();
  await expect(page.getByRole('button', { name: 'Change the plan' })).toBeVisible();
}
