import { lockedTitle, unlock } from '../pages/front.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { itemWith } from '../pages/inbox.ts';
import { ana, lee } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

/** The share that is run each time; more by hand: `ROUNDS=20`. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 6);

test('a browser killed right after Saved has lost nothing, again and again, and all of it is sent once', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(120_000 + ROUNDS * 20_000);
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await phone.goOffline();
  await phone.restart();
  await phone.visit('/journal');
  await unlock(phone.page);
  const written: string[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const words = marker(`Round ${round}`);
    await writeEntry(phone.page, 'Reflection', words);
    await phone.kill();
    written.push(words);
    await phone.open();
    await phone.visit('/journal');
    await expect(lockedTitle(phone.page)).toBeVisible();
    await unlock(phone.page);
    await expect(entryWith(phone.page, words)).toContainText('On this device');
  }
  for (const words of written) await expect(entryWith(phone.page, words)).toHaveCount(1);

  await phone.goOnline();
  await expect(itemWith(laptop.page, written.at(-1) ?? '')).toBeVisible();
  for (const words of written) expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
});
