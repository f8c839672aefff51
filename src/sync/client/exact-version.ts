// Opens databases at the version that this program knows, and no other. Dexie opens what is newer as it finds it, and adds to
// it what it misses: an old program would go on in a store that it does not understand.

import { StoreNewer } from './store-troubles.ts';

/** The factory, with an opening at whatever version is there refused as `StoreNewer`. */
export function atExactVersion(factory: IDBFactory): IDBFactory {
  return {
    cmp: (a, b) => factory.cmp(a, b),
    databases: () => factory.databases(),
    deleteDatabase: (name) => factory.deleteDatabase(name),
    open(name, version) {
      if (version === undefined) throw new StoreNewer('this store is of a later version');
      return factory.open(name, version);
    },
  };
}
