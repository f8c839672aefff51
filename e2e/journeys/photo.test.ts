import { createDecipheriv } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { notSentLink, statusLine } from '../pages/frame.ts';
import { unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, goOnWriting, typeEntry } from '../pages/journal.ts';
import { CAMERA, choosePhoto, looksOf, phonePicture, photosIn } from '../pages/photos.ts';
import { ana, lee, okafor, support, zoe } from '../people.ts';
import { openWithoutRoom } from '../storage.ts';
import { marker, placesOf } from '../traces.ts';
import { expect, test } from '../world.ts';

interface Ref {
  readonly id: string;
  readonly key: string;
}

test('a photo added without a network is shown to the care team, and is to nobody else but bytes', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(240_000);
  const words = marker('Lunch by the sea');
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const picture = await phonePicture(phone.page);
  expect(picture.includes(CAMERA)).toBe(true);
  await phone.goOffline();
  await phone.restart();
  await phone.visit('/journal');
  await unlock(phone.page);
  await typeEntry(phone.page, 'Food', words);
  await choosePhoto(phone.page, picture);
  await expect(photosIn(phone.page)).toHaveCount(1);
  await phone.page.getByRole('button', { name: 'Save entry' }).click();
  await expect(entryWith(phone.page, words)).toContainText('Photo not sent yet');
  await expect(notSentLink(phone.page, 2)).toBeVisible();
  await expectLooks(phone.page, words, 320);
  await phone.close();

  await phone.open();
  await phone.visit('/journal');
  await unlock(phone.page);
  await expectLooks(phone.page, words, 320);
  expect(await placesOf(CAMERA, phone.profile)).toEqual([]);
  await phone.goOnline();
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await expect(notSentLink(phone.page)).toBeHidden();
  await expect(entryWith(phone.page, words)).not.toContainText('Photo not sent yet');

  await expectLooks(laptop.page, words, 320);
  await itemWith(laptop.page, words).getByRole('link').first().click();
  await laptop.page.getByRole('button', { name: 'Open photo 1' }).click();
  const large = laptop.page.getByRole('dialog', { name: 'Photo 1 of 1' }).locator('img');
  expect(await looksOf(large)).toMatchObject({ width: 1600 });
  await laptop.goOffline();
  await laptop.page.reload();
  await unlock(laptop.page);
  await laptop.page.getByRole('button', { name: 'Open photo 1' }).click();
  expect(await looksOf(large)).toMatchObject({ width: 1600 });

  const refs = refsOf(await server.fieldsWith(words));
  expect(refs).toHaveLength(2);
  for (const { id, key } of refs) {
    const sealed = await storedOnServer(server.dataDir, id);
    expect([sealed.includes('JFIF'), sealed.subarray(0, 3).toString('hex')]).not.toEqual([true, 'ffd8ff']);
    const plain = opened(sealed, key);
    expect(plain.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    for (const trace of [CAMERA, 'Exif', 'MM\0*']) expect(plain.includes(trace)).toBe(false);
  }
  expect(await statusesOf(phone.page, 'harbor-care', refs)).toEqual([200, 200]);
  for (const person of [okafor, support]) {
    const other = await deviceOf(person);
    expect(await statusesOf(other.page, 'harbor-care', refs)).toEqual([404, 404]);
    for (const { key } of refs) expect(other.traffic.got.join('\n')).not.toContain(key);
  }
  const away = await deviceOf(zoe);
  expect(await statusesOf(away.page, 'harbor-care', refs)).toEqual([404, 404]);
  expect(await statusesOf(away.page, 'hillside', refs)).toEqual([404, 404]);
  for (const { key } of refs) expect(away.traffic.got.join('\n')).not.toContain(key);
});

test('photos of a draft outlive a kill, one taken out is not sent, what is no picture is refused, and a full device keeps the words', async ({
  deviceOf,
  server,
}) => {
  const words = marker('Two of three');
  const phone = await deviceOf(ana);
  await phone.goOffline();
  await phone.restart();
  await phone.visit('/journal');
  await unlock(phone.page);
  await typeEntry(phone.page, 'Reflection', words);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>');
  const script = '/*<script>alert(1)</script>*/=1';
  const polyglot = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([64, 0, 64, 0]), Buffer.from(script)]);
  const side = Buffer.from([0, 0, 0x75, 0x30]);
  const bomb = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
    ...[side, side, Buffer.from([8, 6, 0, 0, 0, 0, 0, 0, 0])],
  ]);
  const dialogs: string[] = [];
  phone.page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const [notPicture, tooLarge] = ['is not a picture that this device can read', 'This file is too large.'];
  const whole = await phonePicture(phone.page);
  for (const [buffer, name, mimeType, hasText] of [
    [svg, 'photo.svg', 'image/svg+xml', notPicture],
    // Between two that are told the same: each notice is a new one.
    [bomb, 'bomb.png', 'image/png', tooLarge],
    [svg, 'photo.jpg', 'image/jpeg', notPicture],
    // Its text stands where a GIF says its size: 10,799 × 29,500.
    [Buffer.from(`GIF89a${script}`), 'photo.gif', 'image/gif', tooLarge],
    [polyglot, 'photo.gif', 'image/gif', notPicture],
    [bomb, 'bomb.jpg', 'image/jpeg', tooLarge],
    [Buffer.from('<!doctype html><script>alert(1)</script>'), 'photo.png', 'image/png', notPicture],
    [Buffer.concat([bomb, whole]), 'photo.jpg', 'image/jpeg', tooLarge],
    // Cut off: a part of a photo is not taken for the photo.
    [whole.subarray(0, whole.length >> 1), 'half.jpg', 'image/jpeg', notPicture],
  ] as const) {
    await choosePhoto(phone.page, buffer, { name, mimeType });
    await expect(phone.page.getByRole('alert').filter({ hasText })).toBeVisible();
    await expect(photosIn(phone.page)).toHaveCount(0);
  }
  expect(dialogs).toEqual([]);
  const tall = await phonePicture(phone.page, { width: 600, height: 900 });
  // The second is chosen while the first is still being made ready.
  await choosePhoto(phone.page, whole);
  await choosePhoto(phone.page, tall);
  await expect(photosIn(phone.page)).toHaveCount(2);
  await phone.page.getByRole('button', { name: 'Remove photo 1' }).click();
  await expect(photosIn(phone.page)).toHaveCount(1);
  // Behind what is being written.
  expect(await draftsIn(phone.page)).toBe(1);
  await phone.kill();

  await phone.open();
  await phone.visit('/journal');
  await unlock(phone.page);
  await goOnWriting(phone.page, 'Reflection');
  await expect(phone.page.getByRole('textbox', { name: 'Entry' })).toHaveValue(words);
  expect(await looksOf(photosIn(phone.page).first())).toMatchObject({ width: 213 });
  await phone.page.getByRole('button', { name: 'Save entry' }).click();
  await expect(notSentLink(phone.page, 2)).toBeVisible();
  await phone.goOnline();
  await expect(notSentLink(phone.page)).toBeHidden();
  const refs = refsOf(await server.fieldsWith(words));
  expect(refs).toHaveLength(2);
  expect(await statusesOf(phone.page, 'harbor-care', refs)).toEqual([200, 200]);

  // An entry that is only a photo can be saved, and worded anew.
  const said = marker('Said later');
  const picture = await phonePicture(phone.page, { width: 800, height: 600 });
  await typeEntry(phone.page, 'Mood', '');
  await choosePhoto(phone.page, picture);
  await expect(photosIn(phone.page)).toHaveCount(1);
  await phone.page.getByRole('button', { name: 'Save entry' }).click();
  await expect(notSentLink(phone.page)).toBeHidden();
  const first = phone.page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: phone.page.locator('img') })
    .first();
  await first.getByRole('link').first().click();
  await phone.page.getByRole('button', { name: 'Edit' }).click();
  await expect(photosIn(phone.page).first()).toBeVisible();
  await phone.page.getByRole('textbox', { name: 'Entry' }).fill(said);
  await phone.page.getByRole('button', { name: 'Save' }).click();
  await expect(phone.page.getByText(said)).toBeVisible();
  await expect(phone.page.getByRole('button', { name: 'Open photo 1' }).first()).toBeVisible();
  await phone.goOffline();
  await phone.close();

  const room = await openWithoutRoom(phone);
  await phone.visit('/journal');
  await unlock(phone.page);
  const later = marker('Kept in the form');
  await typeEntry(phone.page, 'Reflection', later);
  await choosePhoto(phone.page, picture);
  await expect(
    phone.page.getByRole('alert').filter({ hasText: 'This device is full. The photo was not added.' }),
  ).toBeVisible();
  await expect(phone.page.getByRole('textbox', { name: 'Entry' })).toHaveValue(later);
  await room();
  await choosePhoto(phone.page, picture);
  await expect(photosIn(phone.page)).toHaveCount(1);
});

async function expectLooks(page: Page, words: string, width: number): Promise<void> {
  const looks = await looksOf(photosIn(entryWith(page, words)).first());
  expect(looks.width).toBe(width);
  const { left: red, right: blue } = looks;
  expect([Number(red[0]) > 150, Number(red[2]) < 90, Number(blue[0]) < 90, Number(blue[2]) > 150]).toEqual([
    true,
    true,
    true,
    true,
  ]);
}

/** The files that an entry names, and their keys. */
function refsOf(fields: object): Ref[] {
  const { content } = fields as { content: { media: (Ref & { thumb: Ref })[] } };
  return content.media.flatMap((photo) => [photo, photo.thumb]);
}

async function storedOnServer(dataDir: string, id: string): Promise<Buffer> {
  const files = await readdir(join(dataDir, 'files'), { recursive: true, withFileTypes: true });
  const found = files.filter(({ name }) => name === id).map(({ parentPath }) => join(parentPath, id));
  expect(found).toHaveLength(1);
  return readFile(found[0] ?? '');
}

function opened(sealed: Buffer, key: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

/** What the server says to a person who asks for these files by name. */
async function statusesOf(page: Page, practice: string, refs: readonly Ref[]): Promise<number[]> {
  const paths = refs.map(({ id }) => `/api/files/${practice}/${id}`);
  return page.evaluate((asked) => Promise.all(asked.map(async (path) => (await fetch(path)).status)), paths);
}

/** How many drafts lie on the device. */
function draftsIn(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases())
      .map(({ name = '' }) => name)
      .filter((name) => name.startsWith('interlude-0'));
    const counts = await Promise.all(
      names.map(
        (name) =>
          new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open(name);
            opening.addEventListener('error', () => reject(new Error('closed')));
            opening.addEventListener('success', () => {
              const count = opening.result.transaction('draft').objectStore('draft').count();
              count.addEventListener('success', () => {
                opening.result.close();
                resolve(count.result);
              });
            });
          }),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  });
}
