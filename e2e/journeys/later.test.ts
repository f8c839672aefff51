import { messageWith, openConversation, openConversationOf } from '../pages/chat.ts';
import { goTo } from '../pages/frame.ts';
import { ana, lee } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a provider plans a message without a network; the client learns of it when it goes, once', async ({
  deviceOf,
}) => {
  const [words, better] = [marker('How was the first week'), marker('How was the week')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await openConversationOf(laptop.page, 'Ana Torres', 'Care team');
  await laptop.goOffline();
  await laptop.page.getByRole('textbox', { name: 'Message', exact: true }).fill(words);
  await laptop.page.getByRole('button', { name: 'Send later' }).click();
  const dialog = laptop.page.getByRole('dialog', { name: 'Send later' });
  await dialog.getByLabel('Date and time').fill('2020-01-01T09:00');
  await dialog.getByRole('button', { name: 'Plan it' }).click();
  await expect(dialog.getByText('This time has passed.')).toBeVisible();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('Date and time').fill(`${tomorrow}T09:00`);
  await dialog.getByLabel('Date and time').press('Enter');
  const planned = laptop.page.getByRole('region', { name: 'Planned here' });
  await expect(planned).toContainText(words);
  await expect(laptop.page.getByRole('textbox', { name: 'Message', exact: true })).toHaveValue('');
  await expect(planned).toContainText('Only on this device so far.');
  await laptop.goOnline();
  await expect(planned.getByText('Only on this device so far.')).toHaveCount(0);
  await openConversation(phone.page, 'Care team');
  await planned.getByRole('button', { name: 'Change' }).click();
  await laptop.page.getByRole('dialog').getByRole('textbox', { name: 'Message', exact: true }).fill(better);
  await laptop.page.getByRole('button', { name: 'Keep the change' }).click();
  await expect(planned).toContainText(better);
  await goTo(laptop.page, 'Settings');
  await laptop.page.getByRole('link', { name: 'Messages that go later' }).click();
  const row = laptop.page.getByRole('main').getByRole('listitem').filter({ hasText: better });
  await expect(phone.page.getByText(better)).toHaveCount(0);
  await row.getByRole('button', { name: 'Send now' }).click();
  await expect(messageWith(phone.page, better)).toContainText('sent later as planned');
  await expect(messageWith(phone.page, better)).toContainText('Dr. Lee');
  await expect(row).toHaveCount(0);
  await expect(phone.page.getByText(words)).toHaveCount(0);
});
