import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { lockedTitle, unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { fireSync } from '../pages/worker.ts';
import { ana, lee, okafor } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('what was written offline arrives although the app was closed right after, and once; it stays where the session has ended', async ({
  deviceOf,
  server,
}) => {
  const words = marker('Closed right after');
  const [phone, laptop, other] = [await deviceOf(ana), await deviceOf(lee), await deviceOf(okafor)];
  await goTo(phone.page, 'Journal');
  await phone.goOffline();
  const elsewhere = await phone.context.newPage();
  await writeEntry(phone.page, 'Reflection', words);
  await phone.page.close();
  await phone.goOnline();
  expect(await server.rowsWith(words)).toMatchObject({ rows: 0 });

  await fireSync(phone.context, { page: elsewhere, origin: phone.origin });
  await expect(itemWith(laptop.page, words)).toHaveCount(1);
  await expect(itemWith(other.page, words)).toHaveCount(0);
  await phone.newTab();
  await phone.visit('/journal');
  await expect(lockedTitle(phone.page)).toBeVisible();
  await unlock(phone.page);
  await expect(entryWith(phone.page, words)).toHaveCount(1);
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await expect(notSentLink(phone.page)).toBeHidden();
  expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
  await expect(itemWith(laptop.page, words)).toHaveCount(1);

  const waiting = marker('Nobody signed in');
  await phone.goOffline();
  await writeEntry(phone.page, 'Reflection', waiting);
  await phone.page.close();
  await server.endSessions('ana');
  await phone.goOnline();
  const refused = phone.context.waitForEvent('response', (response) => response.url().endsWith('/parcels'));
  await fireSync(phone.context, { page: elsewhere, origin: phone.origin });
  expect((await refused).status()).toBe(401);
  expect(await server.rowsWith(waiting)).toMatchObject({ rows: 0 });
  await phone.newTab();
  await phone.visit('/journal');
  await unlock(phone.page);
  await expect(notSentLink(phone.page, 1)).toBeVisible();
  await expect(entryWith(phone.page, waiting)).toContainText('On this device');
  await expect(itemWith(laptop.page, waiting)).toHaveCount(0);
});
