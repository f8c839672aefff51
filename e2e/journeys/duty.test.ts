import type { Page } from '@playwright/test';
import { messageWith, openConversation, say } from '../pages/chat.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { ana, lee, owner, support } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

/** A conversation's row in the inbox. */
const rowOf = (page: Page, client: string, kind: 'Care team' | 'Front desk') =>
  page
    .locator('section')
    .filter({ has: page.getByRole('link', { name: client }) })
    .locator('[data-entry]')
    .filter({ has: page.getByRole('heading', { name: kind }) });

test('a message waits in the one inbox until it is answered, and the front desk hands over what is not its own', async ({
  deviceOf,
}) => {
  const [asked, answer, atDesk, care] = [
    marker('Is this normal'),
    marker('Yes it is'),
    marker('The pills make me dizzy'),
    marker('For my team alone'),
  ];
  const office = await deviceOf(owner);
  await goTo(office.page, 'Settings');
  await office.page.getByRole('link', { name: 'When the practice answers messages' }).click();
  await office.page.getByRole('spinbutton', { name: /An answer comes within/ }).fill('6');
  await office.page
    .getByRole('textbox', { name: /How you read messages.*English/ })
    .fill('In an emergency call 911. We read on working days.');
  await office.page.getByRole('button', { name: 'Save the hours' }).click();
  await expect(office.page.getByText('Saved. Clients read it with their next message.')).toBeVisible();

  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  const desk = await deviceOf(support);
  await openConversation(phone.page, 'Care team');
  await expect(phone.page.getByText(/We answer by/)).toBeVisible();
  await expect(phone.page.getByText('In an emergency call 911. We read on working days.')).toBeVisible();
  await phone.goOffline();
  await expect(phone.page.getByText('Not sent. Nobody can see this yet.')).toBeVisible();
  await expect(phone.page.getByText(/We answer by/)).toBeVisible();
  await phone.goOnline();
  await say(phone.page, asked);

  await goTo(laptop.page, 'Inbox');
  const row = rowOf(laptop.page, 'Ana Torres', 'Care team');
  await expect(row).toContainText(asked);
  await expect(row).toContainText(/Answer by|Overdue since/);
  await expect(row).toContainText('new message');
  await row.focus();
  await laptop.page.keyboard.press('r');
  const box = row.getByRole('textbox', { name: 'Message' });
  await expect(box).toBeFocused();
  await laptop.goOffline();
  await box.fill(answer);
  await box.press('Control+Enter');
  await expect(laptop.page.getByText('Saved on this device. It is sent when there is a network.')).toBeVisible();
  await laptop.goOnline();
  await expect(messageWith(phone.page, answer)).toBeVisible();
  await expect(row).toContainText('Nothing waits here');
  await laptop.page.getByRole('radio', { name: 'Mine' }).check();
  await expect(row).toHaveCount(0);
  await laptop.page.getByRole('radio', { name: 'Waiting', exact: true }).check();
  await expect(row).toHaveCount(0);

  // What the front desk has said before is counted until she has read it.
  const chat = phone.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Chat' });
  await expect(chat).toContainText('new');
  await openConversation(phone.page, 'Front desk');
  await expect(chat).not.toContainText('new');
  await openConversation(phone.page, 'Care team');
  await say(phone.page, care);
  await openConversation(phone.page, 'Front desk');
  await say(phone.page, atDesk);
  await expect(desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Chat' })).toContainText(
    'new',
  );
  await goTo(desk.page, 'Inbox');
  const atFront = rowOf(desk.page, 'Ana Torres', 'Front desk');
  await expect(atFront).toContainText(atDesk);
  await expect(desk.page.getByRole('main')).not.toContainText('Care team');
  await atFront.getByRole('link', { name: 'Front desk' }).click();
  await desk.page.getByRole('button', { name: 'Hand to care team' }).click();
  await expect(desk.page.getByRole('dialog')).toContainText(atDesk);
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
  await expect(desk.page.getByText('Handed to the care team.')).toBeVisible();
  await expect(desk.page.getByText(/Handed to the care team by Sam Rivera/)).toBeVisible();
  await goTo(desk.page, 'Inbox');
  await expect(atFront).toHaveCount(0);

  await expect(row).toContainText(/Handed over by Sam Rivera from the front desk/);
  await expect(row).toContainText(atDesk);
  await expect(desk.page.getByText(care)).toHaveCount(0);
  await openConversation(phone.page, 'Care team');
  await expect(phone.page.getByText(/Handed over by Sam Rivera/)).toBeVisible();
});

test('a conversation that is closed ends for both, says why, and gives back what was written meanwhile', async ({
  deviceOf,
}) => {
  const [before, meanwhile, typed] = [marker('Before'), marker('Meanwhile'), marker('Half a sentence')];
  const reason = marker('Your care here has ended');
  const phone = await deviceOf(ana);
  const laptop = await deviceOf(lee);
  await openConversation(phone.page, 'Care team');
  await say(phone.page, before);
  await goTo(laptop.page, 'Inbox');
  await rowOf(laptop.page, 'Ana Torres', 'Care team').getByRole('link', { name: 'Care team' }).click();
  await expect(messageWith(laptop.page, before)).toBeVisible();
  await phone.goOffline();
  await say(phone.page, meanwhile);
  await phone.page.getByRole('textbox', { name: 'Message' }).fill(typed);
  await laptop.page.getByRole('button', { name: 'Close the conversation' }).click();
  const dialog = laptop.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Close it' }).click();
  await expect(dialog.getByText('Say why: the client reads it.')).toBeVisible();
  await dialog.getByRole('textbox').fill(reason);
  await dialog.getByRole('button', { name: 'Close it' }).click();
  await expect(laptop.page.getByRole('textbox', { name: 'Message' })).toHaveCount(0);

  await expect(messageWith(laptop.page, before).getByRole('button', { name: 'Reply', exact: true })).toHaveCount(0);
  await goTo(laptop.page, 'Inbox');
  const row = rowOf(laptop.page, 'Ana Torres', 'Care team');
  await expect(row).toContainText('Closed');
  await expect(row.getByRole('button', { name: 'Open it again' })).toBeVisible();
  await expect(row.getByRole('button', { name: 'Answer', exact: true })).toHaveCount(0);
  await row.focus();
  await laptop.page.keyboard.press('r');
  await expect(laptop.page.getByText('This conversation is closed.')).toBeVisible();
  await expect(row.getByRole('textbox')).toHaveCount(0);
  // What is taken was nobody's before, and is nobody's again.
  await row.getByRole('button', { name: 'I answer' }).click();
  await expect(row).toContainText('Yours');
  await row.focus();
  await laptop.page.keyboard.press('u');
  await expect(laptop.page.getByText('Undone.')).toBeVisible();
  await expect(row).not.toContainText('Yours');
  await row.getByRole('link', { name: 'Care team' }).click();

  await phone.goOnline();
  await expect(phone.page.getByText(reason)).toBeVisible();
  await expect(phone.page.getByText(typed)).toBeVisible();
  await expect(phone.page.getByRole('link', { name: 'Write to the front desk' })).toBeVisible();
  await notSentLink(phone.page, 1).click();
  await expect(phone.page.getByText(meanwhile)).toBeVisible();
  await expect(phone.page.getByText('This was closed before it came.')).toBeVisible();
  await expect(laptop.page.getByRole('log').getByText(meanwhile)).toHaveCount(0);

  await laptop.page.getByRole('button', { name: 'Archive' }).click();
  await goTo(laptop.page, 'Chat');
  const archived = laptop.page.getByRole('list', { name: 'Archived' });
  await laptop.page.getByText('Archived', { exact: true }).first().click();
  await expect(archived.getByRole('listitem').filter({ hasText: 'Ana Torres' })).toHaveCount(1);
  await archived.getByRole('link').click();
  await laptop.page.getByRole('button', { name: 'Open it again' }).click();
  await expect(laptop.page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  // Tried before the server knows that it is open, it comes back again.
  await expect(statusLine(laptop.page)).toHaveText('Up to date');
  await phone.page.getByRole('button', { name: 'Try once more' }).click();
  await expect(messageWith(laptop.page, meanwhile)).toBeVisible();
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await openConversation(phone.page, 'Care team');
  await expect(phone.page.getByRole('textbox', { name: 'Message' })).toHaveValue(typed);
});
