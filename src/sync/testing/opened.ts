// A browser's store opened from outside, as its owner with his password could: what lies there sealed, in plain words. Takes
// records as texts, their bytes as latin-1.

import { must } from '../../base/must.ts';
import { deriveKey } from '../client/vault/argon-derive.ts';
import { openRecord, vaultKeysOf } from '../client/vault/keys.ts';
import type { VaultKeys } from '../client/vault/keys.ts';
import { unwrapWithPassword, wrappedKey } from '../client/vault/wraps.ts';

interface Table {
  readonly database: string;
  readonly store: string;
  readonly records: readonly string[];
}

export interface OpenedRecord {
  readonly store: string;
  readonly text: string;
}

/** Keys of the members of a record by which it is found. */
const KEYS = ['key', 'mid', 'n', 'id'];
const SCHEMA = 1;
/** The outbox is found by its number, though its entries have a `mid` too. */
const keyNamesOf = (store: string) => (store === 'outbox' ? ['n'] : KEYS);
const idOf = (store: string, clear: Record<string, unknown>) => {
  if (store === 'doc') return String(clear['doc']);
  if (store === 'docUpdate') return String([clear['doc'], clear['seq']]);
  const name = keyNamesOf(store).find((key) => key in clear);
  return String(clear[must(name, 'a key')]);
};

/** Every record of the memberships that this password opens. Throws where one does not open. */
export async function openedRecords(stored: readonly Table[], password: string): Promise<OpenedRecord[]> {
  const registry = must(
    stored.find(({ store }) => store === 'membership'),
    'a registry of memberships',
  );
  const opened: OpenedRecord[] = [];
  for (const record of registry.records) {
    const membership = JSON.parse(record) as { id: string; wraps: Record<string, unknown>[] };
    const keys = await keysOf(membership.wraps, password);
    const tables = stored.filter(({ database }) => database === `interlude-${membership.id}`);
    opened.push(...tables.flatMap((table) => table.records.map((text) => open(keys, table.store, text))));
  }
  return opened;
}

async function keysOf(wraps: readonly Record<string, unknown>[], password: string): Promise<VaultKeys> {
  const found = must(
    wraps.find(({ kind }) => kind === 'password'),
    'a way in by password',
  );
  const wrap = wrappedKey.parse({ ...found, salt: bytesOf(found['salt']), sealed: bytesOf(found['sealed']) });
  if (wrap.kind !== 'password') throw new Error('a way in by password');
  const unwrapped = await unwrapWithPassword(wrap, { password, derive: deriveKey });
  if (unwrapped.status === 'wrong') throw new Error('the password does not open this store');
  return vaultKeysOf(unwrapped.dataKey);
}

function open(keys: VaultKeys, store: string, text: string): OpenedRecord {
  const { sealed, ...clear } = JSON.parse(text) as Record<string, unknown>;
  if (typeof sealed !== 'string') return { store, text };
  const plain = openRecord(keys, { store, id: idOf(store, clear), schema: SCHEMA }, bytesOf(sealed));
  return { store, text: JSON.stringify({ ...clear, ...JSON.parse(new TextDecoder().decode(plain)) }) };
}

const bytesOf = (latin: unknown): Uint8Array => Uint8Array.from(String(latin), (letter) => letter.charCodeAt(0));
