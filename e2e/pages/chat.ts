// Conversations on the screen.

import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { goTo } from './frame.ts';

/** Opens a client's own conversation. */
export async function openConversation(page: Page, name: 'Care team' | 'Front desk'): Promise<void> {
  await goTo(page, 'Chat');
  await page.getByRole('main').getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Opens a client's conversation from the list of all. */
export async function openConversationOf(page: Page, client: string, name: 'Care team' | 'Front desk'): Promise<void> {
  await goTo(page, 'Chat');
  const rows = page.getByRole('main').getByRole('listitem').filter({ hasText: client }).filter({ hasText: name });
  await rows.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Begins an answer to the message with these words. */
export async function answer(page: Page, words: string): Promise<void> {
  await messageWith(page, words).getByRole('button', { name: 'Reply' }).click();
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused();
}

/** Says one's own message better, by keyboard. */
export async function correct(page: Page, words: string, better: string): Promise<void> {
  await messageWith(page, words).getByRole('button', { name: 'Correct' }).click();
  const box = page.getByRole('textbox', { name: 'Corrected message' });
  await expect(box).toBeFocused();
  await expect(box).toHaveValue(new RegExp(words));
  await box.fill(better);
  await box.press('Control+Enter');
}

/** What the message with these words answers. */
export function quoteIn(page: Page, words: string): Locator {
  return messageSaying(page, words).getByRole('button', { name: 'Show this message' });
}

/** Writes a message and sends it, by hand or by keyboard. */
export async function say(page: Page, words: string, by: 'button' | 'keys' = 'button'): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Message', exact: true });
  await box.fill(words);
  if (by === 'button') await page.getByRole('button', { name: 'Send', exact: true }).click();
  else await box.press('Control+Enter');
}

/** Takes one's own message back, once the dialog has said what that means. */
export async function takeBack(
  page: Page,
  words: string,
  meaning = 'Nobody is shown its words any more',
): Promise<void> {
  await messageWith(page, words).getByRole('button', { name: 'Take back' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(meaning);
  await dialog.getByRole('button', { name: 'Take back' }).click();
}

/** The message with these words. */
export function messageWith(page: Page, words: string): Locator {
  return page.getByRole('log').getByRole('listitem').filter({ hasText: words }).first();
}

/** Opens a client's conversation as the staff have it. */
export async function openAsStaff(page: Page, kind: 'Care team' | 'Front desk', client: string): Promise<void> {
  await goTo(page, 'Chat');
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: kind }).filter({ hasText: client });
  await row.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: kind }).waitFor();
}

/** Types without sending. */
export async function type(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).pressSequentially(words);
}

/** The message that says these words itself, and does not only quote them. */
function messageSaying(page: Page, words: string): Locator {
  const text = page.locator('.ui-user-text').filter({ hasText: words });
  return page.getByRole('log').locator('[data-message]').filter({ has: text });
}

/** Looks for words in all conversations. */
export async function searchMessages(page: Page, words: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search messages' }).fill(words);
}

/** The messages that were found. */
export function foundIn(page: Page): Locator {
  return page.getByRole('list', { name: 'Found messages' }).getByRole('listitem');
}

/** Staff begin a conversation among themselves about a client, or a community. */
export async function beginAsStaff(page: Page, topic: string, about: 'community' | RegExp): Promise<void> {
  await goTo(page, 'Chat');
  await page.getByRole('main').getByRole('link', { name: 'New conversation' }).click();
  await page.getByRole('radio', { name: about === 'community' ? 'Community' : 'Among staff' }).check();
  if (about !== 'community') await chooseFrom(page.getByRole('combobox', { name: 'About whom' }), about);
  await page.getByRole('textbox', { name: 'Topic' }).fill(topic);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('heading', { level: 1, name: topic }).waitFor();
}

/** Asks these clients to the community that is open. */
export async function askToJoin(page: Page, clients: readonly RegExp[]): Promise<void> {
  await page.getByRole('button', { name: 'Who takes part' }).click();
  const dialog = page.getByRole('dialog', { name: 'Who takes part' });
  for (const client of clients) {
    await chooseFrom(dialog.getByRole('combobox', { name: 'Somebody else' }), client);
    await dialog.getByRole('button', { name: 'Ask or add' }).click();
    await expect(dialog.getByRole('status')).toHaveText(client);
  }
  await dialog.getByRole('button', { name: 'Close' }).last().click();
}

/** A client joins the community to which she was asked, under a name, and opens it. */
export async function joinAs(page: Page, topic: string, name: string): Promise<void> {
  await goTo(page, 'Chat');
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Join' }).click();
  const dialog = page.getByRole('dialog', { name: 'Join this community?' });
  await dialog.getByRole('textbox', { name: 'The name others see' }).fill(name);
  await dialog.getByRole('button', { name: 'Join' }).click();
  await expect(main.getByText(`You have joined ${topic}.`)).toBeFocused();
  await main.getByRole('link', { name: topic }).click();
  await page.getByRole('heading', { level: 1, name: topic }).waitFor();
}

async function chooseFrom(select: Locator, label: RegExp): Promise<void> {
  const option = select.locator('option').filter({ hasText: label });
  await select.selectOption((await option.getAttribute('value')) ?? '');
}
