import type { Page } from '@playwright/test';
import { goTo, statusLine } from '../pages/frame.ts';
import { lockByHand, unlock } from '../pages/front.ts';
import { expectFound, holdsShelf, openPrint, pressFilter, saveEverything, search } from '../pages/history.ts';
import { comment, itemWith } from '../pages/inbox.ts';
import { entryWith, openEntry, typeEntry, writeEntry } from '../pages/journal.ts';
import { openChart, turnProtection } from '../pages/protection.ts';
import { readPdf } from '../pdf.ts';
import { ana, ben, lee, okafor } from '../people.ts';
import { marker, placesOf } from '../traces.ts';
import { expect, test } from '../world.ts';

const ANA = /Ana Torres/;
const BEN = /Benjamin Cole|Ben Cole/;
/** Of scripts that the fonts of any desktop have. */
const SCRIPTS = { arabic: 'نِمتُ جيِّدًا', greek: 'καλημέρα', cyrillic: 'Ёлка', georgian: 'კარგად' };

test('without a network a client finds an entry in any script, prints it and saves all, and a lock leaves nothing', async ({
  deviceOf,
}) => {
  const [walk, answer] = [marker('Walk'), marker('Ruhig')];
  const secret = (words: string) => words.split(' ').at(-1) ?? '';
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Reflection', `${Object.values(SCRIPTS).join(', ')}. ${walk}`);
  await comment(laptop.page, walk, answer);
  await expect(entryWith(phone.page, walk)).toContainText('1 comment');

  await phone.goOffline();
  await phone.visit('/journal');
  await unlock(phone.page);
  expect(holdsShelf(phone.page)).toBe(false);
  const { page } = phone;
  await search(page, 'نمت جيدا');
  await expectFound(page, 1);
  await expect(entryWith(page, walk).locator('mark')).toHaveText(['نِمتُ', 'جيِّدًا']);
  expect(holdsShelf(page)).toBe(true);
  await search(page, secret(answer).toUpperCase());
  await expectFound(page, 1);
  await expect(entryWith(page, walk)).toContainText('In a comment by Dr. Lee');
  await writtenOffline(page, walk, secret(answer));

  await openPrint(page);
  const pdf = readPdf(await page.pdf({ format: 'A4' }));
  // Joined letters, Arabic ones and "fi" alike, as those that they are made of.
  const printed = pdf.text.normalize('NFKD');
  expect(pdf.pages).toBeGreaterThan(1);
  expect(pdf.fonts.filter(({ isEmbedded }) => !isEmbedded)).toEqual([]);
  expect(pdf.missing).toBe(0);
  for (const words of [...Object.values(SCRIPTS), secret(walk), secret(answer)]) {
    const letters = [...new Set(words.normalize('NFD').replaceAll(/[\p{M}\s]/gu, ''))];
    expect(letters.filter((letter) => !printed.includes(letter))).toEqual([]);
  }
  expect(printed).toContain(secret(walk));
  expect(printed).toContain(secret(answer));
  // Only the sheet: no word of the frame around it.
  expect(printed).not.toContain('Crisis help');

  await goTo(page, 'More');
  const files = await saveEverything(page);
  expect(files['records/journalEntry.json']).toContain(`${Object.values(SCRIPTS).join(', ')}. ${walk}`);
  expect(files['records/journalComment.json']).toContain(answer);
  expect(JSON.parse(files['export.json'] ?? '')).toMatchObject({ version: 1, isPartial: false });
  expect(files['README.txt']).toContain('Interlude');

  await lockByHand(page);
  expect(holdsShelf(page)).toBe(false);
  await phone.traffic.settled();
  await phone.kill();
  for (const words of [secret(walk), secret(answer), secret(answer).toUpperCase()]) {
    expect(await placesOf(words, phone.profile)).toEqual([]);
    expect(phone.traffic.addresses.filter((address) => address.toLowerCase().includes(words))).toEqual([]);
  }
});

/** Filters hold together with the words, come off one by one, and stand in no address; what is written now is found now. */
async function writtenOffline(page: Page, walk: string, answer: string): Promise<void> {
  await search(page, '');
  await pressFilter(page);
  await page.getByRole('checkbox', { name: 'Mood' }).check();
  await page.getByRole('checkbox', { name: 'With comments' }).check();
  await search(page, answer);
  await expectFound(page, 0);
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.getByRole('button', { name: 'Take off the filter: Mood' }).click();
  await expectFound(page, 1);
  await openEntry(page, walk);
  await page.goBack();
  // Asked once, it is there again behind the entry.
  await expectFound(page, 1);
  expect(new URL(page.url()).search).toBe('');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await pressFilter(page);
  await search(page, 'otorrinolaringologo');
  await expectFound(page, 0);
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await writeEntry(page, 'Symptom', 'Cita con el otorrinolaringólogo');
  await search(page, 'OTORRINO');
  await expectFound(page, 1);
  await search(page, '');
}

test('a provider finds and saves what a protected client can neither find nor save, and others have none of it', async ({
  deviceOf,
}) => {
  const words = marker('Sandwich');
  const laptop = await deviceOf(lee);
  await openChart(laptop.page, BEN);
  await turnProtection(laptop.page, 'off');
  const phone = await deviceOf(ben);
  const { page } = phone;
  await goTo(page, 'Journal');
  await typeEntry(page, 'Food', words);
  await page.getByRole('spinbutton', { name: 'Energy (kcal)' }).fill('4321');
  await page.getByRole('button', { name: 'Save entry' }).click();
  await search(page, '4321');
  await expectFound(page, 1);
  await expect(itemWith(laptop.page, words)).toContainText('4,321 kcal');

  await turnProtection(laptop.page, 'on');
  await expectFound(page, 0);
  await expect(entryWith(page, words)).toHaveCount(0);
  await search(page, words);
  await expectFound(page, 1);
  await openPrint(page);
  await expect(page.getByRole('article', { name: 'Journal' })).toContainText(words);
  await expect(page.getByRole('article', { name: 'Journal' })).not.toContainText(/\d\s(kcal|kg|g)\b/);
  await goTo(page, 'More');
  await expect(page.getByText('and are not in the file')).toBeVisible();
  const own = await saveEverything(page);
  expect(own['records/journalEntry.json']).toContain(words);
  for (const text of Object.values(own)) expect(text).not.toMatch(/energyKcal|portionG|weightKg|4321/);
  expect(JSON.parse(own['export.json'] ?? '')).toMatchObject({ isPartial: true });

  await search(laptop.page, '4321');
  await expectFound(laptop.page, 1);
  const all = await saveEverything(laptop.page, { asStaff: true });
  expect(all['records/journalEntry.json']).toMatch(/"energyKcal":4321/);
  expect(all['records/contact.json']).toContain('"rows":[');
  const chart = new URL(laptop.page.url()).pathname;
  await openPrint(laptop.page);
  await expect(laptop.page.getByRole('article', { name: 'Journal' })).toContainText(BEN);
  await expect(laptop.page.getByRole('article', { name: 'Journal' })).toContainText('4,321 kcal');

  const other = await deviceOf(okafor);
  await other.visit(`${chart}/print`);
  await unlock(other.page);
  await expect(statusLine(other.page)).toHaveText('Up to date');
  await expect(other.page.getByRole('heading', { name: 'Print the journal' })).toBeVisible();
  await expect(other.page.getByText('The journal is open to the care team only.')).toBeVisible();
  await expect(other.page.getByRole('article', { name: 'Journal' })).toBeHidden();
});

test('one chart’s search is not another’s', async ({ deviceOf }) => {
  const words = marker('Nur hier');
  const phone = await deviceOf(ana);
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Reflection', words);
  const { page } = await deviceOf(lee);
  await expect(itemWith(page, words)).toBeVisible();
  await openChart(page, ANA);
  await search(page, words);
  await expectFound(page, 1);
  await openChart(page, BEN);
  await expect(page.getByRole('searchbox', { name: 'Search the journal' })).toHaveValue('');
  await search(page, words);
  await expectFound(page, 0);
});
