// The sum by which a device and the server find out that they hold different rows of a space, though every page was applied:
// a silent fault of a disk, a browser or this program. It is a sum, so that the order of rows does not matter.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { StoredRow } from './record.ts';
import { isTombstone } from './record.ts';

export interface SpaceSum {
  readonly rows: number;
  /** 16 hex digits. */
  readonly sum: string;
}

const MASK = (1n << 64n) - 1n;

/** Sums rows as a viewer has them; tombstones count for nothing, since an old device may lack them. */
export function sumOfRows(rows: Iterable<StoredRow>): SpaceSum {
  let count = 0;
  let sum = 0n;
  for (const row of rows) {
    if (isTombstone(row)) continue;
    count += 1;
    sum = (sum + markOf(row)) & MASK;
  }
  return { rows: count, sum: sum.toString(16).padStart(16, '0') };
}

/** The first 8 bytes of the digest of what names a row's state: its version changes with every change of it. */
function markOf({ type, id, version }: StoredRow): bigint {
  const digest = sha256(utf8ToBytes(`${type}/${id}/${version}`));
  return BigInt(`0x${bytesToHex(digest.subarray(0, 8))}`);
}
