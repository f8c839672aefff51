import { messageWith, openConversation, say } from '../pages/chat.ts';
import { goTo, statusLine } from '../pages/frame.ts';
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
  await messageWith(phone.page, second).getByRole('button', { name: 'Take back' }).click();
  await phone.page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
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
