// What an open app does about notices: it takes away what was shown, says anew where this device is told, tells the worker who
// is in, counts unread messages, and keeps the number on the app's icon: for staff what waits in the inbox; for a client what was
// written to her and what the care team said in the journal while the app was out of sight.

import { waitingBelow } from '../../features/journal/queries-inbox.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Workspace } from '../../sync/client/workspace.ts';
import { portalOf } from '../portal-kind.ts';
import { ASK_WHO_IS_IN, PUSH_TAG } from '../push-notice.ts';
import { isForNobodyElse, renew } from './push-here.ts';

/** A burst of changes is counted once. */
const CALM_MS = 1000;

/** Begins; `onUnread` hears how many messages are unread, the returned function ends it. */
export function whenOpen(workspace: Workspace, onUnread: (count: number) => void): () => void {
  const { membership, reader, status } = workspace;
  const count = portalOf({ membership }) === 'staff' ? waitingIn : newFor(onUnread);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      // What cannot be read is told where it matters.
      void count(reader, onUnread).then(showBadge, () => undefined);
    }, CALM_MS);
  };
  const seen = () => {
    if (document.visibilityState === 'visible') void takeAway();
    look();
  };
  const answer = ({ data, ports }: MessageEvent) => {
    if (data === ASK_WHO_IS_IN) ports[0]?.postMessage(isForNobodyElse(membership));
  };
  navigator.serviceWorker?.addEventListener('message', answer);
  document.addEventListener('visibilitychange', seen);
  const unsubscribe = status.subscribe(look);
  seen();
  void renew(membership).catch(() => undefined);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    document.removeEventListener('visibilitychange', seen);
    navigator.serviceWorker?.removeEventListener('message', answer);
  };
}

/** Of the newest: an icon's number is no list. */
async function waitingIn(reader: Reader, onUnread: (count: number) => void): Promise<number> {
  const { waitingFor } = await import('../../features/chat/parts/duty-row.ts');
  const [entries, messages] = [await waitingBelow(reader, 0, async () => false), await waitingFor(reader, Date.now())];
  onUnread(await unreadIn(reader));
  return entries.length + messages;
}

/** Messages of others, in the conversations that the reader has not put away: from rows alone. */
async function unreadIn(reader: Reader): Promise<number> {
  const { allConversations } = await import('../../features/chat/queries.ts');
  const all = await allConversations(reader);
  return all.reduce((sum, { unread, isArchived }) => sum + (isArchived ? 0 : unread), 0);
}

function newFor(onUnread: (count: number) => void): (reader: Reader) => Promise<number> {
  const comments = newSinceHidden();
  return async (reader) => {
    const unread = await unreadIn(reader);
    onUnread(unread);
    return unread + (await comments(reader));
  };
}

function newSinceHidden(): (reader: Reader) => Promise<number> {
  let hiddenAt: number | undefined;
  return async (reader) => {
    if (document.visibilityState === 'visible') {
      hiddenAt = undefined;
      return 0;
    }
    hiddenAt ??= await reader.cursor();
    const since = hiddenAt;
    const charts = (await reader.spaces()).filter((space) => space.startsWith('chart:'));
    const said = await Promise.all(charts.map((space) => reader.since('journalComment', space, since)));
    return said.flat().filter(({ by }) => by !== reader.memberId).length;
  };
}

async function showBadge(count: number): Promise<void> {
  // Not every browser has it.
  if (count > 0) await navigator.setAppBadge?.(count).catch(() => undefined);
  else await navigator.clearAppBadge?.().catch(() => undefined);
}

async function takeAway(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications({ tag: PUSH_TAG })) ?? []) shown.close();
}
