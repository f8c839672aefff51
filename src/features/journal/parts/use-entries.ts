import { use, useState } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { entriesOf, newestFirst } from '../queries.ts';
import { PrivateSideContext } from './private-side.ts';

const PAGE = 30;

/** The entries of one chart, newest first, one page more at every asking, with what stands beside it; undefined while the first is being read. */
export function useEntries(client: string) {
  const [limit, setLimit] = useState(PAGE);
  const beside = use(PrivateSideContext);
  const read = useLive(
    async (reader) => {
      const { entries, more } = await entriesOf(reader, { client, limit });
      const own = (await beside?.newest(reader, limit + 1)) ?? [];
      const all = [...entries, ...own].sort(newestFirst);
      return { client, entries: all.slice(0, limit), more: more || all.length > limit };
    },
    [client, limit, beside],
  );
  // A live read goes on showing its last answer while it asks anew: never one client's entries under another's name.
  if (read?.client !== client) return undefined;
  return { ...read, showOlder: () => setLimit(limit + PAGE) };
}
