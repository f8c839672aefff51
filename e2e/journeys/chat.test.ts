import type { Page } from '@playwright/test';
import { messageWith, openConversation, say, takeBack } from '../pages/chat.ts';
import { goTo, statusLine } from '../pages/frame.ts';
import { lockByHand, unlock } from '../pages/front.ts';
import { ana, cara, lee, owner, support } from '../people.ts';
import { marker } from '../traces.ts';
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

test('on a narrow phone one begins where one writes; a message that was not sent is given up, and what is typed outlives a lock', async ({
  deviceOf,
}) => {
  const [said, never, typed] = [marker('It was a long day'), marker('Better not'), marker('I wanted to say')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const { page } = phone;
  await openConversation(page, 'Care team');
  for (let i = 0; i < 6; i++) await say(page, `${said} ${i}`);
  await expect(messageWith(page, `${said} 5`)).toContainText(/Sent|They have it|Seen by/);
  await goTo(page, 'Journal');
  await openConversation(page, 'Care team');
  const box = page.getByRole('textbox', { name: 'Message' });
  await expect(box).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: 'Send' })).toBeInViewport({ ratio: 1 });
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
  await page.getByRole('button', { name: 'Send' }).click();

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

test('what was not shown stays unread', async ({ deviceOf }) => {
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
});

/** The number of the newest of so many messages that is said to be seen; -1 where none is. */
async function lastSeenOf(page: Page, words: string, count: number): Promise<number> {
  for (let i = count - 1; i >= 0; i--) {
    if ((await messageWith(page, `${words} ${i}.`).innerText()).includes('Seen by Dr. Lee')) return i;
  }
  return -1;
}
