import type { Page } from '@playwright/test';
import type { Device } from '../device.ts';
import { openedStore } from '../opened-store.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { unlock } from '../pages/front.ts';
import { itemWith, pressOn, walkTo } from '../pages/inbox.ts';
import { entryWith, openEntry, typeEntry, writeEntry } from '../pages/journal.ts';
import { ana, lee } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

/** Names of what only staff have, as rows and answers would say them. */
const OF_STAFF = /"(task|journalNoReply|journalSnooze)"/;
const AT_A_GLANCE = /^Mark \d+ as seen$/;

test('a provider clears what a client wrote by keyboard, offline, and she has of it what is hers', async ({
  deviceOf,
}) => {
  const [praise, answer, watch, plain, later, risk] = [
    marker('Walked to work'),
    marker('Soup at noon'),
    marker('Dizzy again'),
    marker('Nothing new today'),
    marker('About the holidays'),
    marker('Some days I want to die, and'),
  ];
  const [reply, note] = [marker('Soup sounds good'), marker('Call her before noon')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await phone.goOffline();
  await goTo(phone.page, 'Journal');
  for (const words of [praise, answer, watch, plain, later]) await writeEntry(phone.page, 'Reflection', words);
  // Who writes crisis words is shown whom to call, at once and without a network.
  await typeEntry(phone.page, 'Reflection', plain);
  const call = phone.page.getByRole('main').getByRole('link', { name: /988/ });
  await expect(call).toBeHidden();
  await phone.page.getByRole('textbox', { name: 'Entry' }).fill(risk);
  await expect(call).toHaveAttribute('href', 'tel:988');
  await phone.page.getByRole('button', { name: 'Save entry' }).click();
  await expect(phone.page.getByText(/^Saved on this device\./).first()).toBeVisible();
  await writeMood(phone.page, 'Good');
  await phone.goOnline();
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  for (const words of [praise, risk]) await expect(itemWith(laptop.page, words)).toBeVisible();
  // What holds crisis words came in last and stands first once the list is sorted anew; it only sorts, and says so.
  await laptop.page.reload();
  await unlock(laptop.page);
  await expect(laptop.page.locator('[data-entry]').first()).toContainText(risk);
  await expect(itemWith(laptop.page, risk)).toContainText('Crisis words');

  await laptop.goOffline();
  const { page } = laptop;
  // A key that is held writes once: it is still there after what was written next.
  await walkTo(page, praise);
  await page.keyboard.down('1');
  await expect(itemWith(page, praise)).toContainText('I’m with you');
  await page.keyboard.down('1');
  await page.keyboard.up('1');
  await page.keyboard.press('n');
  await expect(itemWith(page, praise)).toContainText('No reply needed');
  await expect(itemWith(page, praise)).toContainText('I’m with you');
  await page.keyboard.press('u');
  await expect(itemWith(page, praise)).not.toContainText('No reply needed');
  await pressOn(page, answer, 'r');
  await expect(page.getByRole('textbox', { name: 'Comment' })).toBeFocused();
  await page.keyboard.type(`${reply} e n f z 1`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(itemWith(page, answer)).toContainText('Commented');
  await pressOn(page, watch, 'f');
  await expect(page.getByRole('dialog', { name: 'Flag this entry' })).toContainText(/Ana.*Born/s);
  await expect(page.getByRole('textbox', { name: 'What is to be done?' })).toBeFocused();
  await page.keyboard.type(note);
  await page.keyboard.press('Enter');
  await expect(itemWith(page, watch)).toContainText('Flagged');
  await pressOn(page, plain, 'n');
  await expect(itemWith(page, plain)).toContainText('No reply needed');
  await pressOn(page, risk, 'z');
  await expect(page.getByText('An entry with crisis words is not snoozed.')).toBeVisible();
  await pressOn(page, later, 'z');
  await expect(itemWith(page, later)).toContainText('Snoozed until');

  // Seen by mistake, and taken back.
  await pressOn(page, risk, 'e');
  await expect(itemWith(page, risk)).not.toContainText('Unseen');
  await page.keyboard.press('u');
  await expect(itemWith(page, risk)).toContainText('Unseen');

  await page.getByRole('button', { name: AT_A_GLANCE }).first().press('Enter');
  await expect(page.getByText(/entr(y|ies) marked as seen\. Left out: .*1 with crisis words/)).toBeVisible();
  // The whole batch is taken back at once, and done again.
  await page.keyboard.press('u');
  await expect(page.getByText('Undone.').first()).toBeVisible();
  await page.getByRole('button', { name: AT_A_GLANCE }).first().press('Enter');
  await expect(page.getByText(/entr(y|ies) marked as seen\. Left out/)).toBeVisible();
  const task = page.getByRole('list', { name: 'Tasks' }).getByRole('listitem').filter({ hasText: note });
  await expect(task).toContainText(/Ana.*Born/s);
  await expect(notSentLink(page)).toBeVisible();
  await laptop.goOnline();
  await expect(statusLine(page)).toHaveText('Up to date');

  await expect(entryWith(phone.page, praise)).toContainText('I’m with you');
  for (const words of [praise, answer, plain]) await expect(entryWith(phone.page, words)).toContainText('Seen');
  for (const words of [watch, later, risk]) await expect(entryWith(phone.page, words)).toContainText('Not read yet');
  await openEntry(phone.page, praise);
  await expect(phone.page.getByRole('main')).toContainText(/I’m with you.*Lee/s);
  await goTo(phone.page, 'Journal');
  await openEntry(phone.page, answer);
  await expect(phone.page.getByText(reply)).toBeVisible();
  await expectNothingOfStaff(phone, note);

  // What is done goes from the list, and comes back when that is undone.
  await task.getByRole('button', { name: 'Done' }).click();
  await expect(task).toBeHidden();
  await page.getByText('Done.').locator('..').getByRole('button', { name: 'Undo' }).click();
  await expect(task).toBeVisible();
  await expect(statusLine(page)).toHaveText('Up to date');
  await expectNothingOfStaff(phone, note);
});

test('a client who does not want to be told is not, and what comes in while her provider writes leaves his words alone', async ({
  deviceOf,
}) => {
  const words = marker('Not to be told');
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await goTo(phone.page, 'More');
  const choices = phone.page.getByRole('radiogroup', { name: 'When your care team sees what you write' });
  await expect(choices.getByRole('radio', { name: 'Tell me when it was seen' })).toBeChecked();
  await choices.getByRole('radio', { name: 'Never tell me' }).check();
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Reflection', words);
  await expect(entryWith(phone.page, words)).toContainText('They have it');
  await expect(entryWith(phone.page, words)).not.toContainText('Not read yet');

  await expect(laptop.page.getByText('This client does not want to be told when an entry was seen.')).toBeVisible();
  await pressOn(laptop.page, words, 'e');
  await expect(itemWith(laptop.page, words)).toContainText('Seen');
  await expect(statusLine(laptop.page)).toHaveText('Up to date');
  await expect.poll(async () => (await openedStore(phone.page)).some((row) => isReviewOf(row.text, words))).toBe(true);
  await openEntry(phone.page, words);
  await expect(phone.page.getByRole('main')).toContainText('They have it');
  await expect(phone.page.getByRole('main')).not.toContainText(/Seen/);

  // Told from now on, also of what was seen before.
  await goTo(phone.page, 'More');
  await choices.getByRole('radio', { name: 'Tell me when it was seen' }).check();
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await goTo(phone.page, 'Journal');
  await expect(entryWith(phone.page, words)).toContainText('Seen');

  const [first, later, reply] = [marker('Ana writes'), marker('I want to die'), marker('An answer half')];
  await writeEntry(phone.page, 'Reflection', first);
  await expect(itemWith(laptop.page, first)).toBeVisible();
  await pressOn(laptop.page, first, 'r');
  const box = laptop.page.getByRole('textbox', { name: 'Comment' });
  await expect(box).toBeFocused();
  await laptop.page.keyboard.type(reply);
  await writeEntry(phone.page, 'Reflection', later);
  await expect(itemWith(laptop.page, later)).toBeVisible();
  await expect(box).toHaveValue(reply);
  await expect(box).toBeFocused();
});

async function writeMood(page: Page, face: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'New entry' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Mood' }).click();
  await page.getByRole('radio', { name: face, exact: true }).check();
  await page.getByRole('button', { name: 'Save entry' }).click();
  await expect(page.getByText(/^Saved on this device\./).first()).toBeVisible();
}

/** Not in what she stores, and not in what has come to her. */
async function expectNothingOfStaff({ page, traffic }: Device, note: string): Promise<void> {
  const stored = await openedStore(page);
  expect(stored.some(({ text }) => text.includes('"reaction"'))).toBe(true);
  expect(stored.filter(({ text }) => text.includes(note) || OF_STAFF.test(text))).toEqual([]);
  await traffic.settled();
  const got = traffic.got.filter((text) => text.startsWith('{'));
  expect(got.some((text) => text.includes('journalReaction'))).toBe(true);
  expect(got.filter((text) => text.includes(note) || OF_STAFF.test(text))).toEqual([]);
}

function isReviewOf(text: string, words: string): boolean {
  return text.includes('"wording"') && !text.includes(words);
}
