import { readFile } from 'node:fs/promises';
import { goTo, notSentLink, statusLine } from '../pages/frame.ts';
import { ana, lee, support } from '../people.ts';
import { cachedIn, marker, storedIn } from '../traces.ts';
import { expect, test } from '../world.ts';

test('the front desk imports a list without a network; whom it adds reaches the provider, and no client’s device', async ({
  deviceOf,
}) => {
  const [nora, omar] = [marker('Nora Núñez'), marker('Omar Said')];
  const text = [
    'Nombre completo;Fecha de nacimiento;Teléfono;Nota',
    `${nora};03/05/1990;+1 555 010 0161;x`,
    `"${omar}";07/08/1985;;"=1+1"`,
    'Ana Torres;01/02/1980;;',
    'Nobody Soon;31/02/1990;;',
  ].join('\r\n');
  // As a program for tables on Windows saves it.
  const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') };
  const laptop = await deviceOf(lee);
  const phone = await deviceOf(ana);
  const desk = await deviceOf(support);
  const { page } = desk;
  await page.getByRole('link', { name: 'Add clients from a list' }).click();
  await desk.goOffline();
  const choose = () => page.locator('input[type=file]').setInputFiles(file);
  await choose();
  await expect(page.getByLabel('Nombre completo')).toHaveValue('legalName');
  await expect(page.getByLabel('Nota')).toHaveValue('out');
  // Which number is the month nobody guesses.
  await page.getByRole('button', { name: 'Look at each row' }).click();
  await expect(page.getByText('Choose one: both are possible.')).toBeVisible();
  await page.getByRole('radio', { name: /The day comes first/ }).check();
  await page.getByLabel('Primary provider').selectOption({ label: 'Dr. Lee' });
  await page.getByRole('button', { name: 'Look at each row' }).click();
  await expect(page.getByRole('checkbox', { name: nora })).toBeChecked();
  await expect(page.getByRole('listitem').filter({ hasText: nora })).toContainText('May 3, 1990');
  // Whoever is unticked stays so over a look at the columns.
  await page.getByRole('checkbox', { name: nora }).uncheck();
  await page.getByRole('button', { name: 'What the columns hold' }).click();
  await expect(page.getByRole('checkbox', { name: 'The first row holds headings Row 1' })).toBeChecked();
  await page.getByRole('button', { name: 'Look at each row' }).click();
  await expect(page.getByRole('checkbox', { name: nora })).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: omar })).toBeChecked();
  await page.getByRole('checkbox', { name: nora }).check();
  await page.getByRole('radio', { name: 'Perhaps here already: same name (1)' }).check();
  await expect(page.getByRole('checkbox', { name: 'Ana Torres' })).not.toBeChecked();
  await page.getByRole('radio', { name: 'Cannot be added (1)' }).check();
  await expect(page.getByRole('main')).toContainText('Fecha de nacimiento: this is no date that can be a birth date');
  await page.getByRole('button', { name: 'Add those ticked (2)' }).click();
  await expect(page.getByRole('heading', { name: 'Added: 2', exact: true })).toBeVisible();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the rows not added, with the reasons' }).click();
  const report = await readFile(await (await saving).path(), 'utf8');
  expect(report).toContain('Nobody Soon;31/02/1990;');
  expect(report).toContain('taken as headings');
  expect(report).not.toContain(nora);
  await expect(notSentLink(page, 2)).toBeVisible();
  // The same list once more finds them.
  await page.getByRole('button', { name: 'Choose another file' }).click();
  await choose();
  await page.getByRole('radio', { name: /The day comes first/ }).check();
  await page.getByRole('button', { name: 'Look at each row' }).click();
  await expect(page.getByRole('radio', { name: 'Added before (2)' })).toBeVisible();
  await page.getByRole('radio', { name: 'Added before (2)' }).check();
  await expect(page.getByRole('listitem').filter({ hasText: nora })).toContainText('Primary provider: Dr. Lee');
  await desk.goOnline();
  await expect(statusLine(page)).toHaveText('Up to date');
  await goTo(laptop.page, 'Clients');
  for (const name of [nora, omar]) {
    await laptop.page.getByRole('searchbox', { name: 'Search clients' }).fill(name);
    await expect(laptop.page.getByRole('link', { name })).toBeVisible();
  }
  await phone.page.reload();
  await expect(statusLine(phone.page)).toHaveText('Up to date');
  await phone.traffic.settled();
  const stored = (await storedIn(phone.page)).flatMap(({ records }) => records);
  const came = [...phone.traffic.got, ...phone.traffic.addresses, ...stored, ...(await cachedIn(phone.page))];
  for (const name of [nora, omar]) expect(came.filter((one) => one.includes(name))).toEqual([]);
  expect(came.length).toBeGreaterThan(20);
});
