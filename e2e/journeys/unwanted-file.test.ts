import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, saveEntry, typeEntry } from '../pages/journal.ts';
import { choosePhoto, phonePicture, photosIn } from '../pages/photos.ts';
import { ana, lee, okafor } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a photo that the practice has no room for, or that is none, is said so to whom it concerns, and nobody waits for it', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(420_000);
  const [first, second] = [marker('First plate'), marker('Second plate')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const makeRoom = await server.fillChart('ana');
  await goTo(phone.page, 'Journal');
  for (const words of [first, second]) {
    await typeEntry(phone.page, 'Food', words);
    await choosePhoto(phone.page, await phonePicture(phone.page, { width: 800, height: 600 }));
    await expect(photosIn(phone.page)).toHaveCount(1);
    await saveEntry(phone.page);
  }
  // The words have gone, and say that there is more to come.
  await expect(itemWith(laptop.page, first)).toContainText('The photo is on its way');
  await notSentLink(phone.page, 2).click();
  const list = phone.page.getByRole('list', { name: 'Not sent yet' }).getByRole('listitem');
  await expect(list).toHaveCount(2);
  for (const row of [list.first(), list.last()]) {
    await expect(row).toContainText('Photo');
    await expect(row).toContainText(/\d kB · The practice has no more room for files at the moment/);
  }
  const downloading = phone.page.waitForEvent('download');
  await list.first().getByRole('button', { name: 'Save to this device' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^interlude-\d{4}-\d{2}-\d{2}\.jpg$/);
  const saved = await readFile(await download.path());
  expect([saved.subarray(0, 3).toString('hex'), saved.length > 1000]).toEqual(['ffd8ff', true]);

  // Asked first; whoever closes the question has discarded nothing.
  await list.first().getByRole('button', { name: 'Discard this photo' }).click();
  const dialog = phone.page.getByRole('dialog', { name: 'Discard this photo' });
  await expect(dialog).toContainText('cannot be brought back');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(list).toHaveCount(2);
  await list.first().getByRole('button', { name: 'Discard this photo' }).click();
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(list).toHaveCount(1);
  await makeRoom();
  await list.getByRole('button', { name: 'Try once more' }).click();
  await expect(notSentLink(phone.page)).toBeHidden();
  await expect(statusLine(phone.page)).toHaveText('Up to date');

  const items = [first, second].map((words) => itemWith(laptop.page, words));
  const gone = 'This photo was discarded before it was sent. It will not come.';
  const goneIn = laptop.page.getByRole('main').getByRole('listitem').filter({ hasText: gone });
  await expect(goneIn.first()).toBeVisible();
  // The other one is on its way until the laptop has fetched it.
  const there = async () => (await Promise.all(items.map((item) => photosIn(item).count()))).toSorted((a, b) => a - b);
  await expect.poll(there).toEqual([0, 1]);
  await goTo(phone.page, 'Journal');
  const kept = [first, second].map((words) => entryWith(phone.page, words));
  await expect(phone.page.getByText('You discarded this photo. It was not sent.')).toHaveCount(1);
  for (const entry of kept) await expect(entry).not.toContainText('not sent yet');
  const other = await deviceOf(okafor);
  for (const words of [first, second]) {
    const { content } = (await server.fieldsWith(words)) as { content: { media: { id: string }[] } };
    expect(other.traffic.got.join('\n')).not.toContain(content.media[0]?.id);
  }

  // What a changed app sends as a photo is refused after a look, and its readers are told that it was.
  const third = marker('No photo at all');
  await laptop.goOffline();
  await goTo(phone.page, 'Journal');
  await typeEntry(phone.page, 'Food', third);
  const picture = await phonePicture(phone.page, { width: 800, height: 600 });
  await phone.page.evaluate(() => {
    HTMLCanvasElement.prototype.toBlob = (give) => give(new Blob(['MZ: run me'], { type: 'image/jpeg' }));
  });
  await choosePhoto(phone.page, picture);
  await expect(phone.page.getByRole('img', { name: /This photo cannot be shown/ })).toBeVisible();
  await saveEntry(phone.page);
  await expect.poll(async () => (await server.rowsWith(third)).rows).toBeGreaterThan(0);
  const { content } = (await server.fieldsWith(third)) as {
    content: { media: { id: string; thumb: { id: string } }[] };
  };
  const ids = content.media.flatMap(({ id, thumb }) => [id, thumb.id]);
  expect(ids).toHaveLength(2);
  // Looked at by a job, within a minute or two.
  const statuses = () => statusesOf(phone.page, ids);
  await expect.poll(statuses, { timeout: 150_000, intervals: [2000] }).toEqual([422, 422]);

  await laptop.goOnline();
  const refused = 'This file was refused: it is no photo or voice note.';
  await expect(itemWith(laptop.page, third)).toContainText(refused);
  await expect(photosIn(itemWith(laptop.page, third))).toHaveCount(0);
  await itemWith(laptop.page, third).getByRole('link').first().click();
  await laptop.page.getByRole('button', { name: 'Open photo 1' }).click();
  await expect(laptop.page.getByRole('dialog', { name: 'Photo 1 of 1' })).toContainText(refused);
  // Who may not read the entry is told nothing of it, not even that.
  expect(await statusesOf(other.page, ids)).toEqual([404, 404]);
  expect(other.traffic.got.join('\n')).not.toContain(ids[0]);
});

/** What the server says now, whatever the browser has kept of it. */
async function statusesOf(page: Page, ids: readonly string[]): Promise<number[]> {
  const paths = ids.map((id) => `/api/files/harbor-care/${id}`);
  return page.evaluate(
    (asked) => Promise.all(asked.map(async (path) => (await fetch(path, { cache: 'no-store' })).status)),
    paths,
  );
}
