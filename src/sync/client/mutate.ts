// A person's act on this device: row, outbox entry, parcel and the draft's removal in one strict transaction. When the
// promise resolves, the disk has it; whatever happens to the network, the page or the password after that.

import { canonicalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { Mutation, Refusal } from '../core/mutation.ts';
import { isRefusal } from '../core/mutation.ts';
import type { ParcelHeader } from '../core/protocol.ts';
import type { StoredRow } from '../core/record.ts';
import { parseMutation, runParsed } from '../core/run.ts';
import type { Declarations, ParsedMutation } from '../core/run.ts';
import { rowKey } from '../core/tx.ts';
import type { BaseRow, MembershipDatabase, OutboxEntry, SyncState } from './database.ts';
import { hourOf, localKey, readVisible, rowIn, toLocalRow } from './local-rows.ts';
import type { Cipher } from './sealed.ts';

/** What every act on this device needs: who, with which keys, in which database. */
export interface Desk {
  readonly db: MembershipDatabase;
  readonly declared: Declarations;
  readonly cipher: Cipher;
  readonly memberId: string;
  /** Seals to the practice's key; synchronous. */
  sealParcel(header: ParcelHeader, plain: Uint8Array): Uint8Array;
  now(): Date;
}

export interface Act {
  readonly name: string;
  readonly args: JsonObject;
  /** The draft that this act makes good. */
  readonly draft?: string;
  /** `reader.cursor()` of when its author last saw what is changed, where that is longer ago: the opening of a form. */
  readonly base?: number;
}

/** Does the act on this device and queues it. Returns a refusal, with nothing written, where the device itself says no. */
export async function mutate(desk: Desk, act: Act): Promise<Refusal | undefined> {
  const { db } = desk;
  const parsed = parseMutation(desk.declared.mutators, act);
  if (typeof parsed === 'string') throw new Error('nobody acts void');
  if (isRefusal(parsed)) return parsed;
  return db.transaction('rw', [db.row, db.base, db.outbox, db.draft, db.state], async () => {
    const state = must(await db.state.get('state'), 'the state of a device that has been set up');
    const at = desk.now().toISOString();
    const known = await readVisible(db, desk.cipher, parsed.reads);
    const ground = { by: desk.memberId, device: state.device, base: act.base ?? state.cursor ?? 0, version: 0 };
    const tx = runParsed(desk.declared, parsed, { ...ground, known, context: { now: at } });
    if (isRefusal(tx)) return tx;
    const changed = tx.changed();
    await keepBases(desk, changed, (key) => rowIn(known, key));
    await db.row.bulkPut(changed.map((row) => toLocalRow(desk.declared, desk.cipher, row)));
    await db.outbox.add(entryOf(desk, { act, parsed, state, at }));
    await db.state.put({ ...state, lastN: state.lastN + 1 });
    if (act.draft !== undefined) await db.draft.delete(act.draft);
    return undefined;
  });
}

/** Puts what the server last said under rows that pending work is about to change, once. */
export async function keepBases(
  { db, cipher }: Pick<Desk, 'db' | 'cipher'>,
  changed: readonly StoredRow[],
  before: (key: string) => StoredRow | null,
): Promise<void> {
  const keys = changed.map((row) => localKey(cipher, row));
  const there = await db.base.bulkGet(keys);
  const missing = changed.flatMap((row, i): BaseRow[] =>
    there[i] === undefined ? [{ key: must(keys[i], 'a key'), space: row.space, row: before(rowKey(row)) }] : [],
  );
  await db.base.bulkPut(missing);
}

function entryOf(desk: Desk, made: { act: Act; parsed: ParsedMutation; state: SyncState; at: string }): OutboxEntry {
  const { act, parsed, state, at } = made;
  const mutation: Mutation = {
    n: state.lastN + 1,
    mid: newId(Date.parse(at)),
    name: act.name,
    v: parsed.mutator.version,
    args: act.args,
    base: act.base ?? state.cursor ?? 0,
    at,
  };
  const keys = parsed.reads.map((ref) => localKey(desk.cipher, ref));
  return sealedEntry(desk, { mutation, device: state.device, keys });
}

/** The outbox entry of a mutation under its device's number: replay copy and parcel. */
export function sealedEntry(
  desk: Pick<Desk, 'memberId' | 'sealParcel'>,
  { mutation, device, keys }: { mutation: Mutation; device: string; keys: readonly string[] },
): OutboxEntry {
  const { n, mid } = mutation;
  const header: ParcelHeader = { user: desk.memberId, device, n, mid, kind: 'mutation' };
  const plain = new TextEncoder().encode(canonicalJson({ ...mutation }));
  const parcel = desk.sealParcel(header, plain);
  return { n, mid, keys, version: 0, bytes: plain.length, hour: hourOf(mutation.at), header, parcel, mutation };
}
