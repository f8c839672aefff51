// What a person is told while the app is closed: the settings of it, and what this device shows.

import { expect } from '@playwright/test';
import type { CDPSession, Locator, Page } from '@playwright/test';
import type { Device } from '../device.ts';
import { goTo, statusLine } from './frame.ts';

export async function openNotices(page: Page, link: 'More' | 'Settings'): Promise<Locator> {
  await goTo(page, link);
  const section = page.getByRole('region', { name: 'Notifications' });
  await expect(section.getByRole('heading', { name: 'Quiet hours' })).toBeVisible();
  return section;
}

/** Turns one way of one kind on or off, and waits until the server has it. */
export async function turnNotice(section: Locator, { kind, way, on }: { kind: string; way: string; on: boolean }) {
  const box = section.getByRole('group', { name: kind }).getByRole('checkbox', { name: way });
  await box.setChecked(on);
  await expect(section.page().getByText('Saved.').first()).toBeVisible();
  await expect(statusLine(section.page())).toHaveText('Up to date');
}

/** Hands the device's worker a push, as the browser does when its service has brought one. */
export async function deliverPush(device: Device): Promise<void> {
  const cdp = await device.context.newCDPSession(device.page);
  const registrationId = await registrationOf(cdp, device.origin);
  await cdp.send('ServiceWorker.deliverPushMessage', {
    ...{ origin: device.origin, registrationId, data: JSON.stringify({ news: true }) },
  });
  await cdp.detach();
}

async function registrationOf(cdp: CDPSession, origin: string): Promise<string> {
  const found = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(origin) && !isDeleted);
      if (own) resolve(own.registrationId);
    });
  });
  await cdp.send('ServiceWorker.enable');
  return found;
}

/** What stands among the device's notifications. */
export function shownOn(page: Page): Promise<{ title: string; body: string; data: unknown }[]> {
  return page.evaluate(async () => {
    const shown = await (await navigator.serviceWorker.ready).getNotifications();
    return shown.map(({ title, body, data }) => ({ title, body, data: data as unknown }));
  });
}
