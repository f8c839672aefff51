// The device's store in memory, for thousands of random histories: the same promises as the Dexie form, held by one contract,
// at a hundredth of the cost. What lies in it outlives the handle, as a disk does.

import { must } from '../../base/must.ts';
import type {
  BaseRow,
  DocRecord,
  DocUpdate,
  Draft,
  FileRecord,
  KeptEntry,
  LocalRow,
  OutboxEntry,
  Rejection,
  SyncState,
} from '../client/database.ts';
import type { DeviceStore, DeviceTables } from '../client/device-store.ts';
import { asOne } from '../client/files-as-one.ts';

export interface Content {
  rows: ReadonlyMap<string, LocalRow>;
  bases: ReadonlyMap<string, BaseRow>;
  outbox: ReadonlyMap<number, OutboxEntry>;
  kept: ReadonlyMap<string, KeptEntry>;
  rejections: ReadonlyMap<string, Rejection>;
  drafts: ReadonlyMap<string, Draft>;
  files: ReadonlyMap<string, FileRecord>;
  fileBytes: ReadonlyMap<string, Uint8Array>;
  docs: ReadonlyMap<string, DocRecord>;
  docUpdates: ReadonlyMap<string, DocUpdate>;
  state: SyncState | null;
}

const EMPTY: Content = {
  rows: new Map(),
  bases: new Map(),
  outbox: new Map(),
  kept: new Map(),
  rejections: new Map(),
  drafts: new Map(),
  files: new Map(),
  fileBytes: new Map(),
  docs: new Map(),
  docUpdates: new Map(),
  state: null,
};

/** A disk: a copy of it is another device with the same content. */
export class MemoryDisk {
  content: Content;
  /** Ends with the last transaction that was asked for: the next begins after it. */
  busy: Promise<unknown> = Promise.resolve();

  constructor(from?: MemoryDisk) {
    this.content = from?.content ?? EMPTY;
  }

  /** Opens a handle. A locked one sees of an entry only what needs no key, and keeps the rest as it was. */
  open({ locked = false }: { locked?: boolean } = {}): DeviceStore {
    const handle = { open: true, locked };
    const transaction = <T>(work: (tx: DeviceTables) => Promise<T>): Promise<T> => {
      const done = this.busy.then(() => runAlone(this, handle, work));
      this.busy = done.catch(() => undefined);
      return done;
    };
    const single: Run = (work) => transaction((tx) => must(runs.get(tx), 'a transaction')(work));
    return {
      ...tablesOf(single, handle),
      transaction,
      takeUnreadable: () => [],
      close: () => void (handle.open = false),
    };
  }
}

interface Handle {
  open: boolean;
  readonly locked: boolean;
}

/** Does one step on the content that a transaction sees. */
type Run = <T>(step: (content: Content) => T) => Promise<T>;
const runs = new WeakMap<DeviceTables, Run>();

/** Works on a copy, which becomes the disk's content whole, or not at all. */
async function runAlone<T>(disk: MemoryDisk, handle: Handle, work: (tx: DeviceTables) => Promise<T>): Promise<T> {
  const content = { ...disk.content };
  const run: Run = async (step) => {
    if (!handle.open) throw new Error('this store has been closed');
    return step(content);
  };
  const tx = tablesOf(run, handle);
  runs.set(tx, run);
  const result = await work(tx);
  await run(() => void (disk.content = content));
  return result;
}

function tablesOf(run: Run, { locked }: Handle): DeviceTables {
  return {
    rows: rowsOf(run),
    bases: basesOf(run),
    outbox: outboxOf(run, locked),
    kept: keptOf(run, locked),
    rejections: {
      get: (mid) => run((c) => c.rejections.get(mid)),
      all: () => run((c) => [...c.rejections.values()]),
      put: (one) => run((c) => void (c.rejections = withAll(c.rejections, [[one.mid, one]]))),
      delete: (mid) => run((c) => void (c.rejections = without(c.rejections, [mid]))),
      count: () => run((c) => c.rejections.size),
    },
    drafts: {
      get: (id) => run((c) => c.drafts.get(id)),
      all: () => run((c) => [...c.drafts.values()]),
      put: (one) => run((c) => void (c.drafts = withAll(c.drafts, [[one.id, one]]))),
      delete: (id) => run((c) => void (c.drafts = without(c.drafts, [id]))),
    },
    files: filesOf(run),
    docs: docsOf(run),
    state: () => run((c) => must(c.state ?? undefined, 'a device that has been set up')),
    putState: (state) => run((c) => void (c.state = state)),
    clear: (keep) => run((c) => void Object.assign(c, EMPTY, keep && { files: c.files, fileBytes: c.fileBytes })),
  };
}

function rowsOf(run: Run): DeviceTables['rows'] {
  const where = (is: (row: LocalRow) => boolean) => run((c) => [...c.rows.values()].filter(is));
  const inSpace = async (space: string) =>
    (await where((row) => row.space === space)).sort((a, b) => a.version - b.version || compare(a.key, b.key));
  return {
    get: (keys) => run((c) => keys.map((key) => c.rows.get(key))),
    put: (rows) =>
      run(
        (c) =>
          void (c.rows = withAll(
            c.rows,
            rows.map((row) => [row.key, row]),
          )),
      ),
    delete: (keys) => run((c) => void (c.rows = without(c.rows, keys))),
    deleteSpaces: (spaces) => run((c) => void (c.rows = filtered(c.rows, (row) => !spaces.includes(row.space)))),
    clear: () => run((c) => void (c.rows = new Map())),
    ofType: async (type) => sortedByHour(await where((row) => row.type === type)),
    keysOf: async (type) => (await where((row) => row.type === type)).map(({ key }) => key),
    byRef: (type, refs) => where((row) => row.type === type && row.ref !== undefined && refs.includes(row.ref)),
    newest: async (type, { space, limit, skip = 0 }) => {
      const found = await where((row) => row.type === type && (space === undefined || row.space === space));
      return sortedByHour(found)
        .reverse()
        .slice(skip, skip + limit);
    },
    since: async (type, space, version) => {
      const found = await where((row) => row.type === type && row.space === space && row.version > version);
      return found.sort((a, b) => a.version - b.version);
    },
    marks: async (space, after = -1) =>
      (await inSpace(space))
        .filter(({ version }) => version === 0 || version > after)
        .map(({ key, version }) => ({ key, version })),
    countOf: async (space) => (await inSpace(space)).length,
    oldest: async (space, limit) => (await inSpace(space)).slice(0, limit).map(({ key }) => key),
  };
}

function basesOf(run: Run): DeviceTables['bases'] {
  return {
    get: (keys) => run((c) => keys.map((key) => c.bases.get(key))),
    put: (bases) =>
      run(
        (c) =>
          void (c.bases = withAll(
            c.bases,
            bases.map((base) => [base.key, base]),
          )),
      ),
    delete: (keys) => run((c) => void (c.bases = without(c.bases, keys))),
    deleteSpaces: (spaces) => run((c) => void (c.bases = filtered(c.bases, (base) => !spaces.includes(base.space)))),
    clear: () => run((c) => void (c.bases = new Map())),
    ofSpace: (space) => run((c) => [...c.bases.values()].filter((base) => base.space === space)),
    count: () => run((c) => c.bases.size),
  };
}

function outboxOf(run: Run, locked: boolean): DeviceTables['outbox'] {
  const where = (is: (entry: OutboxEntry) => boolean) =>
    run((c) =>
      [...c.outbox.values()]
        .filter(is)
        .sort((a, b) => a.n - b.n)
        .map((entry) => seen(entry, locked)),
    );
  return {
    get: async (n) => (await where((entry) => entry.n === n))[0],
    all: () => where(() => true),
    put: (entries) =>
      run((c) => {
        const whole = entries.map((entry) => (locked ? { ...hiddenOf(c.outbox.get(entry.n)), ...entry } : entry));
        c.outbox = withAll(
          c.outbox,
          whole.map((entry) => [entry.n, entry]),
        );
      }),
    delete: (ns) => run((c) => void (c.outbox = without(c.outbox, ns))),
    clear: () => run((c) => void (c.outbox = new Map())),
    byMids: (mids) => where((entry) => mids.includes(entry.mid)),
    over: (keys) => where((entry) => entry.keys.some((key) => keys.includes(key))),
    keysUnder: async (keys) => {
      const under = new Set((await where(() => true)).flatMap((entry) => entry.keys));
      return new Set(keys.filter((key) => under.has(key)));
    },
    unsent: async (limit = Infinity, after = 0) =>
      (await where((entry) => entry.version === 0 && entry.n > after)).slice(0, limit),
    countUnsent: async () => (await where((entry) => entry.version === 0)).length,
    acceptedUpTo: (version) => where((entry) => entry.version > 0 && entry.version <= version),
    count: () => run((c) => c.outbox.size),
  };
}

function keptOf(run: Run, locked: boolean): DeviceTables['kept'] {
  return {
    all: () =>
      run((c) => [...c.kept.values()].sort((a, b) => a.version - b.version).map((entry) => seen(entry, locked))),
    put: (entries) =>
      run(
        (c) =>
          void (c.kept = withAll(
            c.kept,
            entries.map((entry) => [entry.mid, entry]),
          )),
      ),
    deleteUpTo: (version) => run((c) => void (c.kept = filtered(c.kept, (entry) => entry.version > version))),
    clear: () => run((c) => void (c.kept = new Map())),
    count: () => run((c) => c.kept.size),
  };
}

function filesOf(run: Run): DeviceTables['files'] {
  const where = (is: (file: FileRecord) => boolean) => run((c) => [...c.files.values()].filter(is));
  const inState: DeviceTables['files']['inState'] = (...states) => where(({ state }) => states.includes(state));
  return {
    get: (ids) => run((c) => ids.map((id) => c.files.get(id))),
    put: (files) =>
      run(
        (c) =>
          void (c.files = withAll(
            c.files,
            files.map((file) => [file.id, file]),
          )),
      ),
    bytesOf: (id) => run((c) => c.fileBytes.get(id)),
    putBytes: (id, bytes) => run((c) => void (c.fileBytes = withAll(c.fileBytes, [[id, bytes]]))),
    delete: (ids) =>
      run((c) => {
        c.files = without(c.files, ids);
        c.fileBytes = without(c.fileBytes, ids);
      }),
    inState,
    ofSpaces: (spaces) => where(({ space }) => spaces.includes(space)),
    countUnsent: async () => asOne(await inState('queued', 'uploading')).length,
  };
}

function docsOf(run: Run): DeviceTables['docs'] {
  const where = (is: (doc: DocRecord) => boolean) => run((c) => [...c.docs.values()].filter(is));
  return {
    get: (docs) => run((c) => docs.map((doc) => c.docs.get(doc))),
    put: (docs) =>
      run(
        (c) =>
          void (c.docs = withAll(
            c.docs,
            docs.map((one) => [one.doc, one]),
          )),
      ),
    due: () => where(({ due }) => due === 1),
    under: async (prefix) => (await where(({ doc }) => doc.startsWith(prefix))).sort((a, b) => compare(a.doc, b.doc)),
    updates: (doc, after = 0) =>
      run((c) =>
        [...c.docUpdates.values()].filter((one) => one.doc === doc && one.seq > after).sort((a, b) => a.seq - b.seq),
      ),
    putUpdates: (updates) =>
      run(
        (c) =>
          void (c.docUpdates = withAll(
            c.docUpdates,
            updates.map((one) => [`${one.doc} ${one.seq}`, one]),
          )),
      ),
    deleteUpTo: (doc, seq) =>
      run((c) => void (c.docUpdates = filtered(c.docUpdates, (one) => one.doc !== doc || one.seq > seq))),
    deleteSpaces: (spaces) =>
      run((c) => {
        c.docs = filtered(c.docs, ({ space }) => !spaces.includes(space));
        c.docUpdates = filtered(c.docUpdates, ({ space }) => !spaces.includes(space));
      }),
  };
}

function seen<E extends KeptEntry>(entry: E, locked: boolean): E {
  if (!locked) return entry;
  const { mutation: _, ...clear } = entry;
  return clear as E;
}

const hiddenOf = (entry: OutboxEntry | undefined) => (entry?.mutation ? { mutation: entry.mutation } : {});

function withAll<K, V>(map: ReadonlyMap<K, V>, entries: readonly (readonly [K, V])[]): ReadonlyMap<K, V> {
  return entries.length === 0 ? map : new Map([...map, ...entries]);
}

function without<K, V>(map: ReadonlyMap<K, V>, keys: readonly K[]): ReadonlyMap<K, V> {
  if (!keys.some((key) => map.has(key))) return map;
  const left = new Map(map);
  for (const key of keys) left.delete(key);
  return left;
}

function filtered<K, V>(map: ReadonlyMap<K, V>, keep: (value: V) => boolean): ReadonlyMap<K, V> {
  return new Map([...map].filter(([, value]) => keep(value)));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function sortedByHour(rows: readonly LocalRow[]): LocalRow[] {
  return rows.toSorted((a, b) => compare(a.hour, b.hour) || compare(a.key, b.key));
}
