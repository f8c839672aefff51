// Documents in IndexedDB: what is said of each lies apart from its updates, which lie in the order in which the server gave them.

import type { MembershipDatabase } from './database.ts';
import type { Docs } from './device-store.ts';

export function docsOf({ doc, docUpdate }: MembershipDatabase): Docs {
  const between = (name: string, from: number, to: number) =>
    docUpdate.where('[doc+seq]').between([name, from], [name, to], true, true);
  const bySpace = async (spaces: readonly string[]) => {
    for (const table of [doc, docUpdate]) await table.where('space').anyOf(spaces).delete();
  };
  return {
    get: (docs) => doc.bulkGet([...docs]),
    put: async (docs) => void (await doc.bulkPut([...docs])),
    due: () => doc.where('due').equals(1).toArray(),
    under: (prefix) => doc.where('doc').startsWith(prefix).toArray(),
    updates: (name, after = 0) => between(name, after + 1, Infinity).toArray(),
    putUpdates: async (updates) => void (await docUpdate.bulkPut([...updates])),
    deleteUpTo: async (name, seq) => void (await between(name, 0, seq).delete()),
    deleteSpaces: bySpace,
  };
}
