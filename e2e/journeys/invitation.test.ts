import type { Page } from '@playwright/test';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { messageWith, openConversation, openConversationOf, say } from '../pages/chat.ts';
import { PHONE } from '../device.ts';
import { lee, support } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

const PASSWORD = 'a new password of hers';
const main = (page: Page) => page.getByRole('main');

test('who is taken on without a network comes in by the newest letter, once, and reaches her provider; a page taken back opens nothing', async ({
  device,
  deviceOf,
  server,
}) => {
  const email = `${marker('nora').replaceAll(' ', '.')}@example.test`;
  const desk = await deviceOf(support);
  await desk.goOffline();
  await addClient(desk.page, { name: 'Nora Quill', email, primary: 'Dr. Lee' });
  await main(desk.page).getByRole('link', { name: 'Invite to sign in' }).click();
  await desk.page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(main(desk.page).getByText('Not sent yet', { exact: true })).toBeVisible();
  await expect(notSentLink(desk.page)).toBeVisible();
  expect(await letterTo(server, email, 0)).toBeNull();
  await desk.goOnline();
  const first = await linkTo(server, email, 0);

  await main(desk.page).getByRole('link', { name: 'Invite again' }).click();
  await desk.page.getByRole('button', { name: 'Send the invitation' }).click();
  const second = await linkTo(server, email, 1);
  expect(second).not.toBe(first);

  const phone = await device({ viewport: PHONE });
  await phone.page.goto(first);
  await expect(phone.page.getByText('There is a newer invitation for you')).toBeVisible();
  await phone.page.goto(second);
  await expect(phone.page.getByText(`You sign in with ${email}`)).toBeVisible();
  await join(phone.page, 'too short');
  await expect(phone.page.getByText('A password has 12 characters or more.')).toBeVisible();
  await join(phone.page, PASSWORD);
  await expect(phone.page).toHaveURL(/\/today$/);
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  const hello = marker('Good to be here');
  await openConversation(phone.page, 'Care team');
  await say(phone.page, hello);

  const laptop = await deviceOf(lee);
  await openConversationOf(laptop.page, 'Nora Quill', 'Care team');
  await expect(messageWith(laptop.page, hello)).toBeVisible();
  await expect(main(desk.page).getByText('This client signs in.')).toBeVisible();
  await expect(main(desk.page).getByText('Active', { exact: true }).first()).toBeVisible();
  await expect(desk.page.getByText(hello)).toHaveCount(0);

  // Whoever finds the letter later has nothing of it.
  const found = await device();
  await found.page.goto(second);
  await expect(found.page.getByText('This invitation was used already.')).toBeVisible();
  await expect(found.page.getByLabel('New password')).toHaveCount(0);

  await goTo(desk.page, 'Clients');
  await addClient(desk.page, { name: 'Paul Paper', primary: 'Dr. Lee' });
  await main(desk.page).getByRole('link', { name: 'Invite to sign in' }).click();
  await desk.page.getByRole('radio', { name: 'Print a page' }).check();
  await desk.page.getByLabel('User name or phone number').fill('paul.paper');
  await whenSent(desk.page, () => desk.page.getByRole('button', { name: 'Make the page' }).click());
  const page = (await desk.page.getByText(/^http.*\/join#/).textContent()) ?? '';
  await found.page.goto(page);
  await expect(found.page.getByLabel('User name or phone number')).toHaveValue('paul.paper');
  await desk.page.goBack();
  await whenSent(desk.page, () => main(desk.page).getByRole('button', { name: 'Take back' }).click());
  await expect(desk.page.getByText('The invitation was taken back. It opens nothing any more.')).toBeVisible();
  await join(found.page, PASSWORD);
  await expect(found.page.getByText('Your practice has taken this invitation back.')).toBeVisible();
});

async function addClient(page: Page, client: { name: string; email?: string; primary: string }): Promise<void> {
  await main(page).getByRole('link', { name: 'Add a client' }).click();
  await page.getByLabel('Full name').fill(client.name);
  await page.getByLabel('Birth date').fill('1990-02-03');
  if (client.email !== undefined) await page.getByRole('textbox', { name: /^Email/ }).fill(client.email);
  await page.getByLabel('Primary provider').selectOption({ label: client.primary });
  await page.getByRole('button', { name: /^Add (the client|as a new client)$/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Chart');
  await expect(main(page).getByText(client.name).first()).toBeVisible();
}

/** Does it, and waits until the server has answered: before it is sent, the line above may still say that all is. */
async function whenSent(page: Page, act: () => Promise<void>): Promise<void> {
  const answer = page.waitForResponse(
    (response) => response.ok() && new URL(response.url()).pathname.endsWith('/push'),
  );
  await act();
  await answer;
}

async function join(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Come in' }).click();
}

/** The link of her letter after those that she has had. */
async function linkTo(server: Letters, email: string, had: number): Promise<string> {
  await expect.poll(() => letterTo(server, email, had), { timeout: 30_000 }).not.toBeNull();
  return /http\S+\/join#\S+/.exec((await letterTo(server, email, had)) ?? '')?.[0] ?? '';
}

interface Letters {
  letters(): Promise<string[]>;
}

/** The newest of her letters, whole, as soon as there are more than she has had. */
async function letterTo(server: Letters, email: string, had: number): Promise<string | null> {
  const hers = (await server.letters()).filter((letter) => letter.includes(`To: ${email}`));
  const newest = hers.sort((a, b) => dateOf(a) - dateOf(b)).at(-1);
  return newest === undefined || hers.length <= had ? null : newest.replaceAll('=\r\n', '').replaceAll('=3D', '=');
}

const dateOf = (letter: string) => Date.parse(/^Date: (.*)\r$/m.exec(letter)?.[1] ?? '');
