import type { Device } from '../device.ts';
import { notSentLink, statusLine } from '../pages/frame.ts';
import { unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { ana, lee, okafor } from '../people.ts';
import { openedStore } from '../opened-store.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a copied profile: both write offline, one goes on under another id, and nothing is lost or comes twice', async ({
  deviceOf,
  copyOf,
  server,
}) => {
  test.setTimeout(240_000);
  const before = marker('Before the copy');
  const [phone, laptop, other] = [await deviceOf(ana), await deviceOf(lee), await deviceOf(okafor)];
  await phone.goOffline();
  await phone.restart();
  await openJournal(phone);
  await writeEntry(phone.page, 'Reflection', before);
  await phone.close();
  const copy = await copyOf(phone);
  await phone.open();
  const written = [before];
  for (const device of [phone, copy]) {
    await openJournal(device);
    await expect(entryWith(device.page, before)).toHaveCount(1);
    for (const what of ['First', 'Second']) {
      const words = marker(`${what} on ${device === phone ? 'one' : 'the other'}`);
      await writeEntry(device.page, 'Reflection', words);
      written.push(words);
    }
    await expect(notSentLink(device.page, 3)).toBeVisible();
  }
  expect(await deviceId(copy)).toBe(await deviceId(phone));
  for (const words of written) await expect(itemWith(laptop.page, words)).toHaveCount(0);

  for (const device of [phone, copy]) {
    await device.goOnline();
    await expect(statusLine(device.page)).toHaveText('Up to date');
    await expect(notSentLink(device.page)).toBeHidden();
  }
  for (const words of written) {
    for (const { page } of [phone, copy]) await expect(entryWith(page, words)).toHaveCount(1);
    await expect(itemWith(laptop.page, words)).toHaveCount(1);
    expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
  }
  await Promise.all([phone, copy].map(({ traffic }) => traffic.settled()));
  const forked = [phone, copy].map(({ traffic }) => traffic.got.some((text) => text.includes('"device-forked"')));
  expect(forked).toEqual([false, true]);
  expect(await deviceId(copy)).not.toBe(await deviceId(phone));

  // And both go on, each hearing of what the other writes.
  for (const [writer, reader] of [
    [phone, copy],
    [copy, phone],
  ] as const) {
    const words = marker('Afterwards');
    await writeEntry(writer.page, 'Reflection', words);
    await expect(entryWith(reader.page, words)).toHaveCount(1);
    await expect(itemWith(laptop.page, words)).toHaveCount(1);
  }
  await other.traffic.settled();
  for (const words of written) expect(other.traffic.got.join('\n')).not.toContain(words);
});

async function openJournal(device: Device): Promise<void> {
  await device.visit('/journal');
  await unlock(device.page);
  await expect(statusLine(device.page)).toHaveText('Offline. Saved on this device.');
}

async function deviceId(device: Device): Promise<string> {
  const state = (await openedStore(device.page)).find(({ store }) => store === 'state');
  return (JSON.parse(state?.text ?? '{}') as { device: string }).device;
}
