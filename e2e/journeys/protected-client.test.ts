import type { Page } from '@playwright/test';
import type { Device } from '../device.ts';
import { openedStore } from '../opened-store.ts';
import { goTo, statusLine } from '../pages/frame.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, openEntry, typeEntry } from '../pages/journal.ts';
import { openChart, turnProtection } from '../pages/protection.ts';
import { ben, lee } from '../people.ts';
import { cachedIn, marker } from '../traces.ts';
import { expect, test } from '../world.ts';

const BEN = /Benjamin Cole|Ben Cole/;
const NAMES = /energyKcal|portionG|weightKg/;
const UNITS = /\d\s(kcal|kg|g)/;

test('a protected client’s device never gets numbers, they leave it when he becomes protected, and his provider has them', async ({
  deviceOf,
  server,
}) => {
  // One that has it all from here on.
  const phone = await deviceOf(ben, { isNew: true });
  const laptop = await deviceOf(lee);
  await openChart(laptop.page, BEN);
  await expect(laptop.page.getByRole('region', { name: 'Protective view' })).toContainText('Turned on by');
  await goTo(phone.page, 'Journal');
  await typeEntry(phone.page, 'Food', marker('Not asked for numbers'));
  await expectNoNumberFields(phone.page);
  await phone.page.getByRole('button', { name: 'Save entry' }).click();
  await expect(phone.page.getByText(/^Saved on this device\./).first()).toBeVisible();
  await expectFree(phone, 0);

  expect((await openedStore(laptop.page)).some(({ text }) => NAMES.test(text))).toBe(true);
  await expect(laptop.page.getByRole('main')).toContainText(UNITS);

  const [before, open] = [marker('Before it was on'), marker('Typed before it was on')];
  await turnProtection(laptop.page, 'off');
  const { page } = phone;
  await typeEntry(page, 'Food', before);
  await page.getByRole('spinbutton', { name: 'Energy (kcal)' }).fill('4321');
  await page.getByRole('spinbutton', { name: 'Portion (g)' }).fill('1234');
  await page.getByRole('button', { name: 'Save entry' }).click();
  await expect(entryWith(page, before)).toContainText('4,321 kcal');
  await expect(itemWith(laptop.page, before)).toContainText('4,321 kcal');
  await typeEntry(page, 'Food', open);
  const energy = page.getByRole('spinbutton', { name: 'Energy (kcal)' });
  await energy.fill('98764');
  await turnProtection(laptop.page, 'on');
  await expectNoNumberFields(page);
  await turnProtection(laptop.page, 'off');
  // Gone for good, not only from sight.
  await expect(energy).toHaveValue('');
  // What could not be saved: its fault must not stand in the way once nobody can see it any more.
  await energy.fill('98765');
  await expect.poll(() => draftsWith(page, '98765')).toBe(1);
  await phone.traffic.settled();
  const came = phone.traffic.got.length;

  await turnProtection(laptop.page, 'on');
  await expectNoNumberFields(page);
  await expect(page.getByRole('textbox', { name: 'Entry' })).toHaveValue(open);
  await expect.poll(() => draftsWith(page, '98765')).toBe(0);
  await page.getByRole('textbox', { name: 'Entry' }).pressSequentially(' and a word more');
  await expect.poll(() => draftsWith(page, 'and a word more')).toBe(1);
  await expectFree(phone, came);
  await page.getByRole('button', { name: 'Save entry' }).click();
  await expect(entryWith(page, open)).toContainText('They have it');
  await expect(entryWith(page, before)).toBeVisible();
  await openEntry(page, before);
  await expect(page.getByRole('main')).not.toContainText(UNITS);
  await expectFree(phone, came);
  expect(await server.rowsWith('98765')).toMatchObject({ rows: 0 });

  // What was entered before is the care team's still.
  await expect(itemWith(laptop.page, before)).toContainText('4,321 kcal');
  await expect(itemWith(laptop.page, before)).toContainText('1,234 g');
  await expect(itemWith(laptop.page, open)).toContainText('and a word more');
  await expect(itemWith(laptop.page, open)).not.toContainText('kcal');
});

async function expectNoNumberFields(page: Page): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Entry' })).toBeVisible();
  await expect(page.getByRole('spinbutton')).toHaveCount(0);
}

/** Not in what it stores, not on its screen, and not in what came to it since. */
async function expectFree(device: Device, since: number): Promise<void> {
  const { page } = device;
  await expect(statusLine(page)).toHaveText('Up to date');
  await expect.poll(async () => (await openedStore(page)).filter(({ text }) => NAMES.test(text))).toEqual([]);
  const stored = await openedStore(page);
  expect(stored.filter(({ store }) => store === 'row').length).toBeGreaterThan(10);
  expect(stored.some(({ text }) => text.includes('"content"'))).toBe(true);
  await expect(page.getByRole('main')).not.toContainText(UNITS);
  const answers = await answersTo(device, since);
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.filter((answer) => NAMES.test(answer))).toEqual([]);
  expect((await cachedIn(page)).filter((text) => text.startsWith('{') && NAMES.test(text))).toEqual([]);
}

/** What the server said, without the program's own files. */
async function answersTo({ traffic }: Device, since: number): Promise<string[]> {
  await traffic.settled();
  return traffic.got.slice(since).filter((text) => text.startsWith('{'));
}

async function draftsWith(page: Page, words: string): Promise<number> {
  return (await openedStore(page)).filter(({ store, text }) => store === 'draft' && text.includes(words)).length;
}
