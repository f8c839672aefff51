import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  answer,
  correct,
  foundIn,
  messageWith,
  openConversation,
  openConversationOf,
  quoteIn,
  say,
  searchMessages,
  takeBack,
} from '../pages/chat.ts';
import { goTo, statusLine } from '../pages/frame.ts';
import { lockByHand, unlock } from '../pages/front.ts';
import { choosePhoto, phonePicture, photosIn } from '../pages/photos.ts';
import { beginVoice, endVoice, hear, voicesIn } from '../pages/voice.ts';
import { ana, cara, lee, okafor, owner, support } from '../people.ts';
import { marker, placesOf } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a client and her care team talk over three devices, with and without a network', async ({ deviceOf }) => {
  const [first, second, answer] = [
    marker('I slept badly'),
    marker('And woke at four'),
    marker('Thank you for telling me'),
  ];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const tablet = await deviceOf(ana);
  await phone.goOffline();
  await openConversation(phone.page, 'Care team');
  await expect(phone.page.getByText('Not sent. Nobody can see this yet.')).toBeVisible();
  await expect(phone.page.getByRole('main').getByRole('link', { name: /988/ })).toBeVisible();
  await say(phone.page, first);
  await expect(messageWith(phone.page, first)).toContainText('On this device');
  await expect(phone.page.getByRole('textbox', { name: 'Message' })).toHaveValue('');
  await phone.goOnline();
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await expect(messageWith(phone.page, first)).toContainText(/Sent|They have it|Seen by/);

  await goTo(laptop.page, 'Chat');
  const row = laptop.page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: 'Care team' })
    .filter({ hasText: 'Ana Torres' });
  await expect(row).toContainText('new message');
  await row.getByRole('link').click();
  await expect(messageWith(laptop.page, first)).toBeVisible();
  await expect(laptop.page.getByRole('main')).toContainText(/Ana Torres.*Born/s);
  await expect(messageWith(phone.page, first)).toContainText('Seen by Dr. Lee');
  await laptop.goOffline();
  await say(laptop.page, answer, 'keys');
  await expect(messageWith(laptop.page, answer)).toContainText('On this device');
  await say(phone.page, second);
  await expect(messageWith(phone.page, second)).toContainText(/Sent|They have it|Seen by/);
  await laptop.goOnline();
  for (const { page } of [phone, laptop]) {
    for (const words of [first, second, answer]) await expect(messageWith(page, words)).toBeVisible();
  }

  await goTo(tablet.page, 'Chat');
  await expect(tablet.page.getByRole('main').getByRole('listitem').filter({ hasText: 'Care team' })).toContainText(
    'Dr. Lee',
  );
  await openConversation(tablet.page, 'Care team');
  for (const words of [first, second, answer]) await expect(messageWith(tablet.page, words)).toBeVisible();

  await messageWith(tablet.page, answer).getByRole('button', { name: 'React' }).click();
  await tablet.page.getByRole('button', { name: 'Thank you' }).click();
  await expect(messageWith(laptop.page, answer)).toContainText('Thank you, Ana Torres');
  await takeBack(phone.page, second);
  await expect(tablet.page.getByRole('log').getByText(second)).toHaveCount(0);
  await expect(tablet.page.getByRole('log').getByText('Taken back')).toBeVisible();
});

test('the front desk has its own thread, and never sees the other one', async ({ deviceOf }) => {
  const [question, private_, reply] = [
    marker('Can I come on Friday'),
    marker('For my team alone'),
    marker('Friday at ten is free'),
  ];
  const phone = await deviceOf(ana);
  const desk = await deviceOf(support);
  await openConversation(phone.page, 'Care team');
  await say(phone.page, private_);
  await openConversation(phone.page, 'Front desk');
  await say(phone.page, question);
  await goTo(desk.page, 'Chat');
  await desk.page.getByRole('main').getByRole('listitem').filter({ hasText: 'Ana Torres' }).getByRole('link').click();
  await expect(messageWith(desk.page, question)).toBeVisible();
  await say(desk.page, reply);
  await expect(messageWith(phone.page, reply)).toContainText('Sam Rivera');
  const second = marker('Never mind');
  await say(phone.page, second);
  await expect(messageWith(desk.page, second)).toBeVisible();
  await takeBack(phone.page, second);
  await expect(desk.page.getByRole('log').getByText(second)).toHaveCount(0);
  await expect(desk.page.getByRole('log').getByText('Taken back').last()).toBeVisible();
  await expect(desk.page.getByText('What was written')).toHaveCount(0);
  for (const person of [support, owner]) {
    const device = person === support ? desk : await deviceOf(person);
    await goTo(device.page, 'Chat');
    await expect(
      device.page.getByRole('main').getByRole('listitem').filter({ hasText: 'Front desk' }).first(),
    ).toBeVisible();
    await expect(device.page.getByRole('main').getByText('Care team')).toHaveCount(0);
  }
  const guest = await deviceOf(cara);
  await goTo(guest.page, 'Chat');
  await expect(guest.page.getByRole('main').getByRole('link', { name: 'Front desk' })).toBeVisible();
  await expect(guest.page.getByRole('main').getByRole('link', { name: 'Care team' })).toHaveCount(0);
});

test('what was not shown stays unread; one begins where one writes, gives up what was not sent, and what is typed outlives a lock', async ({
  deviceOf,
}) => {
  const [words, before] = [marker('One of many'), marker('Before them')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await openConversation(phone.page, 'Care team');
  await say(phone.page, before);
  const row = laptop.page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: 'Care team' })
    .filter({ hasText: 'Ana Torres' });
  // What was there is read first, all of it on one screen.
  await goTo(laptop.page, 'Chat');
  await row.getByRole('link').click();
  await expect(messageWith(phone.page, before)).toContainText('Seen by Dr. Lee');
  await goTo(laptop.page, 'Chat');
  await expect(row).not.toContainText('new message');
  await laptop.page.setViewportSize({ width: 1280, height: 500 });

  for (let i = 0; i < 12; i++) await say(phone.page, `${words} ${i}.`);
  await expect(messageWith(phone.page, `${words} 11.`)).toContainText(/Sent|They have it/);
  await expect(row).toContainText('new messages');
  await row.getByRole('link').click();
  // It opens where the unread begins; the last is further down, and nobody has seen it.
  await expect(messageWith(laptop.page, `${words} 0.`)).toBeVisible();
  await expect(messageWith(phone.page, `${words} 11.`)).not.toContainText('Seen by');
  await goTo(laptop.page, 'Chat');
  await expect(row).toContainText(/new messages?/);
  await row.getByRole('link').click();
  await messageWith(laptop.page, `${words} 11.`).waitFor();
  // As one reads: what only flies past was not seen.
  for (let i = 0; i < 12; i++) {
    await messageWith(laptop.page, `${words} ${i}.`).scrollIntoViewIfNeeded();
    await expect.poll(() => lastSeenOf(phone.page, words, 12)).toBeGreaterThanOrEqual(i);
  }
  await expect(messageWith(phone.page, `${words} 11.`)).toContainText('Seen by Dr. Lee');
  await goTo(laptop.page, 'Chat');
  await expect(row).not.toContainText('new message');

  // On a narrow phone.
  const [said, never, typed] = [marker('It was a long day'), marker('Better not'), marker('I wanted to say')];
  const { page } = phone;
  await openConversation(page, 'Care team');
  for (let i = 0; i < 6; i++) await say(page, `${said} ${i}`);
  await expect(messageWith(page, `${said} 5`)).toContainText(/Sent|They have it|Seen by/);
  await goTo(page, 'Journal');
  await openConversation(page, 'Care team');
  const box = page.getByRole('textbox', { name: 'Message' });
  await expect(box).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeInViewport({ ratio: 1 });
  await expect(page.getByText('Ctrl + Enter sends.')).toHaveCount(0);

  await phone.goOffline();
  await say(page, never);
  await expect(messageWith(page, never)).toContainText('On this device');
  await takeBack(page, never, 'It has not left this device.');
  await expect(page.getByRole('log').getByText(never)).toHaveCount(0);
  await box.fill(typed);
  await lockByHand(page);
  await unlock(page);
  await openConversation(page, 'Care team');
  await expect(box).toHaveValue(typed);
  await phone.goOnline();
  await page.getByRole('button', { name: 'Send', exact: true }).click();

  await goTo(laptop.page, 'Chat');
  await laptop.page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: 'Care team' })
    .filter({ hasText: 'Ana Torres' })
    .getByRole('link')
    .click();
  await messageWith(laptop.page, typed).scrollIntoViewIfNeeded();
  await expect(laptop.page.getByRole('log').getByText(never)).toHaveCount(0);
  await expect(messageWith(page, typed)).toContainText('Seen by Dr. Lee');
});

test('answers, corrections, photos and voice notes made apart and without a network are there for both, and for nobody else', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(240_000);
  const [question, slip, mended] = [marker('How was lunch'), marker('I was at the liberry'), marker('At the library')];
  const [looked, spoken] = [marker('This is what I had'), marker('Well done, see https://example.org/lunch.')];
  const phone = await deviceOf(ana, { microphone: 'beeps' });
  const laptop = await deviceOf(lee, { microphone: 'beeps' });
  await openConversation(phone.page, 'Care team');
  await say(phone.page, slip);
  await openConversationOf(laptop.page, 'Ana Torres', 'Care team');
  await say(laptop.page, question);
  await expect(messageWith(phone.page, question)).toBeVisible();
  await expect(messageWith(phone.page, slip)).toContainText('Seen by Dr. Lee');

  await phone.goOffline();
  await laptop.goOffline();
  await answer(phone.page, question);
  await attachPhoto(phone.page);
  await phone.page.getByRole('textbox', { name: 'Message', exact: true }).fill(looked);
  // What stands in the form outlives a lock, with what it answers and what it shows.
  await lockByHand(phone.page);
  await unlock(phone.page);
  await openConversation(phone.page, 'Care team');
  await expect(photosIn(phone.page)).toHaveCount(1);
  await phone.page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(messageWith(phone.page, looked)).toContainText('Photo not sent yet');
  await expect(quoteIn(phone.page, looked)).toContainText(question);
  await correct(phone.page, slip, mended);
  await expect(messageWith(phone.page, mended)).toContainText('Corrected');
  await expect(phone.page.getByRole('log').getByText(slip)).toHaveCount(0);
  await answer(laptop.page, slip);
  await attachVoice(laptop.page);
  await laptop.page.getByRole('textbox', { name: 'Message', exact: true }).fill(spoken);
  await laptop.page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(messageWith(laptop.page, spoken)).toContainText('On this device');

  await phone.goOnline();
  await laptop.goOnline();
  await expect(quoteIn(phone.page, spoken)).toContainText(mended);
  await hear(voicesIn(messageWith(phone.page, spoken)));
  await expect(messageWith(phone.page, spoken).getByRole('link')).toHaveAttribute('href', 'https://example.org/lunch');
  await expect(messageWith(phone.page, mended).getByText('What it said before')).toHaveCount(0);
  await expect(photosIn(messageWith(laptop.page, looked))).toHaveCount(1);
  await messageWith(laptop.page, mended).getByText('What it said before').click();
  await expect(messageWith(laptop.page, mended).getByText(slip)).toBeVisible();
  await quoteIn(laptop.page, looked).press('Enter');
  await expect(messageWith(laptop.page, question)).toBeFocused();
  await takeBack(laptop.page, question);
  await expect(quoteIn(phone.page, looked)).toContainText('Taken back');
  await expect(phone.page.getByRole('log').getByText(question)).toHaveCount(0);

  const mine = await filesOf(server.dataDir);
  expect(mine.length).toBeGreaterThanOrEqual(3);
  const desk = await deviceOf(support);
  const other = await deviceOf(okafor);
  for (const device of [desk, other]) {
    expect(new Set(await statusesOf(device.page, mine))).toEqual(new Set([404]));
    for (const words of [looked, mended, spoken]) expect(device.traffic.got.join('\n')).not.toContain(words);
  }
  expect(new Set(await statusesOf(laptop.page, mine))).toEqual(new Set([200]));
  await openConversation(phone.page, 'Front desk');
  await attachPhoto(phone.page);
  await phone.page.getByRole('button', { name: 'Send', exact: true }).click();
  await openConversationOf(desk.page, 'Ana Torres', 'Front desk');
  await expect(photosIn(desk.page.getByRole('log'))).toHaveCount(1);
  const atDesk = (await filesOf(server.dataDir)).filter((id) => !mine.includes(id));
  expect(new Set(await statusesOf(desk.page, atDesk))).toEqual(new Set([200]));
  expect(new Set(await statusesOf(other.page, atDesk))).toEqual(new Set([404]));
});

async function attachPhoto(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Photo or voice note' }).click();
  await choosePhoto(page, await phonePicture(page, { width: 600, height: 400 }));
  await expect(photosIn(page.locator('form'))).toHaveCount(1);
}

async function attachVoice(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Photo or voice note' }).click();
  await beginVoice(page, { seconds: 2 });
  await endVoice(page);
}

/** Ids of all files that the server has. */
async function filesOf(dataDir: string): Promise<string[]> {
  const paths = await readdir(join(dataDir, 'files'), { recursive: true });
  return paths.flatMap((path) => /[0-9a-f]{64}$/.exec(path)?.[0] ?? []);
}

function statusesOf(page: Page, ids: readonly string[]): Promise<number[]> {
  const paths = ids.map((id) => `/api/files/harbor-care/${id}`);
  return page.evaluate((asked) => Promise.all(asked.map(async (path) => (await fetch(path)).status)), paths);
}

test('without a network a message is found among all conversations, and one is brought to it; a lock leaves nothing', async ({
  deviceOf,
}) => {
  test.setTimeout(240_000);
  const [walk, arabic, back] = [marker('We walked by the river'), 'نِمتُ جيِّدًا', marker('I take this back')];
  const secret = (words: string) => words.split(' ').at(-1) ?? '';
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const { page } = phone;
  await openConversation(page, 'Care team');
  for (const words of [`${arabic}. ${walk}`, back, ...Array.from({ length: 8 }, (_, i) => `Small talk ${i}`)])
    await say(page, words);
  await takeBack(page, back);
  await openConversation(page, 'Front desk');
  await say(page, `${secret(walk)} is a nice word`);
  await openConversationOf(laptop.page, 'Ana Torres', 'Care team');
  await expect(messageWith(laptop.page, walk)).toBeVisible();

  await phone.goOffline();
  await phone.visit('/chat');
  await unlock(page);
  await searchMessages(page, 'نمت جيدا');
  await expect(foundIn(page)).toHaveCount(1);
  await expect(foundIn(page).locator('mark')).toHaveText(['نِمتُ', 'جيِّدًا']);
  await searchMessages(page, secret(back));
  await expect(page.getByText('No message found')).toBeVisible();
  await searchMessages(page, secret(walk).toUpperCase());
  await expect(foundIn(page)).toHaveCount(2);
  await foundIn(page).filter({ hasText: 'Care team' }).getByRole('link').click();
  await expect(messageWith(page, walk)).toBeFocused();
  await expect(messageWith(page, walk)).toBeInViewport();
  await page.goBack();
  await expect(foundIn(page)).toHaveCount(2);

  await laptop.goOffline();
  await goTo(laptop.page, 'Chat');
  await searchMessages(laptop.page, secret(walk));
  // At the front desk her care team reads along.
  await expect(foundIn(laptop.page).filter({ hasText: 'Ana Torres' })).toHaveCount(2);
  const desk = await deviceOf(support);
  await goTo(desk.page, 'Chat');
  await searchMessages(desk.page, secret(walk));
  await expect(foundIn(desk.page)).toHaveCount(1);
  await expect(foundIn(desk.page)).toContainText('Front desk');

  await lockByHand(page);
  await unlock(page);
  await goTo(page, 'Chat');
  await expect(page.getByRole('searchbox', { name: 'Search messages' })).toHaveValue('');
  await phone.kill();
  expect(await placesOf(secret(walk), phone.profile)).toEqual([]);
  expect(await placesOf(secret(walk).toUpperCase(), phone.profile)).toEqual([]);
  expect(phone.traffic.addresses.filter((address) => address.includes(secret(walk)))).toEqual([]);
});

/** The number of the newest of so many messages that is said to be seen; -1 where none is. */
async function lastSeenOf(page: Page, words: string, count: number): Promise<number> {
  for (let i = count - 1; i >= 0; i--) {
    if ((await messageWith(page, `${words} ${i}.`).innerText()).includes('Seen by Dr. Lee')) return i;
  }
  return -1;
}
