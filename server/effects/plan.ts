// Decides for one person, from what waits for her and how she wants it, what is sent now and when to look again. Pure: the same
// question gets the same answer on every node. Rules: what one of her devices has fetched is no news; a burst is one push; no push
// in quiet hours, apart from what she has chosen as urgent; one digest a day, at her hour.

import { isWanted } from '../../src/features/notification/schema.ts';
import type { NoticeKind, NotificationSettings, QuietHours } from '../../src/features/notification/schema.ts';
import { digestAt, localTime, quietUntil } from './when.ts';

/** Something to tell: which ways are still open. */
export interface Pending {
  readonly source: string;
  readonly kind: NoticeKind;
  readonly version: number;
  readonly at: Date;
  readonly push: boolean;
  readonly mail: boolean;
}

export interface Standing {
  readonly switches: NotificationSettings['switches'] | undefined;
  readonly quiet: QuietHours | 'off';
  readonly digestHour: number;
  readonly zone: string;
  readonly pushedAt: Date | null;
  /** Her local day of the last digest. */
  readonly digestDay: string | null;
  /** The furthest that one of her devices has come. */
  readonly seenThrough: number;
  readonly canPush: boolean;
}

export interface Plan {
  readonly push: { readonly isUrgent: boolean } | null;
  /** The local day that the digest counts for. */
  readonly mail: { readonly day: string } | null;
  /** What waits on, in both ways. */
  readonly kept: readonly Pending[];
  readonly nextAt: Date | null;
}

/** An open device fetches what is new within this time; then nobody needs to be told. */
export const FETCH_MS = 10_000;
/** After a push there is silence for so long. */
export const GAP_MS = 15 * 60_000;

export function planFor(pending: readonly Pending[], standing: Standing, now: Date): Plan {
  const open = pending
    .filter(({ version }) => version > standing.seenThrough)
    .map((one) => ({
      ...one,
      push: one.push && standing.canPush && isWanted(standing.switches, one.kind, 'push'),
      mail: one.mail && isWanted(standing.switches, one.kind, 'mail'),
    }));
  const urgent = open.some(({ push, kind }) => push && kind === 'risk');
  const pushAt = urgent ? now : pushTime(open, standing, now);
  const mailAt = mailTime(open, standing, now);
  const [isPushed, isMailed] = [isDue(pushAt, now), isDue(mailAt, now)];
  const kept = open
    .map((one) => ({ ...one, push: one.push && pushAt !== null && !isPushed, mail: one.mail && !isMailed }))
    .filter(({ push, mail }) => push || mail);
  const times = [isPushed ? null : pushAt, isMailed ? null : mailAt].filter((time) => time !== null);
  return {
    push: isPushed ? { isUrgent: urgent } : null,
    mail: isMailed ? { day: localTime(now, standing.zone).day } : null,
    kept,
    nextAt: times.length === 0 ? null : new Date(Math.min(...times.map(Number))),
  };
}

const isDue = (time: Date | null, now: Date): boolean => time !== null && time <= now;

/** When a push may go out for what waits for one; null where there is nothing, or no time that is not quiet. */
function pushTime(open: readonly Pending[], { pushedAt, quiet, zone }: Standing, now: Date): Date | null {
  const oldest = earliest(open.filter(({ push }) => push));
  if (oldest === null) return null;
  const silentUntil = pushedAt === null ? 0 : pushedAt.getTime() + GAP_MS;
  return quietUntil(new Date(Math.max(oldest.getTime() + FETCH_MS, silentUntil, now.getTime())), quiet, zone);
}

function mailTime(open: readonly Pending[], { digestHour, digestDay, zone }: Standing, now: Date): Date | null {
  const oldest = earliest(open.filter(({ mail }) => mail));
  if (oldest === null) return null;
  let next = digestAt(oldest, digestHour, zone);
  let at = next > now ? next : now;
  // She has had that day's already, perhaps further east, where it was a day later: the next is tomorrow's.
  while (digestDay !== null && localTime(at, zone).day <= digestDay) {
    next = tomorrow(at, digestHour, zone);
    at = next;
  }
  return next;
}

function tomorrow(at: Date, hour: number, zone: string): Date {
  const { day } = localTime(at, zone);
  let next = digestAt(at, hour, zone);
  while (localTime(next, zone).day === day) next = digestAt(new Date(next.getTime() + 1), hour, zone);
  return next;
}

function earliest(pending: readonly Pending[]): Date | null {
  return pending.length === 0 ? null : new Date(Math.min(...pending.map(({ at }) => at.getTime())));
}
