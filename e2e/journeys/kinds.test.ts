// Every kind of entry: written without a network, read by the care team as it was answered, and asked as the practice wants.

import type { Page } from '@playwright/test';
import { PHONE } from '../device.ts';
import { openedStore } from '../opened-store.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { itemWith } from '../pages/inbox.ts';
import { beginEntry, entryWith, saveEntry } from '../pages/journal.ts';
import type { Kind } from '../pages/journal.ts';
import { ana, ben, lee, okafor, owner } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

interface Written {
  readonly kind: Kind;
  answer(page: Page): Promise<void>;
  /** How a reader is told. */
  readonly said: readonly string[];
}

const choose = (page: Page, question: string, answer: string) =>
  page.getByRole('radiogroup', { name: question }).getByRole('radio', { name: answer, exact: true }).check();
const number = (page: Page, question: string, answer: string) =>
  page.getByRole('spinbutton', { name: question }).fill(answer);

const WRITTEN: readonly Written[] = [
  {
    kind: 'Workout',
    async answer(page) {
      await choose(page, 'What did you do?', 'Bike');
      await number(page, 'How many minutes?', '35');
      await choose(page, 'How hard was it?', '6');
      await number(page, 'Energy used (kcal)', '210');
    },
    said: ['Bike', '35 min', 'Effort 6 of 10', '210 kcal used'],
  },
  {
    kind: 'Water',
    answer: (page) => page.getByRole('button', { name: '300 ml' }).click(),
    said: ['300 ml'],
  },
  {
    kind: 'Sleep',
    async answer(page) {
      await number(page, 'How many hours?', '7.5');
      await choose(page, 'How rested are you?', 'Rested');
      await number(page, 'How often did you wake up?', '1');
    },
    said: ['7.5 h of sleep', 'Rested', 'awake once'],
  },
  {
    kind: 'Bowel movement',
    answer: (page) => choose(page, 'Which looks most like it?', '4: smooth and soft'),
    said: ['4: smooth and soft'],
  },
  {
    kind: 'Medication',
    async answer(page) {
      await page.getByRole('textbox', { name: 'Which medicine?' }).fill('Sertraline 50 mg');
      await choose(page, 'Did you take it?', 'Later');
    },
    said: ['Sertraline 50 mg', 'Later'],
  },
  {
    kind: 'Urge',
    async answer(page) {
      await choose(page, 'How strong is the urge?', '7');
      await choose(page, 'Did you act on it?', 'No');
    },
    said: ['Urge 7 of 10', 'Did not act on it'],
  },
  {
    kind: 'Symptom',
    answer: (page) => choose(page, 'How strong is it?', '8'),
    said: ['8 of 10'],
  },
  {
    kind: 'Mood',
    answer: (page) => choose(page, 'How do you feel?', 'Good'),
    said: ['Good'],
  },
];

test('entries of every kind are written without a network, and read as they were answered; a meal is repeated with a tap', async ({
  deviceOf,
}) => {
  const phone = await deviceOf(ana, { viewport: PHONE });
  const laptop = await deviceOf(lee);
  await phone.goOffline();
  await goTo(phone.page, 'Journal');
  const written = WRITTEN.map((one) => ({ ...one, words: marker(one.kind) }));
  for (const { kind, answer, words } of written) {
    await beginEntry(phone.page, kind);
    await answer(phone.page);
    await phone.page.getByRole('textbox', { name: 'Entry' }).fill(words);
    await saveEntry(phone.page);
  }
  await expect(notSentLink(phone.page, written.length)).toBeVisible();
  await phone.goOnline();
  for (const { words, said } of written) {
    for (const answer of said) {
      await expect(entryWith(phone.page, words)).toContainText(answer);
      await expect(itemWith(laptop.page, words)).toContainText(answer);
    }
  }

  const { page } = phone;
  const meal = marker('Bean stew');
  await beginEntry(page, 'Food');
  await choose(page, 'Which meal?', 'Dinner');
  await page.getByRole('textbox', { name: 'Entry' }).fill(meal);
  await saveEntry(page);
  await beginEntry(page, 'Food');
  await page.getByRole('button', { name: meal }).click();
  await expect(
    page.getByRole('radiogroup', { name: 'Which meal?' }).getByRole('radio', { name: 'Dinner' }),
  ).toBeChecked();
  await saveEntry(page);
  await expect(entryWith(page, meal)).toHaveCount(2);
});

test('what the practice decides is what is asked, also where there was no network, and hidden answers stay hidden', async ({
  deviceOf,
}) => {
  const [question, score, answer] = [marker('Who was there'), marker('Score'), marker('My sister')];
  const office = await deviceOf(owner);
  const phone = await deviceOf(ana, { viewport: PHONE });
  const bens = await deviceOf(ben, { viewport: PHONE });
  const laptop = await deviceOf(lee);
  const elsewhere = await deviceOf(okafor);
  await expect(laptop.page.getByRole('link', { name: 'Journal forms' })).toBeHidden();

  await office.goOffline();
  await goTo(office.page, 'Journal forms');
  await office.page.getByRole('checkbox', { name: 'Water' }).uncheck();
  await office.page.getByRole('button', { name: 'Edit: Sleep' }).click();
  await office.page.getByRole('checkbox', { name: 'How often did you wake up?' }).uncheck();
  await addQuestion(office.page, question, {});
  await addQuestion(office.page, score, { is: 'A number', sensitive: true });
  await office.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(office.page.getByRole('checkbox', { name: 'Water' })).not.toBeChecked();
  await office.goOnline();
  await expect(statusLine(office.page)).toHaveText('Up to date');

  for (const { page } of [phone, bens]) {
    await goTo(page, 'Journal');
    await page.getByRole('main').getByRole('button', { name: 'New entry' }).click();
    await expect(page.getByRole('main').getByRole('button', { name: 'Water', exact: true })).toBeHidden();
    await page.getByRole('main').getByRole('button', { name: 'Sleep', exact: true }).click();
    await expect(page.getByRole('spinbutton', { name: 'How often did you wake up?' })).toBeHidden();
  }
  await phone.page.getByRole('textbox', { name: question }).fill(answer);
  await phone.page.getByRole('spinbutton', { name: score }).fill('4321');
  await saveEntry(phone.page);
  await expect(bens.page.getByRole('textbox', { name: question })).toBeVisible();
  await expect(bens.page.getByRole('spinbutton', { name: score })).toBeHidden();
  await expect(itemWith(laptop.page, answer)).toContainText(new RegExp(`${score}.{0,3}: .?4,321`));

  expect(await openedStore(elsewhere.page)).not.toContain(answer);
  expect(await openedStore(bens.page)).not.toContain(answer);
});

async function addQuestion(
  page: Page,
  label: string,
  { is, sensitive = false }: { is?: string; sensitive?: boolean },
): Promise<void> {
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByRole('textbox', { name: 'Question', exact: true }).fill(label);
  if (is !== undefined) await page.getByRole('combobox', { name: 'Kind of answer' }).selectOption(is);
  if (sensitive) await page.getByRole('checkbox', { name: /Keep answers from protected clients/ }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
}
