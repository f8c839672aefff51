// Voice notes: recording one in an open form, and hearing it.

import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

const recording = (page: Page) => page.getByRole('group', { name: 'Recording' });

/** Begins, and waits until the clock says so much: the form has what was recorded some seconds before. */
export async function beginVoice(page: Page, { seconds = 0 } = {}): Promise<void> {
  await page.getByRole('button', { name: 'Record a voice note' }).click();
  await expect(recording(page)).toBeVisible();
  const clock = recording(page).getByRole('timer');
  await expect.poll(async () => Number(/0:(\d\d)/.exec(await clock.innerText())?.[1])).toBeGreaterThanOrEqual(seconds);
}

export async function endVoice(page: Page): Promise<void> {
  await recording(page).getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Remove the voice note' })).toBeVisible();
}

export function voicesIn(place: Locator | Page): Locator {
  return place.getByRole('list', { name: 'Voice notes' }).getByRole('listitem');
}

/** Plays it, and tells how long it is and how loud it gets within a second and a half. */
export async function hear(voice: Locator): Promise<{ seconds: number; loudness: number }> {
  const audio = voice.locator('audio');
  await expect
    .poll(() => audio.evaluate((element) => Number.isFinite((element as HTMLAudioElement).duration)))
    .toBe(true);
  return audio.evaluate(async (element) => {
    const player = element as HTMLAudioElement;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaElementSource(player).connect(analyser).connect(context.destination);
    const wave = new Float32Array(analyser.fftSize);
    let loudness = 0;
    await player.play();
    while (!player.ended && player.currentTime < 1.5) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      analyser.getFloatTimeDomainData(wave);
      loudness = wave.reduce((most, one) => Math.max(most, Math.abs(one)), loudness);
    }
    player.pause();
    return { seconds: player.duration, loudness };
  });
}
