import { useLive } from '../../../sync/client/react.ts';
import { useNow } from '../../../ui/use-now.ts';
import { coveredByMe, endedForMe } from '../queries.ts';
import type { CoverView } from '../queries.ts';
import type { Member } from '../../member/schema.ts';

export interface CoverStand {
  /** For whom the reader stands in with this client, by name. */
  readonly clients: ReadonlyMap<string, string | undefined>;
  /** When others stood in for the reader. */
  readonly ended: readonly CoverView[];
}

const NOTHING: CoverStand = { clients: new Map(), ended: [] };

/** For whom the reader stands in, and who did for him. */
export function useCoverStand(): CoverStand {
  const now = new Date(useNow()).toISOString();
  const read = useLive(
    async (reader): Promise<CoverStand> => {
      const covered = await coveredByMe(reader);
      const clients = new Map<string, string | undefined>();
      for (const [client, absent] of covered) {
        const row = await reader.get('member', absent);
        clients.set(client, (row?.fields as Member | undefined)?.name);
      }
      return { clients, ended: await endedForMe(reader, now) };
    },
    [now],
  );
  return read ?? NOTHING;
}
