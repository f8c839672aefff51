import type { Device } from '../device.ts';
import { messageWith, openAsStaff, openConversation, say, type } from '../pages/chat.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { lockedTitle, unlock } from '../pages/front.ts';
import { fireSync } from '../pages/worker.ts';
import { ana, lee, support } from '../people.ts';
import { joinStockChat } from '../../server/testing/stock-chat.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

const ANA_TYPES = 'Ana Torres is typing…';
const LEE_TYPES = 'Dr. Lee is typing…';
const SETTING = 'Show when I am typing';
const FETCHING = /\/sync\/[^/]+\/(pull|documents)$/;

/** What a device has got from the server since this was called. */
function listenTo({ traffic }: Device): () => Promise<string> {
  const from = traffic.got.length;
  return async () => {
    await traffic.settled();
    return traffic.got.slice(from).join('\n');
  };
}

test('words and typing come live to who takes part, to nobody else, and to nobody who has left', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(300_000);
  const [first, later] = [marker('Live to both'), marker('And seen later')];
  const [unsent, private_] = [marker('Too late'), marker('After he left')];
  const [phone, laptop, tablet] = [await deviceOf(ana), await deviceOf(lee), await deviceOf(lee)];
  await openConversation(phone.page, 'Care team');
  for (const { page } of [laptop, tablet]) await openAsStaff(page, 'Care team', 'Ana Torres');
  await expect(messageWith(laptop.page, 'Small things are what it is for.')).toBeVisible();

  await type(phone.page, first);
  for (const { page } of [laptop, tablet]) await expect(page.getByText(ANA_TYPES)).toBeVisible();
  await expect(phone.page.getByText('is typing')).toHaveCount(0);
  // Nothing can be fetched: it comes on the line, and is on the disk.
  await laptop.context.route(FETCHING, (route) => route.abort());
  await phone.page.getByRole('button', { name: 'Send', exact: true }).click();
  for (const { page } of [laptop, tablet]) {
    await expect(messageWith(page, first)).toBeVisible();
    await expect(page.getByText(ANA_TYPES)).toHaveCount(0);
  }
  await laptop.page.goBack();
  await laptop.page.goForward();
  await expect(messageWith(laptop.page, first)).toBeVisible();
  await laptop.context.unroute(FETCHING);

  await type(laptop.page, 'I am');
  await expect(phone.page.getByText(LEE_TYPES)).toBeVisible();
  await expect(tablet.page.getByText('is typing')).toHaveCount(0);
  // He stops; it goes by itself.
  await expect(phone.page.getByText(LEE_TYPES)).toHaveCount(0);

  // Who does not want to be seen typing is not, and sees nobody.
  await goTo(phone.page, 'More');
  await phone.page.getByRole('checkbox', { name: SETTING }).uncheck();
  await openConversation(phone.page, 'Care team');
  const [onTablet, toPhone] = [listenTo(tablet), listenTo(phone)];
  await type(phone.page, later);
  await type(tablet.page, 'And I');
  // It has come, and is not shown.
  await expect.poll(toPhone).toContain('"typing"');
  await expect(phone.page.getByText('is typing')).toHaveCount(0);
  await phone.page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(messageWith(tablet.page, later)).toBeVisible();
  expect(await onTablet()).not.toContain('"typing"');
  await goTo(phone.page, 'More');
  await phone.page.getByRole('checkbox', { name: SETTING }).check();
  await tablet.close();

  // Among the staff it is said who has it open; to the client it is not. At the front desk nothing is heard of the care team.
  const desk = await deviceOf(support);
  await openAsStaff(desk.page, 'Front desk', 'Ana Torres');
  const [atDesk, onPhone] = [listenTo(desk), listenTo(phone)];
  await openConversation(phone.page, 'Front desk');
  await openAsStaff(laptop.page, 'Front desk', 'Ana Torres');
  await expect(laptop.page.getByText('Sam Rivera has this open too')).toBeVisible();
  await expect(desk.page.getByText('Dr. Lee has this open too')).toBeVisible();
  await expect(phone.page.getByText('has this open')).toHaveCount(0);
  expect(await onPhone()).not.toContain('"here":');
  await openConversation(phone.page, 'Care team');
  await openAsStaff(laptop.page, 'Care team', 'Ana Torres');
  await expect(desk.page.getByText('has this open')).toHaveCount(0);
  await type(phone.page, 'For you');
  await expect(laptop.page.getByText(ANA_TYPES)).toBeVisible();
  expect(await atDesk()).not.toMatch(/"typing"|Small things/);

  // He is taken off the team while his device is away.
  await expect(messageWith(laptop.page, later)).toBeVisible();
  await laptop.goOffline();
  await say(laptop.page, unsent);
  await expect(messageWith(laptop.page, unsent)).toContainText('On this device');
  await server.setTeam({ client: 'ana', provider: 'lee', member: false });
  const onLaptop = listenTo(laptop);
  await laptop.goOnline();
  await notSentLink(laptop.page, 1).click();
  const back = laptop.page.getByRole('list', { name: 'Came back to you' }).getByRole('listitem');
  await expect(back).toHaveCount(1);
  await expect(back).toContainText(unsent);
  await expect(back).toContainText(/You may not do this here|is not there, or not yours/);
  await say(phone.page, private_);
  await expect(messageWith(phone.page, private_)).toContainText(/Sent|They have it/);
  await goTo(laptop.page, 'Chat');
  await expect(statusLine(laptop.page)).toHaveText('Up to date');
  await expect(laptop.page.getByRole('main').getByText('Ana Torres')).toHaveCount(0);
  expect(await onLaptop()).not.toContain(private_);
  await expect(phone.page.getByRole('log').getByText(unsent)).toHaveCount(0);
});

test('a message arrives although the app was closed right after, and once', async ({ deviceOf }) => {
  const words = marker('Closed after sending');
  const [phone, laptop] = [await deviceOf(ana), await deviceOf(lee)];
  await openAsStaff(laptop.page, 'Care team', 'Ana Torres');
  await openConversation(phone.page, 'Care team');
  await phone.goOffline();
  const elsewhere = await phone.context.newPage();
  await say(phone.page, words);
  await expect(messageWith(phone.page, words)).toContainText('On this device');
  await phone.page.close();
  await phone.goOnline();
  await fireSync(phone.context, { page: elsewhere, origin: phone.origin });
  await expect(messageWith(laptop.page, words)).toBeVisible();
  await phone.newTab();
  await phone.visit('/chat/care-team');
  await expect(lockedTitle(phone.page)).toBeVisible();
  await unlock(phone.page);
  await expect(messageWith(phone.page, words)).toContainText(/Sent|They have it|Seen by/);
  for (const { page } of [phone, laptop]) await expect(page.getByRole('log').getByText(words)).toHaveCount(1);
  await expect(notSentLink(phone.page)).toBeHidden();
});

test('a stock y-websocket provider and a device of ours end with the same words', async ({ deviceOf, server }) => {
  const [ours, theirs] = [marker('From us'), marker('From a stock peer')];
  const [offline, meanwhile] = [marker('Said offline'), marker('Said meanwhile')];
  const phone = await deviceOf(ana);
  await openConversation(phone.page, 'Care team');
  const peer = await joinStockChat(server, 'lee', 'ana');
  try {
    await expect.poll(() => peer.said()).toContain('Small things are what it is for.');
    await say(phone.page, ours);
    await expect.poll(() => peer.said()).toContain(ours);
    peer.say(theirs);
    await expect(messageWith(phone.page, theirs)).toContainText('Dr. Lee');
    await phone.goOffline();
    await say(phone.page, offline);
    peer.say(meanwhile);
    await phone.goOnline();
    await expect(messageWith(phone.page, meanwhile)).toBeVisible();
    await expect.poll(() => peer.said()).toContain(offline);
    expect(peer.said().filter((body) => [ours, theirs, offline, meanwhile].includes(body))).toHaveLength(4);
    for (const words of [ours, theirs, offline, meanwhile])
      await expect(phone.page.getByRole('log').getByText(words)).toHaveCount(1);
    expect(peer.closed).toEqual([]);
  } finally {
    peer.leave();
  }
});
