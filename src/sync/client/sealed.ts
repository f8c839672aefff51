// Encryption at rest, inside Dexie: a middleware that seals every value before IndexedDB sees it and opens it after. It is
// synchronous, because a promise that is not IndexedDB's own ends the transaction. Outside `clear` nothing is readable on
// disk. Without a cipher (locked) the clear parts can be read, and records made of clear parts only can be written.

import type { DBCore, DBCoreCursor, DBCoreTable, Middleware } from 'dexie';

/** Where a sealed value lies: bound to it, so that sealed values cannot change places. */
export interface Place {
  readonly store: string;
  readonly id: string;
  readonly schema: number;
}

/** Seals and opens with the person's data key. `open` throws where bytes were altered or moved. */
export interface Cipher {
  seal(place: Place, plain: Uint8Array): Uint8Array;
  open(place: Place, sealed: Uint8Array): Uint8Array;
  /** A stand-in for a word of a small vocabulary, equal for equal words, telling nothing without the key. */
  token(word: string): string;
}

/** Per table: the members that stay readable (ids, space, version, rounded times, tokens, ciphertext). */
export type ClearMembers = Readonly<Record<string, readonly string[]>>;

type Value = Record<string, unknown>;
const SCHEMA = 1;

/** A record whose sealed part does not open: altered, moved, or of another key. */
export interface Unreadable {
  readonly store: string;
  readonly id: string;
  readonly space?: string;
}

export interface Sealing {
  readonly clear: ClearMembers;
  /** Tables whose records are of use without their sealed part; of others, what does not open is as if not there. */
  readonly half: readonly string[];
  readonly cipher: Cipher | null;
  onUnreadable(found: Unreadable): void;
}

export function sealing({ clear, half, ...how }: Sealing): Middleware<DBCore> {
  return {
    stack: 'dbcore',
    name: 'sealing',
    create: (core) => ({
      ...core,
      table(name) {
        const table = core.table(name);
        const members = clear[name];
        return members === undefined
          ? table
          : sealedTable(table, {
              ...how,
              name,
              members: new Set(members),
              isHalf: half.includes(name),
              asOpened: new WeakMap(),
            });
      },
    }),
  };
}

interface Plan extends Pick<Sealing, 'cipher' | 'onUnreadable'> {
  readonly name: string;
  readonly members: ReadonlySet<string>;
  readonly isHalf: boolean;
  /** What was opened, by an object in it: put back with the same words, it keeps its sealed part. */
  readonly asOpened: WeakMap<object, AsOpened>;
}

interface AsOpened {
  readonly id: string;
  readonly text: string;
  readonly sealed: Uint8Array;
}

function sealedTable(table: DBCoreTable, plan: Plan): DBCoreTable {
  const keyOf = (value: Value) => String(table.schema.primaryKey.extractKey?.(value));
  const open = (value: Value | undefined) => value && openValue(plan, keyOf(value), value);
  return {
    ...table,
    mutate: (request) =>
      request.type === 'add' || request.type === 'put'
        ? table.mutate({ ...request, values: request.values.map((value) => sealValue(plan, keyOf(value), value)) })
        : table.mutate(request),
    // `.then`, not `await`: these are Dexie's promises, and a native one would leave the transaction's zone.
    get: (request) => table.get(request).then(open),
    getMany: (request) => table.getMany(request).then((values) => values.map(open)),
    query: (request) =>
      table
        .query(request)
        .then((answer) =>
          request.values === false ? answer : { ...answer, result: answer.result.map(open).filter((value) => value) },
        ),
    openCursor: (request) =>
      table.openCursor(request).then((cursor) => (cursor && request.values ? openingCursor(cursor, open) : cursor)),
  };
}

function sealValue({ name, members, cipher, asOpened }: Plan, id: string, value: Value): Value {
  const entries = Object.entries(value);
  const clear = Object.fromEntries(entries.filter(([key]) => members.has(key)));
  const hidden = Object.fromEntries(entries.filter(([key]) => !members.has(key)));
  // Read while locked, a record keeps its sealed part as it is, and may be put back with other clear members.
  if (cipher === null && hidden.sealed instanceof Uint8Array) return { ...clear, sealed: hidden.sealed };
  if (Object.keys(hidden).length === 0) return clear;
  if (cipher === null) throw new Error(`${name}: locked`);
  const text = JSON.stringify(hidden);
  const before = asOpened.get(handleOf(hidden) ?? hidden);
  // Only what is in the clear has changed, as for all that a push has answered.
  if (before?.id === id && before.text === text) return { ...clear, sealed: before.sealed };
  const plain = new TextEncoder().encode(text);
  return { ...clear, sealed: cipher.seal({ store: name, id, schema: SCHEMA }, plain) };
}

/** An object among the hidden members, by which they are known again. */
function handleOf(hidden: Value): object | undefined {
  return Object.values(hidden).find((member) => typeof member === 'object' && member !== null) as object | undefined;
}

function openValue(plan: Plan, id: string, value: Value): Value | undefined {
  const { name, cipher, asOpened } = plan;
  const { sealed, ...clear } = value;
  if (!(sealed instanceof Uint8Array)) return clear;
  if (cipher === null) return value;
  try {
    const text = new TextDecoder().decode(cipher.open({ store: name, id, schema: SCHEMA }, sealed));
    const hidden = JSON.parse(text) as Value;
    const handle = handleOf(hidden);
    if (handle !== undefined) asOpened.set(handle, { id, text, sealed });
    return { ...clear, ...hidden };
  } catch {
    // One bad record must not take the others from their reader.
    plan.onUnreadable({ store: name, id, ...(typeof clear['space'] === 'string' && { space: clear['space'] }) });
    return plan.isHalf ? clear : undefined;
  }
}

/** IndexedDB's own cursor does not bear being inherited from: each member is passed on by hand. */
function openingCursor(cursor: DBCoreCursor, open: (value: Value) => Value | undefined): DBCoreCursor {
  return Object.create(cursor, {
    key: { get: () => cursor.key },
    primaryKey: { get: () => cursor.primaryKey },
    value: { get: () => open(cursor.value) },
    done: { get: () => cursor.done },
    continue: { value: (key?: unknown) => cursor.continue(key) },
    continuePrimaryKey: { value: (key: unknown, primary: unknown) => cursor.continuePrimaryKey(key, primary) },
    advance: { value: (count: number) => cursor.advance(count) },
    start: { value: (onNext: () => void) => cursor.start(onNext) },
    stop: { value: (result?: unknown) => cursor.stop(result as never) },
    next: { value: () => cursor.next() },
    fail: { value: (error: Error) => cursor.fail(error) },
  }) as DBCoreCursor;
}
