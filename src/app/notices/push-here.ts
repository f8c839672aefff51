// Whether this device is told while the app is closed, and how that is begun and ended. Asked of the browser only by the person's
// press. A browser has one place to be told at, whoever uses it: which memberships have asked is kept beside it.

import * as z from 'zod/mini';
import type { Workspace } from '../../sync/client/workspace.ts';

type Membership = Pick<Workspace['membership'], 'id' | 'practice'>;

/** `install`: an iPhone tells only an app that is on its home screen. */
export type PushState = 'unsupported' | 'install' | 'denied' | 'off' | 'on';
export type PushOutcome = 'on' | 'off' | 'denied' | 'offline' | 'failed';

const PREFIX = 'interlude.push.';
const keyOf = ({ id }: Membership) => PREFIX + id;
const isIos = () => /iPhone|iPad/.test(navigator.userAgent);

/** How it is now. */
export async function pushHere(membership: Membership): Promise<PushState> {
  if (!('Notification' in globalThis) || !('PushManager' in globalThis)) return isIos() ? 'install' : 'unsupported';
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration === undefined) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const isAsked = localStorage.getItem(keyOf(membership)) !== null;
  return isAsked && (await registration.pushManager.getSubscription()) !== null ? 'on' : 'off';
}

/** A push does not say whom it is for: whether it can be for nobody else who uses this device. */
export function isForNobodyElse(membership: Membership): boolean {
  return Object.keys(localStorage).every((key) => !key.startsWith(PREFIX) || key === keyOf(membership));
}

/** Asks the person's leave, then the push service for a place, then tells the server of it. */
export async function turnOn(membership: Membership): Promise<PushOutcome> {
  if (!navigator.onLine) return 'offline';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const outcome = await tell(membership);
  if (outcome === 'on') localStorage.setItem(keyOf(membership), 'on');
  return outcome;
}

/** Ends it for this membership; where no other has asked, for the browser. */
export async function turnOff(membership: Membership): Promise<PushOutcome> {
  const subscription = await subscriptionHere();
  const isLast = forget(membership);
  if (subscription === null) return 'off';
  const { endpoint } = subscription;
  // What the server still sends there comes back as gone, and it forgets the place.
  if (isLast) await subscription.unsubscribe().catch(() => false);
  const answer = await call(membership, 'DELETE', { endpoint });
  return answer?.ok === true || isLast ? 'off' : 'offline';
}

/** Tells the server again, at each opening of the app: the session may be another, and so may the place. */
export async function renew(membership: Membership): Promise<void> {
  if (localStorage.getItem(keyOf(membership)) === null || Notification.permission !== 'granted') return;
  await tell(membership);
}

/** For who signs out: without a network the server would not hear of it, and the device would go on telling. */
export async function forgetPush(membership: Membership): Promise<void> {
  const subscription = await subscriptionHere();
  if (forget(membership)) await subscription?.unsubscribe().catch(() => false);
}

function forget(membership: Membership): boolean {
  localStorage.removeItem(keyOf(membership));
  return Object.keys(localStorage).every((key) => !key.startsWith(PREFIX));
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  if (!('PushManager' in globalThis)) return null;
  const registration = await navigator.serviceWorker?.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

const keyAnswer = z.object({ publicKey: z.string() });

async function tell(membership: Membership): Promise<PushOutcome> {
  const registration = await navigator.serviceWorker.getRegistration();
  const known = await call(membership, 'GET');
  if (registration === undefined || known === null) return 'offline';
  const parsed = z.safeParse(keyAnswer, await known.json().catch(() => null));
  if (!known.ok || !parsed.success) return 'failed';
  const place = await placeUnder(registration.pushManager, parsed.data.publicKey).catch(() => null);
  if (place === null) return 'failed';
  const { endpoint, keys } = place.toJSON();
  const told = await call(membership, 'PUT', { endpoint, keys });
  if (told === null) return 'offline';
  return told.ok ? 'on' : 'failed';
}

/** A place that was made under another key of the server is of no use any more. */
async function placeUnder(manager: PushManager, publicKey: string): Promise<PushSubscription> {
  const old = await manager.getSubscription();
  if (old !== null && keyIn(old) === publicKey.replace(/=+$/, '')) return old;
  await old?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

function keyIn({ options }: PushSubscription): string | null {
  if (options.applicationServerKey === null) return null;
  const text = String.fromCharCode(...new Uint8Array(options.applicationServerKey));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function call({ practice }: Membership, method: 'GET' | 'PUT' | 'DELETE', body?: object): Promise<Response | null> {
  const sent = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return fetch(`/api/push/${practice}`, { method, ...sent }).catch(() => null);
}
