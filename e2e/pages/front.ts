// The screens before anyone is in: signing in, and the lock.

import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Device } from '../device.ts';
import { PASSWORD } from '../people.ts';
import type { Person } from '../people.ts';
import { statusLine } from './frame.ts';

/** How long a step may take. What runs before all journeys is not told by their configuration. */
export const STEP_MS = 15_000;

/** Signs in for the first time on this device, and waits until it can do without a network. */
export async function signIn(device: Device, person: Person, password = PASSWORD): Promise<void> {
  await device.visit('/');
  await fillSignIn(device.page, person, password);
  await readyToWork(device.page, person);
}

/** Unlocks a device that she signed in on before, and waits until it can do without a network. */
export async function comeBack(device: Device, person: Person): Promise<void> {
  await device.visit('/');
  await unlock(device.page);
  await readyToWork(device.page, person);
}

async function readyToWork(page: Page, person: Person): Promise<void> {
  await expect(page).toHaveURL(person.home, { timeout: STEP_MS });
  await expect(statusLine(page)).toHaveText('Up to date', { timeout: STEP_MS });
  await readyOffline(page);
}

export async function fillSignIn(page: Page, person: Person, password = PASSWORD): Promise<void> {
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The worker holds the whole app. */
export async function readyOffline(page: Page): Promise<void> {
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
}

export function lockedTitle(page: Page) {
  return page.getByRole('heading', { name: 'Locked' });
}

/** Unlocks, and waits until the app is open. */
export async function unlock(page: Page): Promise<void> {
  await tryUnlock(page, PASSWORD);
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

export async function tryUnlock(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
}

export async function lockByHand(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Lock' }).click();
  await expect(lockedTitle(page)).toBeVisible();
}
