import type { Page } from '@playwright/test';
import { goTo } from '../pages/frame.ts';
import { writeEntry } from '../pages/journal.ts';
import { ana, lee, okafor, owner, support } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

const ANA = /Ana Torres/;
const BEN = /Ben/;

const list = (page: Page) => page.getByRole('list', { name: 'List of clients' });
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search clients' });
const row = (page: Page, name: RegExp) => list(page).getByRole('link', { name });

test('whom an owner hands over, from the list and without a network, the new provider reads, and who has left does not', async ({
  deviceOf,
}) => {
  const words = marker('Before she was handed over');
  const phone = await deviceOf(ana);
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Reflection', words);
  const [left, come] = [await deviceOf(lee), await deviceOf(okafor)];
  await expect(left.page.getByText(words)).toBeVisible();
  const office = await deviceOf(owner);
  const { page } = office;
  await expect(row(page, ANA)).toBeVisible();
  await office.goOffline();
  await search(page).fill('torres');
  await page.getByRole('button', { name: 'Choose several' }).click();
  await page.getByRole('checkbox', { name: /Choose Ana Torres/ }).check();
  await page.getByRole('link', { name: 'Change the primary provider' }).click();
  await page.getByRole('combobox', { name: 'New primary provider' }).selectOption({ label: 'Dr. Okafor' });
  await page.getByRole('radio', { name: 'leaves the care team' }).check();
  const main = page.getByRole('main');
  await expect(main).toContainText('comes onto the care team');
  await expect(main).toContainText('This will be done with: 1');
  await expect(main).toContainText('Ana Torres');
  await page.getByRole('button', { name: 'Change the primary provider (1)' }).click();
  await expect(main).toContainText('Done: 1');
  await office.goOnline();
  await expect(come.page.getByText(words)).toBeVisible();
  await expect(left.page.getByText(words)).toHaveCount(0);
  await goTo(left.page, 'Clients');
  await expect(row(left.page, ANA)).toHaveCount(0);
  // Back to whose she was, with one press.
  await page.getByRole('button', { name: 'Take it back (1)' }).click();
  await expect(main).toContainText('Taken back: 1');
  await expect(row(left.page, ANA)).toBeVisible();
  await goTo(come.page, 'Clients');
  await expect(row(come.page, ANA)).toHaveCount(0);
});

test('the list is looked through by all that is typed, gone through by keys, and comes back as it was', async ({
  deviceOf,
}) => {
  const { page } = await deviceOf(support);
  await expect(row(page, ANA)).toBeVisible();
  await page.keyboard.press('/');
  await expect(search(page)).toBeFocused();
  await search(page).fill('12.4.91');
  await expect(row(page, ANA)).toBeVisible();
  await expect(row(page, BEN)).toHaveCount(0);
  // A name stands in no address.
  expect(new URL(page.url()).search).toBe('');
  await search(page).fill('');
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Active');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By birth date');
  await expect(page).toHaveURL(/status=active&whose=all&order=birth/);
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('By birth');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'By birth', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const focused = list(page).locator('[data-row="1"] a');
  await expect(focused).toBeFocused();
  const said = list(page).locator('[data-row="1"]');
  await expect(said).toHaveAttribute('aria-posinset', '2');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/clients\/[0-9a-f-]{36}$/);
  await page.goBack();
  await expect(page).toHaveURL(/status=active&whose=all&order=birth/);
  await expect(page.getByRole('combobox', { name: 'Order' })).toHaveValue('birth');
  // Who presses them by accident switches the keys off where they are.
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(keys).toContainText('Next client');
  await keys.getByRole('checkbox', { name: 'Use single keys' }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(search(page)).not.toBeFocused();
  await page.getByRole('button', { name: 'Print this list' }).click();
  await expect(page.getByRole('table')).toContainText('Ana Torres');
  await expect(page.getByRole('table')).not.toContainText('Prospect');
});
