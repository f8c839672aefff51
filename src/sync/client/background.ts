// The browser's own background sync: asked for here, answered in the service worker, which sends what waits even where no
// page of ours is open any more. Browsers without it lose nothing: the next page sends.

/** What the browser calls the event by. */
export const SEND_TAG = 'interlude-send';

type WithSync = ServiceWorkerRegistration & { readonly sync?: { register(tag: string): Promise<void> } };

/** Asks the browser to send what waits when it can. It may have no such thing, or be told not to do it. */
export async function askToSendInBackground(): Promise<void> {
  const registration: WithSync | undefined = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(SEND_TAG).catch(() => undefined);
}
