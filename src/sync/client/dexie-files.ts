// Files in IndexedDB: what is said of them lies apart from their bytes, so that a look at many opens none.

import type { MembershipDatabase } from './database.ts';
import type { Files } from './device-store.ts';
import { asOne } from './files-as-one.ts';

export function filesOf({ file, fileBytes }: MembershipDatabase): Files {
  const inState: Files['inState'] = (...states) => file.where('state').anyOf(states).toArray();
  return {
    get: (ids) => file.bulkGet([...ids]),
    put: async (files) => void (await file.bulkPut([...files])),
    bytesOf: async (id) => (await fileBytes.get(id))?.bytes,
    putBytes: async (id, bytes) => void (await fileBytes.put({ id, bytes })),
    delete: async (ids) => {
      await file.bulkDelete([...ids]);
      await fileBytes.bulkDelete([...ids]);
    },
    inState,
    ofSpaces: (spaces) => file.where('space').anyOf(spaces).toArray(),
    countUnsent: async () => asOne(await inState('queued', 'uploading')).length,
  };
}
