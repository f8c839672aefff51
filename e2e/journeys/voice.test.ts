import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { goTo, notSentLink } from '../pages/frame.ts';
import { lockByHand, unlock } from '../pages/front.ts';
import { openPrint, saveEverything } from '../pages/history.ts';
import { itemWith } from '../pages/inbox.ts';
import { entryWith, goOnWriting, openEntry, saveEntry, typeEntry, writeEntry } from '../pages/journal.ts';
import { choosePhoto, phonePicture, photosIn } from '../pages/photos.ts';
import { chooseOnlyMe, setUpPrivate } from '../pages/private.ts';
import { beginVoice, endVoice, hear, voicesIn } from '../pages/voice.ts';
import { ana, lee, okafor } from '../people.ts';
import { marker } from '../traces.ts';
import { expect, test } from '../world.ts';

test('a voice note recorded without a network is heard by the care team, and is to nobody else but bytes', async ({
  deviceOf,
  server,
}) => {
  test.setTimeout(240_000);
  const words = marker('Said rather than written');
  const phone = await deviceOf(ana, { microphone: 'beeps' });
  const laptop = await deviceOf(lee);
  await phone.goOffline();
  await phone.restart();
  await phone.visit('/journal');
  await unlock(phone.page);
  await typeEntry(phone.page, 'Mood', words);
  await beginVoice(phone.page, { seconds: 3 });
  // What is not in the form yet cannot be saved without it.
  await expect(phone.page.getByRole('button', { name: 'Save entry' })).toHaveAttribute('aria-disabled', 'true');
  await endVoice(phone.page);
  await expect(voicesIn(phone.page)).toContainText('Voice note, 0:0');
  const own = await hear(voicesIn(phone.page));
  expect([own.seconds > 2, own.seconds < 8, own.loudness > 0.01]).toEqual([true, true, true]);
  await saveEntry(phone.page);
  await expect(entryWith(phone.page, words)).toContainText('Voice note not sent yet');
  await expect(notSentLink(phone.page, 2)).toBeVisible();
  await phone.goOnline();
  await expect(notSentLink(phone.page)).toBeHidden();

  await expect(itemWith(laptop.page, words)).toContainText('Voice note, 0:0');
  // What has to be opened is not marked as seen from a list.
  await itemWith(laptop.page, words).getByRole('link').first().click();
  const heard = await hear(voicesIn(laptop.page));
  expect(heard.loudness).toBeGreaterThan(0.01);
  await laptop.goOffline();
  await laptop.page.reload();
  await unlock(laptop.page);
  expect((await hear(voicesIn(laptop.page))).seconds).toBe(heard.seconds);

  const { content } = (await server.fieldsWith(words)) as { content: { media: { id: string; key: string }[] } };
  const [{ id, key } = { id: '', key: '' }] = content.media;
  const sealed = await readFile(join(server.dataDir, 'files', ...(await pathOf(server.dataDir, id))));
  for (const trace of ['webm', 'OpusHead', 'ftyp', 'OggS']) expect(sealed.includes(trace)).toBe(false);
  const other = await deviceOf(okafor);
  const status = await other.page.evaluate(async (path) => (await fetch(path)).status, `/api/files/harbor-care/${id}`);
  expect(status).toBe(404);
  expect(other.traffic.got.join('\n')).not.toContain(key);

  await openPrint(phone.page);
  await expect(phone.page.getByRole('article', { name: 'Journal' })).toContainText('Voice note, 0:0');
  await expect(phone.page.locator('.print-sheet audio:visible')).toHaveCount(0);
  await goTo(phone.page, 'More');
  const files = Object.keys(await saveEverything(phone.page));
  expect(files).toContain(`files/${id}.webm`);
});

test('a recording that is cut off by a kill, a lock or a step away is in the draft but for its last seconds', async ({
  deviceOf,
}) => {
  test.setTimeout(240_000);
  const phone = await deviceOf(ana, { microphone: 'beeps' });
  await phone.goOffline();
  await phone.restart();
  await phone.visit('/journal');
  await unlock(phone.page);
  await typeEntry(phone.page, 'Reflection', '');
  await beginVoice(phone.page, { seconds: 8 });
  await phone.kill();
  await phone.open();
  await phone.visit('/journal');
  await unlock(phone.page);
  await goOnWriting(phone.page, 'Reflection');
  const cut = await hear(voicesIn(phone.page));
  expect([cut.seconds >= 4, cut.loudness > 0.01]).toEqual([true, true]);
  await phone.page.getByRole('button', { name: 'Remove the voice note' }).click();
  await expect(voicesIn(phone.page)).toHaveCount(0);

  await beginVoice(phone.page, { seconds: 3 });
  await goTo(phone.page, 'Today');
  await goTo(phone.page, 'Journal');
  await goOnWriting(phone.page, 'Reflection');
  expect((await hear(voicesIn(phone.page))).seconds).toBeGreaterThan(2);
  await phone.page.getByRole('button', { name: 'Remove the voice note' }).click();

  await beginVoice(phone.page, { seconds: 3 });
  await lockByHand(phone.page);
  await unlock(phone.page);
  await goOnWriting(phone.page, 'Reflection');
  expect((await hear(voicesIn(phone.page))).seconds).toBeGreaterThan(0.5);
});

test('who may not be listened to is told so, and goes on writing', async ({ deviceOf }) => {
  const words = marker('Written instead');
  const phone = await deviceOf(ana, { microphone: 'denied' });
  await goTo(phone.page, 'Journal');
  await typeEntry(phone.page, 'Reflection', words);
  await phone.page.getByRole('button', { name: 'Record a voice note' }).click();
  await expect(phone.page.getByRole('alert')).toContainText('The app may not use the microphone.');
  await saveEntry(phone.page);
  await expect(entryWith(phone.page, words)).toBeVisible();
});

test('a form that is left while the browser still asks for the microphone is not listened to, nor written over', async ({
  deviceOf,
}) => {
  const [first, later] = [marker('First'), marker('Later words')];
  const { page } = await deviceOf(ana, { microphone: 'beeps' });
  await goTo(page, 'Journal');
  await typeEntry(page, 'Reflection', first);
  // A person who thinks about the browser's question.
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    const say = new EventTarget();
    devices.getUserMedia = async (what) => {
      await new Promise((resolve) => say.addEventListener('yes', resolve, { once: true }));
      const stream = await ask(what);
      Object.assign(globalThis, { tracks: stream.getTracks() });
      return stream;
    };
    Object.assign(globalThis, { say });
  });
  await page.getByRole('button', { name: 'Record a voice note' }).click();
  await goTo(page, 'Today');
  await goTo(page, 'Journal');
  await goOnWriting(page, 'Reflection');
  await page.getByRole('textbox', { name: 'Entry' }).fill(`${first} ${later}`);
  await page.evaluate(() => (globalThis as { say?: EventTarget }).say?.dispatchEvent(new Event('yes')));
  const heard = () =>
    page.evaluate(() => (globalThis as { tracks?: MediaStreamTrack[] }).tracks?.map(({ readyState }) => readyState));
  await expect.poll(heard).toEqual(['ended']);
  await goTo(page, 'Today');
  await goTo(page, 'Journal');
  await goOnWriting(page, 'Reflection');
  await expect(page.getByRole('textbox', { name: 'Entry' })).toHaveValue(`${first} ${later}`);
  await expect(voicesIn(page)).toHaveCount(0);
});

test('a recording is not private: it goes on when its entry becomes private, is taken out there, and no other begins', async ({
  deviceOf,
}) => {
  test.setTimeout(240_000);
  const [words, open] = [marker('For nobody’s ears'), marker('For Dr. Lee')];
  const phone = await deviceOf(ana, { microphone: 'beeps' });
  const laptop = await deviceOf(lee);
  const record = phone.page.getByRole('button', { name: 'Record a voice note' });
  const addPhoto = phone.page.getByRole('button', { name: 'Add a photo' });
  await goTo(phone.page, 'Journal');
  await typeEntry(phone.page, 'Reflection', words);
  await expect(addPhoto).toBeVisible();
  // Chosen before the form has anything of the recording: the choice holds.
  await record.click();
  await chooseOnlyMe(phone.page);
  await endVoice(phone.page);
  const onlyMe = phone.page.getByRole('radio', { name: 'Only me' });
  await expect(onlyMe).toBeChecked();
  await expect(phone.page.getByRole('textbox', { name: 'Entry' })).toHaveValue(words);
  for (const button of [record, addPhoto]) await expect(button).toHaveCount(0);
  await setUpPrivate(phone.page);
  await expect(onlyMe).toBeChecked();
  await expect(phone.page.getByRole('alert')).toContainText(
    'Photos and voice notes cannot be private yet. Take them out',
  );
  await phone.page.getByRole('button', { name: 'Save entry' }).click();
  await phone.page.getByRole('button', { name: 'Remove the voice note' }).click();
  await expect(phone.page.getByText('Photos and voice notes cannot be private yet: an entry')).toBeVisible();
  for (const button of [record, addPhoto]) await expect(button).toHaveCount(0);
  await saveEntry(phone.page);
  await expect(entryWith(phone.page, words)).toContainText('Only you');
  await expect(voicesIn(entryWith(phone.page, words))).toHaveCount(0);
  await writeEntry(phone.page, 'Mood', open);
  await expect(itemWith(laptop.page, open)).toBeVisible();
  await expect(notSentLink(phone.page)).toBeHidden();
  await laptop.traffic.settled();
  expect(laptop.traffic.got.join('\n')).not.toContain(words);
});

test('a comment carries a photo and a voice note both ways, and to nobody else', async ({ deviceOf, server }) => {
  test.setTimeout(240_000);
  const words = marker('How do I do this?');
  const [answer, thanks] = [marker('Like this'), marker('Thank you')];
  const phone = await deviceOf(ana, { microphone: 'beeps' });
  const laptop = await deviceOf(lee, { microphone: 'beeps' });
  await goTo(phone.page, 'Journal');
  await typeEntry(phone.page, 'Reflection', words);
  await saveEntry(phone.page);

  await expect(itemWith(laptop.page, words)).toBeVisible();
  await laptop.goOffline();
  await itemWith(laptop.page, words).getByRole('button', { name: 'Comment' }).click();
  await laptop.page.getByRole('textbox', { name: 'Comment' }).fill(answer);
  await choosePhoto(laptop.page, await phonePicture(laptop.page, { width: 640, height: 480 }));
  // Other clients' entries may have photos too.
  await expect(photosIn(itemWith(laptop.page, words))).toHaveCount(1);
  await beginVoice(laptop.page, { seconds: 1 });
  await endVoice(laptop.page);
  await laptop.page.getByRole('button', { name: 'Send comment' }).click();
  await expect(notSentLink(laptop.page, 2 + 1)).toBeVisible();
  await expect(photosIn(itemWith(laptop.page, answer))).toHaveCount(1);
  await laptop.goOnline();
  // A photo and a voice note go up with it.
  await expect(notSentLink(laptop.page)).toBeHidden({ timeout: 60_000 });

  await openEntry(phone.page, words);
  await expect(phone.page.getByText(answer)).toBeVisible();
  await expect(photosIn(phone.page)).toHaveCount(1);
  expect((await hear(voicesIn(phone.page))).loudness).toBeGreaterThan(0.01);
  // A reply may be spoken alone.
  await beginVoice(phone.page, { seconds: 1 });
  await endVoice(phone.page);
  await phone.page.getByRole('button', { name: 'Send comment' }).click();
  await expect(phone.page.getByText(/^Saved on this device\./).first()).toBeVisible();
  await expect(voicesIn(phone.page)).toHaveCount(2);
  await phone.page.getByRole('textbox', { name: 'Comment' }).fill(thanks);
  await phone.page.getByRole('button', { name: 'Send comment' }).click();
  await expect(itemWith(laptop.page, thanks).getByRole('list', { name: 'Voice notes' })).toHaveCount(2);

  const { media } = (await server.fieldsWith(answer)) as { media: { id: string; key: string }[] };
  expect(media).toHaveLength(2);
  const other = await deviceOf(okafor);
  for (const { id, key } of media) {
    const path = `/api/files/harbor-care/${id}`;
    expect(await other.page.evaluate(async (asked) => (await fetch(asked)).status, path)).toBe(404);
    expect(other.traffic.got.join('\n')).not.toContain(key);
  }
});

async function pathOf(dataDir: string, id: string): Promise<string[]> {
  const found = (await readdir(join(dataDir, 'files'), { recursive: true })).find((path) => path.endsWith(id));
  return [found ?? ''];
}
