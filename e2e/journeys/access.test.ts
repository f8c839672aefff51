import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { PHONE } from '../device.ts';
import { openConversation, say } from '../pages/chat.ts';
import { goTo, notSentLink } from '../pages/frame.ts';
import { expectFound, pressFilter, search } from '../pages/history.ts';
import { itemWith } from '../pages/inbox.ts';
import { openEntry, writeEntry } from '../pages/journal.ts';
import { ana, lee, owner } from '../people.ts';
import { clearStorage } from '../storage.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

const CONTRAST = 'color-contrast';

/** How a screen is looked at, in each language; a rule is asked again only where its answer may be another. */
const LOOKS: Record<Language, readonly Look[]> = {
  en: [
    { name: 'light', colorScheme: 'light', text: 100, rules: 'all', isMeasured: true },
    { name: 'dark', colorScheme: 'dark', text: 100, rules: 'contrast', isMeasured: false },
    { name: 'text at 200 %', colorScheme: 'light', text: 200, rules: 'none', isMeasured: true },
  ],
  ar: [{ name: 'Arabic', colorScheme: 'light', text: 100, rules: 'all but contrast', isMeasured: true }],
};

interface Look {
  readonly name: string;
  readonly colorScheme: 'light' | 'dark';
  /** Size of the text, in percent. */
  readonly text: number;
  readonly rules: 'all' | 'contrast' | 'all but contrast' | 'none';
  /** Whether it must fit a narrow phone. */
  readonly isMeasured: boolean;
}

/** Every screen is looked at, and all that is wrong is told. Parts of a screen may still be on their way: polled. */
const softly = expect.configure({ soft: true, timeout: 20_000 });

type Language = 'en' | 'ar';

const LANGUAGES: readonly { language: Language; name: string }[] = [
  { language: 'en', name: 'English' },
  { language: 'ar', name: 'العربية' },
];

test('a client can use every screen: light, dark, Arabic, large, narrow', async ({ device, deviceOf }) => {
  test.setTimeout(420_000);
  const front = await device({ viewport: PHONE });
  await front.visit('/sign-in');
  for (const { language, name } of LANGUAGES) {
    await chooseLanguage(front.page, language, name);
    await expectUsable(front.page, language, 'sign-in');
  }

  const words = marker('Reading this aloud');
  const phone = await deviceOf(ana);
  const { page } = phone;
  await goTo(page, 'Journal');
  await writeEntry(page, 'Food', words);
  await search(page, words);
  await pressFilter(page);
  await page.getByRole('checkbox', { name: 'Food' }).check();
  await expectFound(page, 1);
  // Opened as it stands: what is asked has no address of its own.
  await expectUsable(page, 'en', 'a search');
  await openEntry(page, words);
  const entry = new URL(page.url()).pathname;
  await goTo(page, 'Journal');
  await phone.goOffline();
  await writeEntry(page, 'Reflection', marker('Still here'));
  await expect(notSentLink(page, 1)).toBeVisible();
  await openConversation(page, 'Front desk');
  await say(page, marker('May I come later'));
  await expect(page.getByRole('log')).toContainText('On this device');
  // Each sort of question is in one of them.
  const kinds = ['reflection', 'food', 'mood', 'symptom', 'sleep', 'workout', 'water', 'medication'].map(
    (kind) => `/journal?new=${kind}`,
  );
  const paths = ['/today', '/journal', '/journal/print', entry, ...kinds, '/plan', '/private', '/not-sent', '/more'];
  const chats = ['/chat', '/chat/new', '/chat/care-team', '/chat/front-desk'];
  await walk(page, [...chats, ...paths]);
  await page.reload();
  for (const { language, name } of LANGUAGES) {
    await chooseLanguage(page, language, name);
    await expectUsable(page, language, 'locked');
  }
  await clearStorage(phone, 'indexeddb');
  await page.reload();
  for (const { language, name } of LANGUAGES) {
    await chooseLanguage(page, language, name);
    await expectUsable(page, language, 'lost store');
  }
});

test('a provider can use every screen: light, dark, Arabic, large, narrow', async ({ deviceOf }) => {
  test.setTimeout(420_000);
  const words = marker('Something to read');
  const phone = await deviceOf(ana);
  await goTo(phone.page, 'Journal');
  await writeEntry(phone.page, 'Mood', words);
  const { page } = await deviceOf(lee);
  await expect(itemWith(page, words)).toBeVisible();
  await goTo(page, 'Clients');
  await page
    .getByRole('main')
    .getByRole('link', { name: /Ana Torres/ })
    .click();
  await expect(page.getByRole('main')).toContainText(words);
  const chart = new URL(page.url()).pathname;
  await itemWith(page, words).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/clients\/[0-9a-f-]{36}\/journal\//);
  const entry = new URL(page.url()).pathname;
  const client = chart.split('/').at(-1);
  const chats = ['/chat', '/chat/new', ...['care-team', 'front-desk'].map((kind) => `/chat/${client}/${kind}`)];
  const header = [`${chart}/summary`, `${chart}/plan`, `${chart}/primary`];
  await walk(page, ['/inbox', '/clients', chart, ...header, `${chart}/print`, entry, ...chats, '/not-sent', '/more']);
});

test('an owner can use every screen: light, dark, Arabic, large, narrow', async ({ deviceOf }) => {
  test.setTimeout(420_000);
  const { page } = await deviceOf(owner);
  const lists = ['/clients', '/clients/import', '/clients/together/primary', '/clients/print'];
  await walk(page, [...lists, '/chat', '/admin/journal', '/admin/mail', '/more']);
  // Opened as it stands: its forms have no address of their own.
  await chooseLanguage(page, 'en', 'English');
  await moveTo(page, '/admin/journal');
  await page.getByRole('button', { name: 'Edit: Food' }).click();
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByRole('combobox', { name: 'Kind of answer' }).selectOption('One of several');
  await expectUsable(page, 'en', 'a kind of entry');
});

/** Holds every screen to its rules, in every language; ends on the last one, which offers the languages. */
async function walk(page: Page, paths: readonly string[]): Promise<void> {
  for (const { language, name } of LANGUAGES) {
    await moveTo(page, '/more');
    await chooseLanguage(page, language, name);
    for (const path of paths) {
      await moveTo(page, path);
      await expectUsable(page, language, path);
    }
  }
}

async function chooseLanguage(page: Page, language: Language, name: string): Promise<void> {
  // Its words may have to be fetched first: until then it stays as it was.
  await page.getByRole('radio', { name }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** By the app's own router, since a load would lock. */
async function moveTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState({}, '', to), path);
  await expect(page).toHaveURL(new RegExp(`${path.replace(/\?/, '\\?')}$`));
}

/** No fault that axe knows, and no scrolling sideways on a narrow phone. */
async function expectUsable(page: Page, language: Language, screen: string): Promise<void> {
  const usual = page.viewportSize() ?? PHONE;
  for (const { name, colorScheme, text, rules, isMeasured } of LOOKS[language]) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText('Loading…')).toHaveCount(0);
    if (rules !== 'none') await softly.poll(() => faultsOf(page, rules), { message: `${screen}, ${name}` }).toEqual([]);
    if (!isMeasured) continue;
    await page.setViewportSize(PHONE);
    await softly.poll(() => tooWide(page), { message: `${screen}, ${name}, 360 px` }).toEqual([]);
    await page.setViewportSize(usual);
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
}

async function faultsOf(page: Page, rules: Look['rules']): Promise<string[]> {
  // In the page itself: there are no frames, for which each look would open a page more.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (rules === 'contrast') axe.withRules(CONTRAST);
  if (rules === 'all but contrast') axe.disableRules(CONTRAST);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** What makes the page scroll sideways. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > clientWidth + 0.5 || left < -0.5;
    });
    return wide.map((element) => element.outerHTML.slice(0, 120));
  });
}
