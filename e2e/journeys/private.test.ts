import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { signIn, unlock } from '../pages/front.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, openEntry, saveEntry, typeEntry, writeEntry } from '../pages/journal.ts';
import { chooseOnlyMe, enterCode, keepCode, openPrivate, setUpPrivate, writePrivate } from '../pages/private.ts';
import { ana, ben, dana, lee, owner, PASSWORD, support } from '../people.ts';
import type { Device } from '../device.ts';
import { cachedIn, marker, placesOf, storedIn } from '../traces.ts';
import { expect, test } from '../world.ts';

/** Not on its screens, not in what came to it, not in what it stores. */
async function expectNothing(device: Device, words: string): Promise<void> {
  const { page, traffic } = device;
  await page.reload();
  await traffic.settled();
  const stored = (await storedIn(page)).flatMap(({ records }) => records);
  const came = [
    ...traffic.got,
    ...traffic.sent,
    ...traffic.addresses,
    ...traffic.consoleLines,
    ...(await cachedIn(page)),
  ];
  came.push(await page.content(), ...stored);
  expect(came.filter((text) => text.includes(words)).length).toBe(0);
  expect(came.length).toBeGreaterThan(20);
}

const secret = (words: string) => words.split(' ').at(-1) ?? words;

test('what Ana writes for herself alone, without a network, comes to her devices and to nobody else', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(300_000);
  const [words, open] = [marker('Only for me'), marker('For Dr. Lee')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await phone.goOffline();
  await phone.restart();
  await phone.visit('/journal');
  await unlock(phone.page);
  await typeEntry(phone.page, 'Reflection', words);
  await chooseOnlyMe(phone.page);
  // Not before there is a code: and nothing is sent in the meantime as what others read.
  await phone.page.getByRole('button', { name: 'Save entry' }).click();
  await expect(phone.page.getByRole('button', { name: 'Set up private entries' })).toBeVisible();
  await setUpPrivate(phone.page);
  await expect(phone.page.getByRole('textbox', { name: 'Entry' })).toHaveValue(words);
  await expect(phone.page.getByRole('radio', { name: 'Only me' })).toBeChecked();
  await saveEntry(phone.page);
  await expect(entryWith(phone.page, words)).toContainText('Only you');
  await expect(entryWith(phone.page, words)).toContainText('On this device');
  await expect(notSentLink(phone.page, 2)).toBeVisible();
  await notSentLink(phone.page).click();
  await expect(phone.page.getByRole('listitem').filter({ hasText: words })).toContainText('Private entry');
  await phone.goOnline();
  await expect(notSentLink(phone.page)).toBeHidden();
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Mood', open);

  const second = await deviceOf(ana);
  await goTo(second.page, 'Journal');
  await expect(entryWith(second.page, words)).toContainText('Only you');
  await second.page.getByRole('searchbox').fill(secret(words));
  await expect(second.page.getByText('1 entry')).toBeVisible();
  await expect(entryWith(second.page, secret(words))).toContainText('Only you');

  // Dr. Lee has what is for him, and of the rest nothing at all.
  await expect(itemWith(laptop.page, open)).toBeVisible();
  for (const device of [laptop, await deviceOf(support), await deviceOf(owner)]) {
    await expectNothing(device, secret(words));
    // Nor that there is one: of her rows for herself, no type, no key.
    expect(device.traffic.got.filter((text) => /"type":"privateEntry|"privateEntryWrap"/.test(text)).length).toBe(0);
  }
  expect(laptop.traffic.got.some((text) => text.includes(open))).toBe(true);

  // Nor has the server: not in a row, a ledger, a file that it keeps or its log; nor the wire, nor a disk of hers.
  expect(await server.tablesWith(secret(open))).toContain('public."row"');
  expect(await server.tablesWith(secret(words))).toEqual([]);
  expect(await placesOf(secret(words), server.dataDir)).toEqual([]);
  expect(server.log.includes(secret(words))).toBe(false);
  for (const device of [phone, second]) {
    await device.traffic.settled();
    const crossed = [...device.traffic.sent, ...device.traffic.got, ...device.traffic.addresses].join('\n');
    expect(crossed.includes(secret(words))).toBe(false);
    expect(crossed).toMatch(/"type":"privateEntry"/);
    const stored = (await storedIn(device.page)).flatMap(({ records }) => records);
    expect(stored.filter((record) => record.includes(secret(words)))).toEqual([]);
    await device.close();
    expect(await placesOf(secret(words), device.profile)).toEqual([]);
  }
});

test('with another password the recovery code opens them; a wrong one says so; a new one takes its place', async ({
  device,
  deviceOf,
  server,
}) => {
  test.setTimeout(300_000);
  const [first, later] = [marker('Before'), marker('After')];
  const phone = await deviceOf(dana);
  await phone.visit('/journal');
  await unlock(phone.page);
  await openPrivate(phone.page);
  // Set up by the settings, by somebody whom no other journey knows with this: her password opens them no more in the end.
  await phone.page.getByRole('textbox', { name: 'Your password' }).fill(PASSWORD);
  await phone.page.getByRole('button', { name: 'Show my recovery code' }).click();
  const code = (await keepCode(phone.page)).join(' ');
  await expect(phone.page.getByText('Private entries are set up.')).toBeVisible();
  await goTo(phone.page, 'Journal');
  await writePrivate(phone.page, 'Symptom', first);
  await expect(notSentLink(phone.page)).toBeHidden();

  const NEW = 'another-long-password';
  await server.changePassword('dana', NEW);
  const tablet = await device({ viewport: { width: 1280, height: 800 } });
  await signIn(tablet, dana, NEW);
  await goTo(tablet.page, 'Journal');
  const closed = tablet.page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: 'Locked: enter your recovery code' });
  await expect(closed.first()).toBeVisible();
  await expect(entryWith(tablet.page, first)).toHaveCount(0);
  // Nothing can be written here under a second key.
  await typeEntry(tablet.page, 'Reflection', later);
  await chooseOnlyMe(tablet.page);
  await tablet.page.getByRole('button', { name: 'Open private entries' }).click();
  await expect(tablet.page.getByText('Nothing is lost.')).toBeVisible();
  await enterCode(tablet.page, 'not a code at all', NEW);
  await expect(tablet.page.getByText('This is not a recovery code.')).toBeVisible();
  await enterCode(tablet.page, '2222 2222 2222 2222 2222 2222 2222', NEW);
  await expect(tablet.page.getByText('This is not a recovery code.')).toBeVisible();
  await enterCode(tablet.page, code.toLowerCase(), PASSWORD);
  await expect(tablet.page.getByText('This is not your password on this device.')).toBeVisible();
  await enterCode(tablet.page, code.toLowerCase(), NEW);
  await expect(tablet.page.getByText('Your private entries are open on this device.')).toBeVisible();
  await tablet.page.getByRole('button', { name: 'Back to my entry' }).click();
  await expect(tablet.page.getByRole('textbox', { name: 'Entry' })).toHaveValue(later);
  await saveEntry(tablet.page);
  await expect(entryWith(tablet.page, first)).toContainText('Only you');
  await expect(entryWith(tablet.page, later)).toContainText('Only you');

  // A new code: the old one opens nothing more, the new password opens them by itself.
  await openPrivate(tablet.page);
  await tablet.page.getByRole('button', { name: 'Make a new code' }).click();
  await tablet.page.getByRole('textbox', { name: 'Your password' }).fill(NEW);
  await tablet.page.getByRole('button', { name: 'Show my recovery code' }).click();
  const fresh = (await keepCode(tablet.page)).join('-');
  await expect(tablet.page.getByText('Your new recovery code works now.')).toBeVisible();
  await expect(statusLine(tablet.page)).toHaveText('Up to date');
  await expect(notSentLink(tablet.page)).toBeHidden();

  const last = 'a-third-long-password';
  await server.changePassword('dana', last);
  const other = await device({ viewport: { width: 360, height: 740 } });
  await signIn(other, dana, last);
  await openPrivate(other.page);
  await enterCode(other.page, code, last);
  await expect(other.page.getByText('This code does not open your private entries.')).toBeVisible();
  await enterCode(other.page, fresh, last);
  await expect(other.page.getByText('Your private entries are open on this device.')).toBeVisible();
  await goTo(other.page, 'Journal');
  await expect(entryWith(other.page, later)).toContainText('Only you');
  await expect(statusLine(other.page)).toHaveText('Up to date');
  await expect(notSentLink(other.page)).toBeHidden();

  const fourth = await device({ viewport: { width: 360, height: 740 } });
  await signIn(fourth, dana, last);
  await goTo(fourth.page, 'Journal');
  await expect(entryWith(fourth.page, first)).toContainText('Only you');
  await server.changePassword('dana', PASSWORD);
});

test('worded anew, shared with the care team, deleted and brought back; a print leaves them out unless asked', async ({
  deviceOf,
}) => {
  test.setTimeout(300_000);
  const [first, anew, after] = [marker('At first'), marker('Then'), marker('Later')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await phone.visit('/private');
  await unlock(phone.page);
  const begin = phone.page.getByRole('button', { name: 'Show my recovery code' });
  await expect(begin.or(phone.page.getByRole('button', { name: 'Make a new code' })).first()).toBeVisible();
  if (await begin.isVisible()) {
    await phone.page.getByRole('textbox', { name: 'Your password' }).fill(PASSWORD);
    await begin.click();
    await keepCode(phone.page);
    await expect(phone.page.getByText('Private entries are set up.')).toBeVisible();
  }
  await goTo(phone.page, 'Journal');
  await writePrivate(phone.page, 'Reflection', first);
  await openEntry(phone.page, first);
  await phone.page.getByRole('button', { name: 'Edit' }).click();
  await phone.page.getByRole('textbox', { name: 'Entry' }).fill(anew);
  await phone.page.getByRole('button', { name: 'Save changes' }).click();
  await expect(phone.page.getByRole('textbox', { name: 'Entry' })).toBeHidden();
  await expect(phone.page.getByText(anew)).toBeVisible();
  await expect(phone.page.getByText(/^Edited/)).toBeVisible();

  // Only with others' leave: said before, and of what it says now alone.
  await phone.page.getByRole('button', { name: 'Share with my care team' }).click();
  const dialog = phone.page.getByRole('dialog', { name: 'Share this entry with your care team?' });
  await expect(dialog).toContainText('You cannot take that back.');
  await dialog.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(phone.page.getByText('Shared with your care team on')).toBeVisible();
  await expect(itemWith(laptop.page, anew)).toBeVisible();
  await phone.page.getByRole('button', { name: 'Edit' }).click();
  await phone.page.getByRole('textbox', { name: 'Entry' }).fill(after);
  await phone.page.getByRole('button', { name: 'Save changes' }).click();
  // Its form has the same words in it.
  await expect(phone.page.getByRole('textbox', { name: 'Entry' })).toBeHidden();
  await expect(phone.page.getByText(after)).toBeVisible();
  await expect(notSentLink(phone.page)).toBeHidden();

  await phone.page.goto(`${phone.origin}/journal/print`);
  await unlock(phone.page);
  const sheet = phone.page.getByRole('article');
  await expect(sheet).toContainText(anew);
  await expect(sheet).not.toContainText(after);
  await phone.page.getByRole('checkbox', { name: 'Private entries' }).click();
  await expect(sheet).toContainText(after);
  await expect(sheet).toContainText('only for me');

  await goTo(phone.page, 'Journal');
  await openEntry(phone.page, after);
  await phone.page.getByRole('button', { name: 'Delete' }).click();
  await expect(phone.page).toHaveURL(/\/journal$/);
  await expect(entryWith(phone.page, after)).toHaveCount(0);
  await phone.page.getByRole('button', { name: 'Undo' }).click();
  await expect(entryWith(phone.page, after)).toContainText('Shared');
  await openEntry(phone.page, after);
  await phone.page.getByRole('button', { name: 'Delete' }).click();
  await expect(notSentLink(phone.page)).toBeHidden();
  const second = await deviceOf(ana);
  await goTo(second.page, 'Journal');
  await expect(entryWith(second.page, anew)).toHaveCount(1);
  await expect(entryWith(second.page, after)).toHaveCount(0);
  for (const words of [first, after]) await expectNothing(laptop, secret(words));
});

test('a second press while it is being sealed makes no second entry; one that cannot be brought back says so', async ({
  deviceOf,
}) => {
  test.setTimeout(240_000);
  const { page } = await deviceOf(ben);
  const save = page.getByRole('button', { name: 'Save entry' });
  await goTo(page, 'Journal');
  await typeEntry(page, 'Reflection', marker('Only to set it up'));
  await chooseOnlyMe(page);
  await setUpPrivate(page);
  await saveEntry(page);
  const words = ['once', 'again', 'at last'].map((when) => marker(`Pressed twice, ${when}`));
  for (const one of words) {
    await typeEntry(page, 'Reflection', one);
    await chooseOnlyMe(page);
    await expect(page.getByText('Only you can read this.')).toBeVisible();
    // Again and again, for as long as the form stands: no moment between the press and its end makes another.
    await save.evaluate(async (button) => {
      while (button.isConnected) {
        (button as HTMLButtonElement).click();
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
    await expect(entryWith(page, one)).toContainText('Only you');
  }
  await expect(notSentLink(page)).toBeHidden();
  for (const one of words) await expect(entryWith(page, one)).toHaveCount(1);

  await openEntry(page, words[0] ?? '');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/journal$/);
  // A disk that is full, and then is not.
  await page.evaluate(() => {
    const { add, put } = IDBObjectStore.prototype;
    const full = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
    Object.assign(IDBObjectStore.prototype, { add: full, put: full });
    Object.assign(globalThis, { makeRoom: () => Object.assign(IDBObjectStore.prototype, { add, put }) });
  });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('This device could not keep it. Nothing was changed.')).toBeVisible();
  await page.evaluate(() => (globalThis as { makeRoom?: () => object }).makeRoom?.() !== null);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(entryWith(page, words[0] ?? '')).toHaveCount(1);
});
