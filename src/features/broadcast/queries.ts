import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { BROADCAST, PROGRESS } from './schema.ts';
import type { Broadcast, BroadcastProgress } from './schema.ts';

export interface BroadcastView extends Broadcast {
  readonly id: string;
  readonly at: string;
  /** It has not reached the server. */
  readonly isUnsent: boolean;
  /** Undefined until the server has looked at it. */
  readonly progress: BroadcastProgress | undefined;
}

/** The reader's own, the newest first. */
export async function broadcastsHere(reader: Reader): Promise<BroadcastView[]> {
  const rows = (await reader.all(BROADCAST)) as Row<Broadcast>[];
  const ids = rows.map(({ id }) => id);
  const progress = new Map(
    ((await reader.many(PROGRESS, ids)) as Row<BroadcastProgress>[]).map((row) => [row.id, row]),
  );
  return rows
    .map(({ id, at, version, fields }) => ({
      ...fields,
      ...{ id, at, isUnsent: version === 0, progress: progress.get(id)?.fields },
    }))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}
