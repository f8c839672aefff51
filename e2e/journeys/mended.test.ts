import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { comment, itemWith } from '../pages/inbox.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { ana, lee } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('words that came back are mended in their own form, and arrive once', async ({ deviceOf, server }) => {
  const [fromAna, refused, mended] = [marker('Ana writes'), marker('Refused'), marker('Mended')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Reflection', fromAna);
  await expect(itemWith(laptop.page, fromAna)).toBeVisible();
  await laptop.goOffline();
  await expect(statusLine(laptop.page)).toHaveText('Offline. Saved on this device.');
  await comment(laptop.page, fromAna, refused);
  await server.setTeam({ client: 'ana', provider: 'lee', member: false });
  try {
    await laptop.goOnline();
    await notSentLink(laptop.page, 1).click();
    await expect(laptop.page.getByRole('list', { name: 'Came back to you' })).toContainText(refused);
  } finally {
    await server.setTeam({ client: 'ana', provider: 'lee', member: true });
  }
  // The relation came back without a sound; what she writes now wakes his device.
  await writeEntry(phone.page, 'Mood', marker('Ana goes on'));
  await goTo(laptop.page, 'Inbox');
  await laptop.page.getByRole('radio', { name: 'All' }).check();
  await expect(itemWith(laptop.page, fromAna)).toBeVisible();

  await notSentLink(laptop.page, 1).click();
  await laptop.page.getByRole('link', { name: 'Mend it' }).click();
  const words = laptop.page.getByRole('textbox', { name: 'Comment' });
  await expect(words).toHaveValue(refused);
  await words.fill(mended);
  await laptop.page.getByRole('button', { name: 'Send comment' }).click();
  await expect(laptop.page.getByText('Everything you wrote has been sent.')).toBeVisible();
  await expect(entryWith(phone.page, fromAna)).toContainText('1 comment');
  expect(await server.rowsWith(refused)).toEqual({ rows: 0, authors: [] });
});
