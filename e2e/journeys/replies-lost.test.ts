import type { Device } from '../device.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { ana, lee, okafor } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('whatever replies are lost, requests doubled or connections reordered, each entry arrives once', async ({
  deviceOf,
  server,
}) => {
  const [phone, laptop, other] = [await deviceOf(ana), await deviceOf(lee), await deviceOf(okafor)];
  await goTo(phone.page, 'Journal');
  const written: string[] = [];
  const write = async (words: string) => {
    written.push(marker(words));
    await writeEntry(phone.page, 'Reflection', written.at(-1) ?? '');
    return written.at(-1) ?? '';
  };

  // The server reads it and answers, and the answer goes nowhere.
  phone.proxy.halfOpen('down');
  const silent = await write('Its reply is swallowed');
  await expect(itemWith(laptop.page, silent)).toHaveCount(1);
  await expect(entryWith(phone.page, silent)).toContainText('On this device');
  await expect(notSentLink(phone.page, 1)).toBeVisible();
  phone.proxy.restore();
  await expect(entryWith(phone.page, silent)).toContainText('They have it');

  // Every connection dies with the first byte of its answer: it is sent again and again.
  phone.proxy.dropAfter(1, 'down');
  const torn = await write('Its replies are torn off');
  await expect(itemWith(laptop.page, torn)).toHaveCount(1);
  await expect.poll(() => sendings(phone, torn)).toBeGreaterThan(1);
  await expect(entryWith(phone.page, torn)).toContainText('On this device');
  phone.proxy.restore();
  await expect(entryWith(phone.page, torn)).toContainText('They have it');

  // Every request comes twice, the second later than the answer to the first.
  phone.proxy.cut();
  phone.proxy.duplicate(200);
  for (const words of ['Doubled', 'Doubled as well']) {
    await expect(entryWith(phone.page, await write(words))).toContainText('They have it');
  }

  // The line that is poked and the request that sends reach the server in each other's place.
  for (const seed of [1, 2]) {
    phone.proxy.cut();
    phone.proxy.reorder(2, seed);
    await expect(entryWith(phone.page, await write('Out of turn'))).toContainText('They have it');
  }

  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await expect(notSentLink(phone.page)).toBeHidden();
  for (const words of written) {
    await expect(itemWith(laptop.page, words)).toHaveCount(1);
    await expect(entryWith(phone.page, words)).toHaveCount(1);
    expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
  }
  await other.traffic.settled();
  for (const words of written) expect(other.traffic.got.join('\n')).not.toContain(words);
});

test('a line that died without a word is given up, and what came meanwhile is there once', async ({
  deviceOf,
  server,
}) => {
  const [meanwhile, after] = [marker('While nobody was poked'), marker('Poked again')];
  const [phone, laptop] = [await deviceOf(ana), await deviceOf(lee)];
  await laptop.context.clock.install();
  await laptop.page.reload();
  await unlock(laptop.page);
  await expect(statusLine(laptop.page)).toHaveText('Up to date');
  await goTo(phone.page, 'Journal');
  // A browser opens some connections that it may never use: begun anew, there are none. All but the line on which it is poked
  // are closed when they have been idle for a while.
  laptop.proxy.cut();
  laptop.proxy.restore();
  await expect.poll(() => laptop.proxy.standing).toBeGreaterThan(0);
  await expect(statusLine(laptop.page)).toHaveText('Up to date');
  await expect.poll(() => laptop.proxy.standing, { timeout: 30_000 }).toBe(1);
  laptop.proxy.forget();
  await writeEntry(phone.page, 'Reflection', meanwhile);
  await expect(entryWith(phone.page, meanwhile)).toContainText('Sent');
  await expect(itemWith(laptop.page, meanwhile)).toHaveCount(0);
  await expect(statusLine(laptop.page)).toHaveText('Up to date');

  await laptop.page.clock.runFor('01:00');
  await expect(itemWith(laptop.page, meanwhile)).toHaveCount(1);
  await expect.poll(() => laptop.proxy.standing).toBeGreaterThan(1);
  await writeEntry(phone.page, 'Reflection', after);
  await expect(itemWith(laptop.page, after)).toHaveCount(1);
  await expect(entryWith(phone.page, meanwhile)).toContainText('They have it');
  for (const words of [meanwhile, after]) expect(await server.rowsWith(words)).toMatchObject({ rows: 1 });
});

/** How often the device has put these words on the wire. */
const sendings = (device: Device, words: string) => device.traffic.sent.filter((body) => body.includes(words)).length;
