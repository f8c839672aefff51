// The service worker, as the browser wakes it.

import type { BrowserContext, Page } from '@playwright/test';

/** Says to the browser that the network is back for what a page had asked it to do then. */
export async function fireSync(context: BrowserContext, at: { page: Page; origin: string }): Promise<void> {
  const cdp = await context.newCDPSession(at.page);
  const registration = new Promise<string>((resolve) =>
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(at.origin) && !isDeleted);
      if (ours !== undefined) resolve(ours.registrationId);
    }),
  );
  await cdp.send('ServiceWorker.enable');
  const registrationId = await registration;
  await cdp.send('ServiceWorker.dispatchSyncEvent', {
    origin: at.origin,
    registrationId,
    tag: 'interlude-send',
    lastChance: false,
  });
  await cdp.detach();
}
