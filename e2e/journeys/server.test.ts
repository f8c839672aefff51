import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { fillSignIn } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { ana, lee } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a server that is killed, a session that ends and a silent network lose nothing, and the devices go on', async ({
  deviceOf,
  server,
}) => {
  const [phone, laptop] = [await deviceOf(ana), await deviceOf(lee)];
  const write = (words: string) => writeEntry(phone.page, 'Reflection', words);
  await goTo(phone.page, 'Journal');

  await test.step('a killed server starts again at once with all data', async () => {
    const [before, after, later] = [marker('Before the crash'), marker('After the crash'), marker('After the stop')];
    await write(before);
    await expect(itemWith(laptop.page, before)).toBeVisible();
    await server.crash();
    expect(await server.rowsWith(before)).toMatchObject({ rows: 1 });
    await write(after);
    await expect(itemWith(laptop.page, after)).toBeVisible({ timeout: 30_000 });

    expect(await server.end()).toEqual([]);
    await write(later);
    await expect(entryWith(phone.page, later)).toContainText('On this device');
    await server.start();
    await expect(itemWith(laptop.page, later)).toBeVisible({ timeout: 30_000 });
    for (const words of [before, after, later]) expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
    await expect(statusLine(phone.page)).toHaveText('Up to date');
  });

  await test.step('a network that says nothing and carries nothing is noticed when it heals', async () => {
    const words = marker('Through a silent network');
    phone.proxy.halfOpen();
    await write(words);
    await expect(statusLine(phone.page)).toHaveText('Sending…');
    await expect(entryWith(phone.page, words)).toContainText('On this device');
    phone.proxy.restore();
    await expect(itemWith(laptop.page, words)).toHaveCount(1);
    await expect(entryWith(phone.page, words)).toContainText('They have it');

    phone.proxy.delay(300);
    const slow = marker('Through a slow network');
    await write(slow);
    await expect(itemWith(laptop.page, slow)).toHaveCount(1);
    await expect(statusLine(phone.page)).toHaveText('Up to date');
    phone.proxy.restore();
  });

  await test.step('a session that ends in the middle keeps the work until one signs in again', async () => {
    const words = marker('Nobody is signed in any more');
    await server.endSessions('ana');
    await write(words);
    await expect(statusLine(phone.page)).toHaveText('Sign in to send');
    await expect(entryWith(phone.page, words)).toContainText('On this device');
    await expect(notSentLink(phone.page, 1)).toBeVisible();
    expect(await server.rowsWith(words)).toMatchObject({ rows: 0 });

    await phone.page.getByRole('button', { name: 'Sign in to send' }).click();
    await fillSignIn(phone.page, ana);
    await expect(statusLine(phone.page)).toHaveText('Up to date');
    await expect(notSentLink(phone.page)).toBeHidden();
    await expect(itemWith(laptop.page, words)).toHaveCount(1);
  });
});
