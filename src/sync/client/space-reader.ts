// Reads a space as a whole, in pieces: which rows there are, what is new among them, and any of them by id. For what goes through
// everything (a search, a copy to a file) without holding it all at once. Loaded when it is asked for: no first screen does so.

import type { Row, Space } from '../core/record.ts';
import type { DeviceTables } from './device-store.ts';
import type { RowGround } from './local-rows.ts';

/** A row that is there; its version is 0 while it is only on this device. */
export interface RowMark {
  readonly type: string;
  readonly id: string;
  readonly version: number;
}

export interface SpaceReader {
  /** All rows of a space in order of version, what is not sent first; with `after`, only what is later or not sent. */
  marks(space: Space, after?: number): Promise<RowMark[]>;
  /** How many rows a space has. Inside a live read it is asked anew at every change of the space. */
  count(space: Space): Promise<number>;
  /** The rows of these ids, in their order; those that are not there are left out. */
  many(type: string, ids: readonly string[]): Promise<Row[]>;
}

/** Types that this program does not know are counted, and told under an empty name. Rows by id are the reader's own to read. */
export function createSpaceReader({ rows }: DeviceTables, { declared, cipher }: RowGround): Omit<SpaceReader, 'many'> {
  const types = new Map(Object.keys(declared.recordTypes).map((type) => [cipher.token(type), type]));
  return {
    async marks(space, after) {
      const found = await rows.marks(space, after);
      return found.map(({ key, version }) => {
        const slash = key.indexOf('/');
        return { type: types.get(key.slice(0, slash)) ?? '', id: key.slice(slash + 1), version };
      });
    },
    count: (space) => rows.countOf(space),
  };
}
