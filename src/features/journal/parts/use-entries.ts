import { useState } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { entriesOf } from '../queries.ts';

const PAGE = 30;

/** The entries of one chart, newest first, one page more at every asking; undefined while the first is being read. */
export function useEntries(client: string) {
  const [limit, setLimit] = useState(PAGE);
  const read = useLive(
    async (reader) => ({ client, ...(await entriesOf(reader, { client, limit })) }),
    [client, limit],
  );
  // A live read goes on showing its last answer while it asks anew: never one client's entries under another's name.
  if (read?.client !== client) return undefined;
  return { ...read, showOlder: () => setLimit(limit + PAGE) };
}
