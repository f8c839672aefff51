// The service worker: the app's shell offline, and parcels sent in the background. It holds no key and no health data; the
// API is never cached. A new version waits until a page says so, or until the next start.

/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import * as z from 'zod/mini';
import { SEND_TAG } from '../sync/client/background.ts';
import { membershipsHere } from '../sync/client/registry.ts';
import { sendAllWaiting } from '../sync/client/send-waiting.ts';
import { keepShare } from '../sync/client/shares.ts';
import { post } from '../sync/client/wire.ts';
import { isAppAddress } from './address.ts';
import { ASK_WHO_IS_IN, pushNotice } from './push-notice.ts';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: { url: string; revision: string | null }[];
  addEventListener(type: 'sync', listener: (event: ExtendableEvent & { readonly tag: string }) => void): void;
};

// The content security policy forbids compiling code from text.
z.config({ jitless: true });
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

const shell = createHandlerBoundToURL('/index.html');

/** What the manifest names as where other apps hand photos over. */
const SHARE_PATH = '/share';

/** Keeps what was handed over for whoever may write entries here, and shows the journal, which says what became of it. */
async function takeShare(request: Request): Promise<Response> {
  const form = await request.formData();
  const photos = form.getAll('photo').filter((one) => one instanceof Blob);
  const clients = (await membershipsHere()).filter(({ roles }) => roles.includes('client'));
  const told = await keepShare(photos, clients);
  return Response.redirect(`/journal?shared=${told}`, 303);
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  const { method, mode, referrer } = event.request;
  if (method === 'POST' && mode === 'navigate' && url.origin === location.origin && url.pathname === SHARE_PATH) {
    // An app names nobody; a page that has no business here names itself, unless it hides that, and the headers that would tell are added
    // after the worker. So such a page can put pictures among what waits: as many as the box takes (`shares.ts`), sealed, shown to nobody
    // else, and in no entry before the person has taken them in and saved it.
    const isOurs = ['', 'about:client'].includes(referrer) || new URL(referrer).origin === location.origin;
    if (isOurs) event.respondWith(takeShare(event.request));
    return;
  }
  if (event.request.mode !== 'navigate' || url.origin !== location.origin || !isAppAddress(url.pathname)) return;
  event.respondWith(shell({ url, event, request: event.request, params: [] }));
});

// Rejected, the browser tries again by itself.
self.addEventListener('sync', (event) => {
  if (event.tag === SEND_TAG) event.waitUntil(sendAllWaiting(post));
});

// Whatever was sent: it is shown as "something new". Over the app that its person is in, nothing is: there it is on the screen.
self.addEventListener('push', (event) => event.waitUntil(showNews()));

/** A page that is busy for longer has its notice shown. */
const ANSWER_MS = 1000;

/** A page that is locked does not answer; one that is another person's says no. */
function isIn(page: WindowClient): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', ({ data }) => resolve(data === true));
    port1.start();
    setTimeout(() => resolve(false), ANSWER_MS);
    page.postMessage(ASK_WHO_IS_IN, [port2]);
  });
}

async function showNews(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' });
  const answers = await Promise.all(pages.filter(({ focused }) => focused).map(isIn));
  if (answers.includes(true)) return;
  const { title, options } = pushNotice(self.navigator.language);
  await self.registration.showNotification(title, options);
  await self.navigator.setAppBadge?.().catch(() => undefined);
}

// A page that is open stays where it is: somebody may be writing in it.
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openApp());
});

async function openApp(): Promise<void> {
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (page === undefined) await self.clients.openWindow('/');
  else await page.focus();
}

// Only the first worker takes the open page over; a later one waits, so that no page finds its chunks gone.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting();
});
