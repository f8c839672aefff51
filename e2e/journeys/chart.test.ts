import { addAllergy, changeReaction, openSummary, summaryOf, writePlan } from '../pages/chart.ts';
import { addContact, openContacts } from '../pages/contacts.ts';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { openedStore } from '../opened-store.ts';
import { openChart } from '../pages/protection.ts';
import { dana, okafor, support } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

const DANA = /Dana Whitfield/;

test('what her provider notes stands over the chart, her plan is in her pocket without a network, and the front desk has whom to call', async ({
  deviceOf,
}) => {
  const [allergy, reaction, friend] = [marker('Walnut'), marker('Hives'), marker('Sister')];
  const [signs, alone] = [marker('Stops answering'), marker('Paint')];
  const [phone, laptop, desk] = [await deviceOf(dana), await deviceOf(okafor), await deviceOf(support)];
  await phone.goOffline();

  await openContacts(desk.page, DANA);
  await addContact(desk.page, { Name: friend, 'Phone number': '+1 555 010 0143' });
  await openChart(laptop.page, DANA);
  await expect(summaryOf(laptop.page)).toContainText('Allergies: not asked yet');
  await openSummary(laptop.page);
  await laptop.page.getByRole('button', { name: 'No known allergies' }).click();
  await expect(laptop.page.getByRole('region', { name: 'Allergies', exact: true })).toContainText('No known allergies');
  await addAllergy(laptop.page, allergy, reaction);
  // What adding took away comes back with what was added by mistake.
  await laptop.page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(laptop.page.getByRole('region', { name: 'Allergies', exact: true })).toContainText('No known allergies');
  await addAllergy(laptop.page, allergy, reaction);
  await openChart(laptop.page, DANA);
  // Severe in words, and in sight before anything is opened.
  await expect(summaryOf(laptop.page)).toContainText(`${allergy} Severe`);
  await expect(summaryOf(laptop.page)).not.toContainText('No known allergies');
  await expect(summaryOf(laptop.page)).not.toContainText(reaction);
  await summaryOf(laptop.page).locator('summary').click();
  for (const words of [reaction, 'Medications: not asked yet', friend])
    await expect(summaryOf(laptop.page)).toContainText(words);
  await summaryOf(laptop.page).getByRole('link', { name: 'Safety plan' }).click();
  await writePlan(laptop.page, { '1\\.': signs, '4\\.': 'Mom: +1 555 010 0199' });
  await expect(statusLine(laptop.page)).toHaveText('Up to date');

  // Her phone was away; it fetches the plan, and has it from then on.
  await phone.goOnline();
  await phone.page.getByRole('main').getByRole('link', { name: 'My safety plan' }).click();
  await expect(phone.page.getByRole('main')).toContainText(signs);
  await phone.goOffline();
  await goTo(phone.page, 'Journal');
  await phone.page.getByRole('button', { name: 'Crisis help' }).click();
  await phone.page.getByRole('dialog').getByRole('link', { name: 'My safety plan' }).click();
  await expect(phone.page.getByRole('dialog')).toBeHidden();
  await expect(phone.page.getByRole('link', { name: '+1 555 010 0199' })).toHaveAttribute('href', 'tel:+15550100199');
  await writePlan(phone.page, { '2\\.': alone });
  await expect(phone.page.getByRole('main')).toContainText(/Last changed by You.*not sent yet/);
  await expect(notSentLink(phone.page, 1)).toBeVisible();
  await phone.goOnline();
  await expect(laptop.page.getByRole('main')).toContainText(alone);
  await expect(laptop.page.getByRole('main')).toContainText('Last changed by Dana');

  // Two wordings of one step: both can be called from, also by who writes a third; the chart says that there is a question.
  await expect(laptop.page.getByRole('main')).toContainText('Nobody watches this app all day');
  await phone.goOffline();
  await writePlan(phone.page, { '5\\.': 'Rosa 555-010-0143 9-5' });
  await writePlan(laptop.page, { '5\\.': '988 24/7, see https://example.org/help' });
  await expect(statusLine(laptop.page)).toHaveText('Up to date');
  await phone.goOnline();
  for (const { page } of [phone, laptop]) {
    const main = page.getByRole('main');
    await expect(main.getByRole('link', { name: '555-010-0143', exact: true })).toHaveAttribute(
      'href',
      'tel:5550100143',
    );
    await expect(main.getByRole('link', { name: '988', exact: true })).toHaveAttribute('href', 'tel:988');
    await expect(main.getByRole('link', { name: 'https://example.org/help' })).toBeVisible();
    await expect(main.getByRole('button', { name: 'Choose what you wrote' })).toBeVisible();
  }
  await laptop.page.getByRole('button', { name: 'Write another' }).click();
  await expect(laptop.page.getByRole('main')).toContainText('Nobody is told at once.');
  for (const name of ['555-010-0143', '988'])
    await expect(laptop.page.getByRole('main').getByRole('link', { name, exact: true })).toBeVisible();
  await openChart(laptop.page, DANA);
  await expect(summaryOf(laptop.page).getByRole('link', { name: 'Safety plan 1 question' })).toBeVisible();

  // What is the care team's reaches neither her nor the front desk; the plan is no business of the desk's.
  await openChart(desk.page, DANA);
  await expect(desk.page.getByRole('main').getByRole('link', { name: '+1 555 010 0143' })).toBeVisible();
  await expect(summaryOf(desk.page)).toHaveCount(0);
  await expect(desk.page.getByRole('link', { name: 'Safety plan' })).toHaveCount(0);
  for (const device of [phone, desk]) await expect(statusLine(device.page)).toHaveText('Up to date');
  const kept = async (page: typeof desk.page) => JSON.stringify(await openedStore(page));
  const [hers, theirs] = [await kept(phone.page), await kept(desk.page)];
  for (const words of [allergy, reaction]) expect(hers).not.toContain(words);
  for (const words of [allergy, reaction, signs, alone]) expect(theirs).not.toContain(words);
  for (const words of [signs, alone]) expect(hers).toContain(words);
  for (const { traffic } of [phone, desk]) {
    await traffic.settled();
    expect(traffic.got.join('\n')).not.toContain(allergy);
  }
});

test('what was changed over what no longer stands comes back beside what stands now, and is saved over that', async ({
  deviceOf,
}) => {
  const [name, first, later, own] = [marker('Walnut'), marker('Hives'), marker('Swelling'), marker('Cough')];
  const [laptop, home] = [await deviceOf(okafor), await deviceOf(okafor)];
  await openChart(laptop.page, DANA);
  await openSummary(laptop.page);
  await addAllergy(laptop.page, name, first);
  await openChart(home.page, DANA);
  await openSummary(home.page);
  await expect(home.page.getByRole('main')).toContainText(first);
  await home.goOffline();
  await changeReaction(home.page, name, own);
  await expect(home.page.getByRole('main')).toContainText(own);
  await changeReaction(laptop.page, name, later);
  await expect(statusLine(laptop.page)).toHaveText('Up to date');
  await home.goOnline();
  await expect(home.page.getByRole('main')).toContainText(later);
  await notSentLink(home.page, 1).click();
  const main = home.page.getByRole('main');
  // What of, and what else was chosen: not the typed words alone.
  for (const words of ['Allergies', name, own, 'Severe: can be dangerous']) await expect(main).toContainText(words);
  await home.page.getByRole('link', { name: 'Mend it' }).click();
  await expect(main).toContainText('It says now:');
  await expect(main).toContainText(`What happens: ${later}`);
  await expect(main.getByRole('textbox', { name: 'What happens' })).toHaveValue(own);
  await expect(main.getByRole('textbox', { name: 'What causes it' })).toHaveCount(0);
  await main.getByRole('button', { name: 'Save' }).click();
  await expect(laptop.page.getByRole('main')).toContainText(own);
  await expect(laptop.page.getByRole('main')).not.toContainText(later);
});
