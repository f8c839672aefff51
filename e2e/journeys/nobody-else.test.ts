import type { Device } from '../device.ts';
import { goTo, statusLine } from '../pages/frame.ts';
import { comment } from '../pages/inbox.ts';
import { entryWith, writeEntry } from '../pages/journal.ts';
import { ana, ben, dana, lee, okafor, others, owner, stone, support, zoe } from '../people.ts';
import type { Person } from '../people.ts';
import { cachedIn, marker, storedIn } from '../traces.ts';
import { expect, test } from '../world.ts';

/** What each sees of his own, so that "nothing" is not the silence of a broken app. */
const OWN: readonly (readonly [Person, string, RegExp])[] = [
  [okafor, 'Clients', /Dana Whitfield/],
  [stone, 'Clients', /Zoe Park/],
  [support, 'Clients', /Ana Torres/],
  [owner, 'Clients', /Ana Torres/],
];

test('what Ana and Dr. Lee write to each other reaches nobody else', async ({ deviceOf }) => {
  test.setTimeout(420_000);
  const [entry, answer] = [marker('Only for Dr. Lee'), marker('Only for Ana')];
  const devices = new Map<Person, Device>();
  for (const person of others) devices.set(person, await deviceOf(person));
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);

  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Symptom', entry);
  await comment(laptop.page, entry, answer);
  await expect(entryWith(phone.page, entry)).toContainText('1 comment');
  const space = await chartSpace(phone);
  expect(await spacesHeld(laptop)).toContain(space);

  for (const [person, screen, own] of OWN) {
    const { page } = must(devices.get(person));
    await goTo(page, screen);
    await expect(page.getByRole('main')).toContainText(own);
  }
  for (const person of [ben, dana, zoe]) {
    const { page } = must(devices.get(person));
    await goTo(page, 'Journal');
    await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
  }
  for (const device of devices.values()) {
    await expect(statusLine(device.page)).toHaveText('Up to date');
    await expectNothing(device, [entry, answer], space);
  }
  await laptop.traffic.settled();
  expect(laptop.traffic.got.join('\n')).toContain(entry);
});

/** Not on its screens, not in what came to it, not in what it stores. */
async function expectNothing(device: Device, words: readonly string[], space: string): Promise<void> {
  const { page, traffic } = device;
  await page.reload();
  await traffic.settled();
  const stored = await storedIn(page);
  const came = [...traffic.got, ...traffic.addresses, ...traffic.consoleLines, ...(await cachedIn(page))];
  came.push(await page.content(), ...stored.flatMap(({ records }) => records));
  for (const word of [...words, space]) expect(came.filter((text) => text.includes(word))).toEqual([]);
  expect(came.length).toBeGreaterThan(20);
  expect(traffic.unread).toEqual([]);
}

/** The one chart on a client's own device. */
async function chartSpace(phone: Device): Promise<string> {
  const charts = (await spacesHeld(phone)).filter((space) => space.startsWith('chart:'));
  expect(charts).toHaveLength(1);
  return charts[0] ?? '';
}

async function spacesHeld({ page }: Device): Promise<string[]> {
  const rows = (await storedIn(page)).filter(({ store }) => store === 'row').flatMap(({ records }) => records);
  return [...new Set(rows.map((row) => (JSON.parse(row) as { space: string }).space))];
}

function must(device: Device | undefined): Device {
  if (device === undefined) throw new Error('a device of this person');
  return device;
}
