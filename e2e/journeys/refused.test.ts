import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { comment, itemWith } from '../pages/inbox.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { ana, ben, lee } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('what the practice refuses comes back with its words, and the rest goes through', async ({ deviceOf, server }) => {
  const [fromAna, fromBen] = [marker('Ana writes'), marker('Ben writes')];
  const [refused, taken] = [marker('To Ana'), marker('To Ben')];
  const phone = await deviceOf(ana);
  const other = await deviceOf(ben);
  const laptop = await deviceOf(lee);
  for (const [{ page }, words] of [
    [phone, fromAna],
    [other, fromBen],
  ] as const) {
    await goTo(page, 'Journal');
    await writeEntry(page, 'Reflection', words);
    await expect(itemWith(laptop.page, words)).toBeVisible();
  }

  await laptop.goOffline();
  await expect(statusLine(laptop.page)).toHaveText('Offline. Saved on this device.');
  await comment(laptop.page, fromAna, refused);
  await comment(laptop.page, fromBen, taken);
  await expect(notSentLink(laptop.page, 2)).toBeVisible();
  await server.setTeam({ client: 'ana', provider: 'lee', member: false });
  try {
    await laptop.goOnline();
    await notSentLink(laptop.page, 1).click();
    const back = laptop.page.getByRole('list', { name: 'Came back to you' });
    await expect(back.getByRole('listitem')).toHaveCount(1);
    await expect(back).toContainText(refused);
    await expect(laptop.page.getByText(taken)).toBeHidden();
    await expect(statusLine(laptop.page)).toHaveText('Up to date');

    await expect(entryWith(other.page, fromBen)).toContainText('1 comment');
    await expect(entryWith(phone.page, fromAna)).toBeVisible();
    await expect(entryWith(phone.page, fromAna)).not.toContainText('comment');
    expect(await server.rowsWith(refused)).toEqual({ rows: 0, authors: [] });
    // Ana's chart has left his device, and nothing that she writes from now on reaches it.
    const later = marker('After he left');
    await writeEntry(phone.page, 'Mood', later);
    await expect(entryWith(phone.page, later)).toContainText('Sent');
    await goTo(laptop.page, 'Inbox');
    await laptop.page.getByRole('radio', { name: 'All' }).check();
    await expect(itemWith(laptop.page, fromBen)).toBeVisible();
    await expect(laptop.page.getByText(fromAna)).toBeHidden();
    await laptop.traffic.settled();
    expect(laptop.traffic.got.join('\n')).not.toContain(later);
  } finally {
    await server.setTeam({ client: 'ana', provider: 'lee', member: true });
  }
});
