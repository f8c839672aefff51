import { messageWith, openConversation, openConversationOf, say } from '../pages/chat.ts';
import { goTo } from '../pages/frame.ts';
import { ana, ben, lee, okafor, support } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a client is welcomed once; while her provider is away she sees it before she sends, and has one answer', async ({
  deviceOf,
}) => {
  const [away, first, second, third, stoodIn] = [
    marker('Back on the 20th, Dr. Okafor helps until then'),
    marker('Are you there'),
    marker('Hello again'),
    marker('And now'),
    marker('I answer for her'),
  ];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const colleague = await deviceOf(okafor);
  await openConversation(phone.page, 'Care team');
  const log = phone.page.getByRole('log');
  await expect(log.getByText('Welcome. Here you and your care team write to each other')).toHaveCount(1);
  await expect(messageWith(phone.page, 'Welcome. Here you')).toContainText('Automatic');
  await expect(phone.page.getByText('Dr. Lee is away')).toHaveCount(0);

  await goTo(laptop.page, 'Settings');
  await laptop.page.getByRole('link', { name: 'When I am away' }).click();
  await laptop.page.getByRole('checkbox', { name: /^Tell clients when I am away/ }).check();
  await laptop.page.getByRole('checkbox', { name: 'I am away for a time' }).check();
  await laptop.page.getByRole('button', { name: 'Save' }).click();
  await expect(laptop.page.getByText('Say from when.')).toBeVisible();
  await laptop.page.getByRole('textbox', { name: 'From' }).fill('2026-01-05T08:00');
  await laptop.page.getByRole('textbox', { name: 'What clients are told' }).fill(away);
  await laptop.page.getByRole('button', { name: 'Save' }).click();
  await expect(laptop.page.getByText('Saved')).toBeVisible();

  // By what is on the device: without a network too.
  await expect(phone.page.getByText('Dr. Lee is away.')).toBeVisible();
  await phone.goOffline();
  await goTo(phone.page, 'Journal');
  await openConversation(phone.page, 'Care team');
  await expect(phone.page.getByText('Dr. Lee is away.')).toBeVisible();
  await expect(phone.page.getByRole('main').getByText(away).first()).toBeVisible();
  await say(phone.page, first);
  await phone.goOnline();
  await expect(messageWith(phone.page, away)).toContainText('Dr. Lee');
  await expect(messageWith(phone.page, away)).toContainText('Automatic');
  await say(phone.page, second);
  await expect(messageWith(phone.page, second)).toContainText(/Sent|They have it|Seen by/);

  // She still waits for a person; another provider's clients are told nothing.
  await goTo(laptop.page, 'Chat');
  const row = laptop.page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: 'Care team' })
    .filter({ hasText: 'Ana Torres' });
  await row.getByRole('link').click();
  await expect(messageWith(laptop.page, second)).toBeVisible();
  await expect(messageWith(laptop.page, away)).toContainText('Automatic');
  await goTo(colleague.page, 'Settings');
  await colleague.page.getByRole('link', { name: 'When I am away' }).click();
  await expect(colleague.page.getByRole('checkbox', { name: /^Tell clients when I am away/ })).not.toBeChecked();
  await expect(colleague.page.getByText(away)).toHaveCount(0);

  // Off wins.
  await goTo(laptop.page, 'Settings');
  await laptop.page.getByRole('link', { name: 'When I am away' }).click();
  await laptop.page.getByRole('checkbox', { name: /^Tell clients when I am away/ }).uncheck();
  await laptop.page.getByRole('button', { name: 'Save' }).click();
  await expect(phone.page.getByText('Dr. Lee is away.')).toHaveCount(0);
  await say(phone.page, third);
  await expect(messageWith(phone.page, third)).toContainText(/Sent|They have it|Seen by/);
  await openConversation(phone.page, 'Front desk');
  await expect(log.getByText('Automatic')).toHaveCount(0);
  await openConversation(phone.page, 'Care team');
  await expect(messageWith(phone.page, third)).toBeVisible();
  await expect(log.getByText(away)).toHaveCount(1);
  await expect(log.getByText('Automatic')).toHaveCount(2);

  // Somebody stands in: asked, accepted, and for that time alone.
  const covered = colleague.page.getByRole('main').getByText('Cover for Dr. Lee').first();
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);
  await goTo(laptop.page, 'Settings');
  await laptop.page.getByRole('link', { name: 'Absence and cover' }).click();
  await laptop.page.getByRole('combobox', { name: 'Who stands in' }).selectOption('Dr. Okafor');
  await laptop.page.getByRole('textbox', { name: 'From' }).fill(day(-1));
  await laptop.page.getByRole('textbox', { name: 'Until' }).fill(day(2));
  await laptop.page.getByRole('button', { name: 'Ask', exact: true }).click();
  await goTo(colleague.page, 'Inbox');
  await expect(colleague.page.getByText('Dr. Lee asks you to stand in')).toBeVisible();
  await expect(covered).toHaveCount(0);
  await colleague.page.getByRole('button', { name: 'I stand in' }).click();
  await expect(phone.page.getByText('Dr. Okafor answers meanwhile')).toBeVisible();
  await expect(covered).toBeVisible();
  await openConversationOf(colleague.page, 'Ana Torres', 'Care team');
  await say(colleague.page, stoodIn);
  await expect(messageWith(phone.page, stoodIn)).toContainText('covering for Dr. Lee');
  await laptop.page.getByRole('button', { name: 'I am back' }).click();
  await expect(phone.page.getByText('Dr. Okafor answers meanwhile')).toHaveCount(0);
  await expect(colleague.page.getByText('There is nothing at this address for you.')).toBeVisible();
  await expect(colleague.page.getByText(stoodIn)).toHaveCount(0);
  await expect(messageWith(phone.page, stoodIn)).toContainText('covering for Dr. Lee');
});

test('one text goes to many, each alone; undone in its minute nobody has it, and a front desk never sees it', async ({
  deviceOf,
}) => {
  // A minute of it is the one in which it can be undone.
  test.setTimeout(240_000);
  const [never, sent] = [marker('Never to be sent'), marker('The practice is closed on Friday')];
  const { page } = await deviceOf(lee);
  await goTo(page, 'Settings');
  await page.getByRole('link', { name: 'Write to many' }).click();
  const box = page.getByRole('textbox', { name: 'Message' });
  const confirm = async () => {
    await page.getByRole('button', { name: 'What will happen' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('This message goes to 2 clients');
    await expect(dialog).toContainText('Ana Torres');
    await expect(dialog).toContainText('Ben Cole');
    await dialog.getByRole('button', { name: 'Send in one minute' }).click();
  };
  await page.getByRole('button', { name: 'What will happen' }).click();
  await expect(page.getByText('Write something first.')).toBeVisible();
  // Typed, left, and found again.
  await box.fill(never);
  await goTo(page, 'Clients');
  await goTo(page, 'Settings');
  await page.getByRole('link', { name: 'Write to many' }).click();
  await expect(box).toHaveValue(never);
  await page.getByRole('checkbox', { name: /Ana Torres/ }).uncheck();
  await expect(page.getByRole('heading', { name: 'Who gets it: 1 client' })).toBeVisible();
  await page.getByRole('checkbox', { name: /Ana Torres/ }).check();
  await confirm();
  const rowOf = (words: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: words });
  await expect(rowOf(never)).toContainText('Is sent at');
  await rowOf(never).getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(never)).toContainText('Undone. Nobody has got it.');
  await box.fill(sent);
  await confirm();
  // Its minute passes while the others sign in.
  const [phone, other, desk] = [await deviceOf(ana), await deviceOf(ben), await deviceOf(support)];
  await expect(rowOf(sent)).toContainText('Sent to 2 clients', { timeout: 90_000 });

  for (const device of [phone, other]) {
    await openConversation(device.page, 'Care team');
    await expect(messageWith(device.page, sent)).toContainText('Dr. Lee');
    await expect(messageWith(device.page, sent)).toContainText('Automatic');
    await expect(device.page.getByRole('log').getByText(sent)).toHaveCount(1);
    await expect(device.page.getByText(never)).toHaveCount(0);
    await goTo(device.page, 'More');
    await expect(device.page.getByRole('link', { name: 'Write to many' })).toHaveCount(0);
  }
  await goTo(desk.page, 'Settings');
  await expect(desk.page.getByRole('link', { name: 'Welcome message' })).toBeVisible();
  await expect(desk.page.getByRole('link', { name: 'Write to many' })).toHaveCount(0);
  await goTo(desk.page, 'Chat');
  await desk.page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: 'Ana Torres' })
    .first()
    .getByRole('link')
    .click();
  await expect(desk.page.getByRole('log')).toBeVisible();
  await expect(desk.page.getByText(sent)).toHaveCount(0);
});
