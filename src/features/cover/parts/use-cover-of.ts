import { useLive } from '../../../sync/client/react.ts';
import { coverLabels } from '../queries.ts';
import type { CoverLabel } from '../queries.ts';

/** For whom somebody stood in as he wrote to this client; undefined until it is read. */
export function useCoverOf(client: string): CoverLabel | undefined {
  const read = useLive(async (reader) => ({ client, labelOf: await coverLabels(reader, client) }), [client]);
  return read?.client === client ? read.labelOf : undefined;
}
