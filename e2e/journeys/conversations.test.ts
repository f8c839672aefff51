import { askToJoin, beginAsStaff, joinAs, messageWith, say } from '../pages/chat.ts';
import { openedStore } from '../opened-store.ts';
import { goTo, statusLine } from '../pages/frame.ts';
import { ana, ben, lee } from '../people.ts';
import { cachedIn, marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('clients meet in a community under names of their own choice, and what staff say of one never reaches her', async ({
  deviceOf,
}) => {
  const [group, staffTopic, aboutAna] = [marker('Walking'), marker('Before the review'), marker('Among us')];
  const [fromAna, fromBen] = [marker('I walk at seven'), marker('I walk at noon')];
  const { page: laptop } = await deviceOf(lee);
  await beginAsStaff(laptop, staffTopic, /Ana Torres/);
  await say(laptop, aboutAna);
  await beginAsStaff(laptop, group, 'community');
  await askToJoin(laptop, [/Ana Torres/, /Ben Cole/]);

  const phones = { ana: await deviceOf(ana), ben: await deviceOf(ben) };
  const [anas, bens] = [phones.ana.page, phones.ben.page];
  await joinAs(anas, group, 'Robin');
  await say(anas, fromAna);
  await joinAs(bens, group, 'Sparrow');
  await say(bens, fromBen);
  await expect(messageWith(bens, fromAna)).toContainText('Robin');
  await expect(messageWith(anas, fromBen)).toContainText('Sparrow');
  await expect(messageWith(laptop, fromBen)).toContainText('Sparrow');
  // Clients mention each other by these names alone, by keyboard.
  const box = bens.getByRole('textbox', { name: 'Message', exact: true });
  await box.pressSequentially('Thanks, @Ro');
  await expect(bens.getByRole('option')).toHaveText(['Robin']);
  await bens.keyboard.press('Enter');
  const mentioning = bens.getByRole('textbox', { name: 'Message', exact: true });
  await expect(mentioning).toHaveValue('Thanks, @Robin ');
  await mentioning.press('Control+Enter');
  await expect(messageWith(anas, 'Thanks, @Robin')).toBeVisible();

  // Both are up to date with what the server has, and neither has more than her part of it.
  for (const [phone, others] of [
    [phones.ana, ['Benjamin Cole', 'Ben Cole']],
    [phones.ben, ['Ana Torres']],
  ] as const) {
    await goTo(phone.page, 'Chat');
    await expect(statusLine(phone.page)).toHaveText('Up to date');
    await expect(phone.page.getByRole('main')).not.toContainText(staffTopic);
    await phone.traffic.settled();
    const stored = JSON.stringify(await openedStore(phone.page));
    expect(stored).toContain(group);
    const came = [stored, ...phone.traffic.got, ...phone.traffic.addresses, ...(await cachedIn(phone.page))];
    for (const word of [staffTopic, aboutAna, ...others]) {
      expect(
        came.filter((text) => text.includes(word)),
        word,
      ).toEqual([]);
    }
    expect(phone.traffic.unread).toEqual([]);
  }
});
