import { goTo, statusLine } from '../pages/frame.ts';
import { lockByHand, unlock } from '../pages/front.ts';
import { comment, itemWith } from '../pages/inbox.ts';
import { writeEntry } from '../pages/journal.ts';
import { deliverPush, openNotices, shownOn, turnNotice } from '../pages/notices.ts';
import { ana, ben, lee, owner } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

const ANSWERED = 'My care team answers an entry';
const BY_MAIL = 'By e-mail, at most once a day';
const toOf = (letter: string) => /^To: (.*)\r$/m.exec(letter)?.[1];

test('what a provider answers becomes one letter to the client without a word of it, and none where she wants none', async ({
  deviceOf,
  server,
}) => {
  // Three rounds of jobs on a busy machine.
  test.setTimeout(240_000);
  const [soup, walk] = [marker('Soup at noon'), marker('Walked to work')];
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const others = await deviceOf(ben);
  await others.close();
  // What other journeys in this world have left for somebody goes out first.
  await server.letADayPass();
  const before = new Set(await server.letters());
  const newLetters = async () => (await server.letters()).filter((letter) => !before.has(letter));
  await phone.visit('/journal');
  await unlock(phone.page);
  for (const words of [soup, walk]) await writeEntry(phone.page, 'Reflection', words);
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  // What he answers while her phone is open she has at once: that is no news.
  await expect(itemWith(laptop.page, soup)).toBeVisible();
  await comment(laptop.page, soup, marker('Sounds good'));
  await phone.page.getByRole('listitem').filter({ hasText: soup }).getByRole('link').first().click();
  await expect(phone.page.getByText('Sounds good').first()).toBeVisible();
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await server.letADayPass();
  expect(await newLetters()).toEqual([]);

  await phone.close();
  const said = [marker('How far was it'), marker('And how did it feel')];
  for (const words of said) await comment(laptop.page, walk, words);
  await expect(statusLine(laptop.page)).toHaveText('Up to date');
  await server.letADayPass();
  const letters = await newLetters();
  expect(letters.map(toOf)).toEqual(['ana@demo.test']);
  expect(letters[0]).toContain('Subject: New activity in Interlude');
  expect(letters[0]?.replace(/^To: .*$/m, '')).not.toMatch(
    /Ana|Torres|Lee|Harbor|Soup|Walked|far|feel|comment|entry|journal/i,
  );

  // Who looks after the server reads that it went out, and to whom; a client finds nothing there.
  const office = await deviceOf(owner);
  await goTo(office.page, 'Settings');
  await office.page.getByRole('link', { name: 'E-mail that was sent' }).click();
  const row = office.page.getByRole('row').filter({ hasText: 'ana@demo.test' }).first();
  await expect(row).toContainText('Kept in the outbox');
  await row.getByRole('button', { name: 'Open the e-mail to ana@demo.test' }).click();
  await expect(office.page.getByRole('dialog', { name: 'New activity in Interlude' })).toContainText(
    'There is something new',
  );
  await phone.open();
  await phone.visit('/admin/mail');
  await unlock(phone.page);
  await expect(phone.page.getByRole('heading', { name: 'Not here' })).toBeVisible();
  expect(await phone.page.evaluate(async () => (await fetch('/api/mail/harbor-care')).status)).toBe(404);

  // She wants none: her other ways stay as they are.
  const settings = await openNotices(phone.page, 'More');
  await turnNotice(settings, { kind: ANSWERED, way: BY_MAIL, on: false });
  await phone.close();
  await comment(laptop.page, walk, marker('One more thing'));
  await expect(statusLine(laptop.page)).toHaveText('Up to date');
  await server.letADayPass();
  expect((await newLetters()).length).toBe(1);
  await phone.open();
  await phone.visit('/more');
  await unlock(phone.page);
  const kept = (await openNotices(phone.page, 'More')).getByRole('group', { name: ANSWERED });
  await expect(kept.getByRole('checkbox', { name: BY_MAIL })).not.toBeChecked();
  await expect(kept.getByRole('checkbox', { name: 'On my devices' })).toBeChecked();
});

test('a push shows that there is news and nothing else, once, goes when the app is opened, and is swallowed by no page in front', async ({
  deviceOf,
}) => {
  const phone = await deviceOf(ana, { showsNotices: true });
  await phone.context.grantPermissions(['notifications'], { origin: phone.origin });
  // Over the app that its person is in, nothing is shown: she is elsewhere.
  await phone.page.goto('about:blank');
  await deliverPush(phone);
  await deliverPush(phone);
  const tab = await phone.newTab();
  await phone.visit('/today');
  await expect.poll(() => shownOn(tab)).toEqual([{ title: 'New activity in Interlude', body: '', data: null }]);
  await unlock(tab);
  await expect.poll(() => shownOn(tab)).toEqual([]);

  // Nor by one that is locked, or that is another person's.
  const { page } = phone;
  const news = [{ title: 'New activity in Interlude', body: '', data: null }];
  await page.bringToFront();
  expect(await page.evaluate(() => document.hasFocus())).toBe(true);
  // Open for her, it is on the screen already.
  await deliverPush(phone);
  await lockByHand(page);
  expect(await shownOn(page)).toEqual([]);
  await deliverPush(phone);
  await expect.poll(() => shownOn(page)).toEqual(news);
  await unlock(page);
  await expect.poll(() => shownOn(page)).toEqual([]);
  // Somebody else who uses this device has asked to be told here: it may be for them.
  await page.evaluate(() => localStorage.setItem('interlude.push.another', 'on'));
  await deliverPush(phone);
  await expect.poll(() => shownOn(page)).toEqual(news);
});

test('the settings say how it is on this device, and ask only when somebody presses', async ({ deviceOf }) => {
  const laptop = await deviceOf(lee, { showsNotices: true });
  const { page, context, origin } = laptop;
  const section = await openNotices(page, 'Settings');
  for (const kind of ['A client writes an entry', 'A client comments on an entry', 'There is a task for me'])
    await expect(section.getByRole('group', { name: kind }).getByRole('checkbox')).toHaveCount(2);
  // Words alert nobody who has not chosen it.
  const risk = section.getByRole('group', { name: 'An entry or comment holds crisis words' });
  await expect(risk.getByRole('checkbox')).toHaveCount(1);
  await expect(risk.getByRole('checkbox')).not.toBeChecked();
  await context.grantPermissions(['notifications'], { origin });
  await page.reload();
  await unlock(page);
  await expect(section.getByText('This device does not tell you when the app is closed.')).toBeVisible();
  await laptop.goOffline();
  const turnOn = section.getByRole('button', { name: 'Turn on for this device' });
  await turnOn.click();
  await expect(section.getByText('That needs a connection.')).toBeVisible();
  // What is chosen without a network is kept and sent later.
  await section.getByRole('checkbox', { name: 'Keep quiet hours' }).uncheck();
  await expect(section.getByRole('combobox', { name: 'Until' })).toBeHidden();
  await laptop.goOnline();
  await expect(statusLine(page)).toHaveText('Up to date');
  await page.reload();
  await unlock(page);
  await expect(section.getByRole('checkbox', { name: 'Keep quiet hours' })).not.toBeChecked();
});
