import type { Page } from '@playwright/test';
import { goTo, statusLine } from '../pages/frame.ts';
import { lockByHand, unlock } from '../pages/front.ts';
import { comment, itemWith } from '../pages/inbox.ts';
import { entryWith, openEntry, typeEntry, writeEntry } from '../pages/journal.ts';
import { ana, lee } from '../people.ts';
import { marker, placesOf, storedIn } from '../traces.ts';
import { expect, test } from '../world.ts';

test('health data leaves no trace on a locked and killed device, in logs or in addresses', async ({
  deviceOf,
  server,
}) => {
  const marks = { entry: marker('entry'), comment: marker('comment'), reply: marker('reply'), draft: marker('draft') };
  const [phone, laptop] = [await deviceOf(ana), await deviceOf(lee)];
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Reflection', marks.entry);
  await comment(laptop.page, marks.entry, marks.comment);
  await openEntry(phone.page, marks.entry);
  await expect(phone.page.getByText(marks.comment)).toBeVisible();
  await phone.page.getByRole('textbox', { name: 'Comment' }).fill(marks.reply);
  await phone.page.getByRole('button', { name: 'Send comment' }).click();
  await expect(itemWith(laptop.page, marks.entry)).toContainText(marks.reply);
  await goTo(phone.page, 'Journal');
  await expect(entryWith(phone.page, marks.entry)).toContainText('2 comments');
  await typeEntry(phone.page, 'Food', marks.draft);
  await lockByHand(phone.page);

  const controls = { plain: marker('control'), wide: marker('控制') };
  for (const device of [phone, laptop]) {
    if (device === laptop) await lockByHand(device.page);
    await leaveControls(device.page, controls);
    await device.traffic.settled();
    await device.kill();
  }

  // Each form that the scan knows is found where it was put, so silence means something.
  expect((await placesOf(controls.plain, phone.profile)).join()).toMatch(/utf-8: /);
  expect((await placesOf(controls.wide, phone.profile)).join()).toMatch(/utf-16: /);
  for (const shift of [0, 1, 2]) {
    expect((await placesOf(controls.plain, phone.profile)).join()).toContain(`base64+${shift}: `);
  }
  for (const words of Object.values(marks).map(secret)) {
    for (const { profile, traffic } of [phone, laptop]) {
      expect(await placesOf(words, profile)).toEqual([]);
      expect(traffic.addresses.filter((address) => address.includes(words))).toEqual([]);
      expect(traffic.consoleLines.filter((line) => line.includes(words))).toEqual([]);
    }
    expect(server.log).not.toContain(words);
  }
  // The markers did go through the app, and the log, the addresses were kept.
  await expect.poll(() => phone.traffic.sent.some((body) => body.includes(marks.entry))).toBe(true);
  expect(laptop.traffic.got.join('\n')).toContain(marks.reply);
  expect(server.log).toContain('"code":"listening"');
  expect(phone.traffic.addresses.some((address) => address.endsWith('/push'))).toBe(true);
});

test('words that were only typed are there again after a kill, and nobody has been sent them', async ({ deviceOf }) => {
  const words = marker('Half a sentence');
  const [phone, laptop] = [await deviceOf(ana), await deviceOf(lee)];
  await phone.restart();
  await phone.visit('/journal');
  await unlock(phone.page);
  await typeEntry(phone.page, 'Mood', words);
  await expect.poll(async () => (await draftsOn(phone.page)).length).toBe(1);
  await phone.kill();
  await phone.open();
  await phone.visit('/journal');
  await unlock(phone.page);
  await phone.page.getByRole('button', { name: 'Go on writing' }).click();
  await expect(phone.page.getByRole('textbox', { name: 'Entry' })).toHaveValue(words);
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await laptop.traffic.settled();
  for (const { traffic } of [phone, laptop]) expect([...traffic.sent, ...traffic.got].join('\n')).not.toContain(words);
});

const draftsOn = async (page: Page) =>
  (await storedIn(page)).flatMap((one) => (one.store === 'draft' ? one.records : []));

/** The part of a marker that occurs nowhere else. */
const secret = (words: string) => words.split(' ').at(-1) ?? words;

/** Puts words where the app puts its own, but open: in every form that the scan claims to find. */
async function leaveControls(page: Page, { plain, wide }: { plain: string; wide: string }): Promise<void> {
  await page.evaluate(
    async (given) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result));
          request.addEventListener('error', () => reject(request.error ?? new Error('not kept')));
        });
      const opening = indexedDB.open('control', 1);
      opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('control'));
      const transaction = (await done(opening)).transaction('control', 'readwrite', { durability: 'strict' });
      const kept = new Promise((resolve) => transaction.addEventListener('complete', resolve));
      const forms = [given.plain, given.wide, ...['', 'x', 'xy'].map((before) => btoa(before + given.plain))];
      for (const [key, form] of forms.entries()) transaction.objectStore('control').put(form, key);
      await kept;
    },
    { plain, wide },
  );
}
