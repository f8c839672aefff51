// Files that another app handed to this one, before anybody has unlocked: sealed to the device key of the one person whom they can
// be for, so that they lie here as nothing but bytes until that person takes them in. Where several persons use the device, nobody
// can say whose they are, and nothing is kept.

import { Dexie } from 'dexie';
import type { EntityTable } from 'dexie';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { openSealingSession, parcelOpener } from '../core/parcel.ts';
import type { SealedHeader } from '../core/parcel.ts';
import type { DeviceMembership } from './registry.ts';
import { openDeviceKey } from './vault/keys.ts';
import type { VaultKeys } from './vault/keys.ts';

interface Share {
  readonly id: string;
  readonly membership: string;
  readonly sealed: Uint8Array;
}

/** What became of it: kept, or why it was not. */
export type Shared = 'kept' | 'nobody' | 'several' | 'nothing' | 'full';

/** So much waits for one person at most: whoever can make this browser open an address must not fill the disk. */
const MOST_WAITING = 8;
const MOST_BYTES = 40_000_000;

const NAME = 'interlude-shares';

class Shares extends Dexie {
  declare share: EntityTable<Share, 'id'>;
  constructor() {
    super(NAME, { chromeTransactionDurability: 'strict', cache: 'disabled' });
    this.version(1).stores({ share: 'id, membership' });
  }
}

async function withShares<T>(work: (db: Shares) => Promise<T>): Promise<T> {
  const db = new Shares();
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** Where nobody has shared anything there is no store, and to ask makes none. */
async function ifThere<T>(work: (db: Shares) => Promise<T>, otherwise: T): Promise<T> {
  return (await Dexie.exists(NAME)) ? withShares(work) : otherwise;
}

const headerOf = ({ id, membership }: Pick<Share, 'id' | 'membership'>): SealedHeader => {
  return { user: membership, device: 'share', n: 0, mid: id, kind: 'share' };
};

/** Keeps files for the only one of these memberships. When it says `kept`, the disk has them all. */
export async function keepShare(files: readonly Blob[], memberships: readonly DeviceMembership[]): Promise<Shared> {
  const [only, other] = memberships;
  if (only === undefined) return 'nobody';
  if (other !== undefined) return 'several';
  const fit = files.filter(({ size }) => size > 0 && size <= MOST_BYTES);
  if (fit.length === 0) return 'nothing';
  const session = await openSealingSession(only.deviceKey);
  const shares: Share[] = [];
  // Taken in by their ids: of one millisecond they would be in any order.
  const ids = fit.map(() => newId()).sort();
  for (const [i, file] of fit.entries()) {
    const place = { id: must(ids[i], 'an id'), membership: only.id };
    const plain = new Uint8Array(await file.arrayBuffer());
    shares.push({ ...place, sealed: session.seal(headerOf(place), plain) });
  }
  return withShares(({ share }) =>
    share.db.transaction('rw', share, async () => {
      if ((await share.where('membership').equals(only.id).count()) + shares.length > MOST_WAITING) return 'full';
      await share.bulkAdd(shares);
      return 'kept';
    }),
  ).catch(() => 'full');
}

/** What waits for this person, opened one at a time by `take`, which removes what was taken in. */
export interface ShareDesk {
  count(): Promise<number>;
  /**
   * Hands one after the other to `keep`, until that has no room for it (`false`), then calls `settle`. Lets go of what was handed over,
   * and of what does not open, only when both are done: where one of them throws, all goes on waiting.
   */
  take(keep: (bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>, settle: () => Promise<void>): Promise<void>;
  discard(): Promise<void>;
}

export function openShareDesk({ id: membership, deviceKey }: DeviceMembership, keys: VaultKeys): ShareDesk {
  const own = (db: Shares) => db.share.where('membership').equals(membership);
  return {
    count: () => countShares(membership),
    discard: () => withShares(async (db) => void (await own(db).delete())),
    take: (keep, settle) =>
      withShares(async (db) => {
        const key = await openDeviceKey(keys, deviceKey);
        if (key === null) return;
        const open = parcelOpener((id) => (id === key.keyId ? key : undefined));
        const done: string[] = [];
        for (const id of (await own(db).primaryKeys()).toSorted()) {
          const found = await db.share.get(id);
          const opened = found && (await open({ header: headerOf(found), bytes: found.sealed }));
          if (opened?.status === 'opened' && !(await keep(new Uint8Array(opened.plaintext)))) break;
          done.push(id);
        }
        await settle();
        await db.share.bulkDelete(done);
      }),
  };
}

/** How many wait for this person, as the lock screen may say without any key. */
export function countShares(membership: string): Promise<number> {
  return ifThere(({ share }) => share.where('membership').equals(membership).count(), 0);
}

/** For who takes the membership off the device. */
export function forgetShares(membership: string): Promise<void> {
  return ifThere(async (db) => void (await db.share.where('membership').equals(membership).delete()), undefined);
}
