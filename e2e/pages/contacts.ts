// A client's contacts, as staff keep them: adding, changing, and choosing between two values.

import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { goTo } from './frame.ts';

export type Field = 'Name' | 'Relationship' | 'Phone number' | 'Note';

/** From anywhere to the contacts of a client. */
export async function openContacts(page: Page, client: RegExp): Promise<void> {
  const main = page.getByRole('main');
  await goTo(page, 'Clients');
  await main.getByRole('link', { name: client }).first().click();
  await expect(page).toHaveURL(/\/clients\/[0-9a-f-]{36}$/);
  await main.locator('a[href$="/contacts"]').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Contacts');
}

/** Adds an emergency contact and waits until the screen says that it is saved. */
export async function addContact(page: Page, details: Readonly<Partial<Record<Field, string>>>): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add a contact' }).click();
  await fill(page, details);
  await page.getByRole('button', { name: 'Add the contact' }).click();
  await expectSaved(page);
}

/** Changes a contact and waits until the screen says that it is saved. */
export async function changeContact(
  page: Page,
  name: string,
  details: Readonly<Partial<Record<Field, string>>>,
): Promise<void> {
  await page.getByRole('button', { name: `Edit: ${name}` }).click();
  await fill(page, details);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expectSaved(page);
}

async function fill(page: Page, details: Readonly<Partial<Record<Field, string>>>): Promise<void> {
  for (const [field, value] of Object.entries(details)) await page.getByRole('textbox', { name: field }).fill(value);
}

async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByText('Saved on this device. It will be sent.').last()).toBeVisible();
  await expect(page.getByRole('main').getByRole('list', { name: 'Contacts' })).toBeVisible();
}

/** The contact of the list that has these words. */
export function contactWith(page: Page, words: string): Locator {
  return page.getByRole('main').getByRole('list', { name: 'Contacts' }).locator('> li').filter({ hasText: words });
}

/** The question that stands about one field of it. */
export function questionAbout(contact: Locator, field: string): Locator {
  return contact.getByRole('group', { name: `${field}: Which one is right?` });
}

/** Chooses one of the values of a question. */
export async function choose(question: Locator, value: string): Promise<void> {
  await question.getByRole('button', { name: `This one: ${value}` }).click();
}
