// The service worker's life as the app sees it: ready to open offline, and whether a new version waits. A new version is
// taken at the next start, or when the person says so; never over a half-filled form.

import { useSyncExternalStore } from 'react';

interface Updates {
  readonly ready: boolean;
  readonly waiting: boolean;
}

const LOOK_EVERY_MS = 60 * 60_000;
const listeners = new Set<() => void>();
let value: Updates = { ready: false, waiting: false };
let waitingWorker: ServiceWorker | null = null;

function set(change: Partial<Updates>): void {
  value = { ...value, ...change };
  for (const listener of listeners) listener();
}

/** Registers the worker. Without one (an old or private browser) the app works online only. */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const registration = await navigator.serviceWorker.register('/sw.js', { type: 'classic', updateViaCache: 'none' });
  watch(registration);
  setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
  await navigator.serviceWorker.ready;
  set({ ready: true });
}

function watch(registration: ServiceWorkerRegistration): void {
  const see = (worker: ServiceWorker | null) => {
    // The first worker of all waits for nobody.
    if (worker?.state !== 'installed' || registration.active === null || registration.active === worker) return;
    waitingWorker = worker;
    set({ waiting: true });
  };
  see(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => see(worker));
  });
}

/** Takes the new version now and starts again with it. Another tab may have taken it: then nothing is left to wait for. */
export function takeUpdate(): void {
  if (waitingWorker?.state !== 'installed') return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waitingWorker.postMessage('take-over');
}

export function useUpdates(): Updates {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => value,
  );
}
