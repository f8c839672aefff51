import type { Device } from '../device.ts';
import { addContact, changeContact, choose, contactWith, openContacts, questionAbout } from '../pages/contacts.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { ana, lee, okafor, support } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

const ANA = /Ana Torres/;
const PHONE_NUMBER = '+1 555 010 0143';
const OTHER_NUMBER = '+1 555 010 0199';

test('two people write different things offline: both see both, until one chooses', async ({ deviceOf, server }) => {
  const [name, first, relation] = [marker('Aunt'), marker('Before'), marker('Godmother')];
  const [fromLee, fromSam] = [marker('Lee says'), marker('Sam says')];
  const [laptop, desk] = [await deviceOf(lee), await deviceOf(support)];
  const strangers = [await deviceOf(okafor), await deviceOf(ana)];
  await openContacts(laptop.page, ANA);
  await openContacts(desk.page, ANA);
  await addContact(laptop.page, { Name: name, 'Phone number': PHONE_NUMBER, Note: first });
  await expect(contactWith(desk.page, name)).toContainText(first);

  // Different fields: nothing to choose, and both are told.
  await offline(laptop, desk);
  await changeContact(laptop.page, name, { Relationship: relation });
  await changeContact(desk.page, name, { 'Phone number': OTHER_NUMBER });
  for (const device of [laptop, desk]) {
    await device.goOnline();
    await expect(statusLine(device.page)).toHaveText('Up to date');
  }
  for (const [{ page }, names] of [
    [laptop, 'You and Sam Rivera'],
    [desk, 'Dr. Lee and You'],
  ] as const) {
    const contact = contactWith(page, name);
    for (const words of [relation, OTHER_NUMBER, first]) await expect(contact).toContainText(words);
    await expect(contact).toContainText(`Changed by ${names} at the same time: Relationship and Number or address`);
    await expect(contact.getByRole('group')).toHaveCount(0);
  }

  await offline(laptop, desk);
  await changeContact(laptop.page, name, { Note: fromLee });
  await changeContact(desk.page, name, { Note: fromSam });
  for (const device of [laptop, desk]) await expect(notSentLink(device.page, 1)).toBeVisible();
  await expect(contactWith(desk.page, name)).not.toContainText(fromLee);
  await laptop.goOnline();
  await expect(statusLine(laptop.page)).toHaveText('Up to date');
  await expect(questionAbout(contactWith(laptop.page, name), 'Note')).toHaveCount(0);
  await desk.goOnline();
  for (const { page } of [laptop, desk]) {
    const contact = contactWith(page, name);
    await expect(contact).toHaveCount(1);
    const question = questionAbout(contact, 'Note');
    await expect(question.getByRole('listitem')).toHaveCount(2);
    for (const words of [fromLee, fromSam]) {
      await expect(question.getByRole('listitem').filter({ hasText: words })).toHaveCount(1);
    }
    // Each says what it was when its author wrote.
    await expect(question.getByRole('listitem').filter({ hasText: first })).toHaveCount(2);
    await expect(contact).toContainText('1 question');
  }
  await expect(questionAbout(contactWith(laptop.page, name), 'Note')).toContainText('Sam Rivera');
  await expect(questionAbout(contactWith(desk.page, name), 'Note')).toContainText('Dr. Lee');

  await choose(questionAbout(contactWith(desk.page, name), 'Note'), fromLee);
  for (const { page } of [laptop, desk]) {
    await expect(questionAbout(contactWith(page, name), 'Note')).toHaveCount(0);
    await expect(contactWith(page, name)).toContainText(fromLee);
    await expect(contactWith(page, name)).not.toContainText(fromSam);
    await expect(contactWith(page, name)).toContainText(relation);
  }
  // The choice taken back: the question stands again, with both values, for everybody.
  await desk.page.getByRole('button', { name: 'Undo' }).last().click();
  for (const { page } of [laptop, desk]) {
    await expect(questionAbout(contactWith(page, name), 'Note')).toHaveCount(1);
    for (const words of [fromLee, fromSam]) await expect(contactWith(page, name)).toContainText(words);
    await expect(statusLine(page)).toHaveText('Up to date');
    await expect(notSentLink(page)).toBeHidden();
  }
  expect(await server.rowsWith(name)).toMatchObject({ rows: 1 });

  for (const { page, traffic } of strangers) {
    await expect(statusLine(page)).toHaveText('Up to date');
    await traffic.settled();
    for (const words of [name, first, relation, fromLee, fromSam]) expect(traffic.got.join('\n')).not.toContain(words);
    expect(traffic.unread).toEqual([]);
  }
  await laptop.traffic.settled();
  expect(laptop.traffic.got.join('\n')).toContain(fromSam);
});

test('two devices of one person: different fields merge, the same field asks', async ({ deviceOf }) => {
  const [name, relation, note] = [marker('Uncle'), marker('Godfather'), marker('After six')];
  const [here, there] = [marker('Here'), marker('There')];
  const [laptop, tablet] = [await deviceOf(lee), await deviceOf(lee)];
  for (const { page } of [laptop, tablet]) await openContacts(page, ANA);
  await addContact(laptop.page, { Name: name, 'Phone number': PHONE_NUMBER });
  await expect(contactWith(tablet.page, name)).toBeVisible();

  await offline(laptop, tablet);
  await changeContact(laptop.page, name, { Relationship: relation });
  await changeContact(tablet.page, name, { Note: note });
  for (const device of [laptop, tablet]) await device.goOnline();
  for (const { page } of [laptop, tablet]) {
    const contact = contactWith(page, name);
    for (const words of [relation, note]) await expect(contact).toContainText(words);
    await expect(contact.getByRole('group')).toHaveCount(0);
  }

  await offline(laptop, tablet);
  await changeContact(laptop.page, name, { Note: here });
  await changeContact(tablet.page, name, { Note: there });
  for (const device of [tablet, laptop]) await device.goOnline();
  for (const { page } of [laptop, tablet]) {
    await expect(questionAbout(contactWith(page, name), 'Note').getByRole('listitem')).toHaveCount(2);
    await goTo(page, 'Inbox');
    await expect(page.getByRole('main').getByRole('list', { name: 'Contacts: which one is right?' })).toContainText(
      'Ana Torres',
    );
    await openContacts(page, ANA);
  }
  await choose(questionAbout(contactWith(tablet.page, name), 'Note'), here);
  for (const { page } of [laptop, tablet]) {
    await expect(questionAbout(contactWith(page, name), 'Note')).toHaveCount(0);
    await expect(contactWith(page, name)).toContainText(here);
    await expect(contactWith(page, name)).not.toContainText(there);
    await expect(contactWith(page, name)).toContainText(relation);
  }
});

async function offline(...devices: Device[]): Promise<void> {
  for (const device of devices) {
    await device.goOffline();
    await expect(statusLine(device.page)).toHaveText('Offline. Saved on this device.');
  }
}
