// A person's act on this device: row, outbox entry, parcel and the draft's removal in one strict transaction. When the
// promise resolves, the disk has it; whatever happens to the network, the page or the password after that.

import { canonicalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { newId } from '../../base/ids.ts';
import type { Mutation, Refusal } from '../core/mutation.ts';
import { isRefusal } from '../core/mutation.ts';
import type { ParcelHeader } from '../core/protocol.ts';
import type { StoredRow } from '../core/record.ts';
import { parseMutation, runParsed } from '../core/run.ts';
import type { Declarations, ParsedMutation } from '../core/run.ts';
import { rowKey } from '../core/tx.ts';
import type { OutboxEntry, SyncState } from './database.ts';
import type { DeviceStore, DeviceTables } from './device-store.ts';
import { newsOf } from './ground.ts';
import { hourOf, localKey, readVisible, rowIn, toBaseRow, toLocalRow } from './local-rows.ts';
import type { Cipher } from './sealed.ts';

/** What every act on this device needs: who, with which keys, in which store. */
export interface Desk {
  readonly store: DeviceStore;
  readonly declared: Declarations;
  readonly cipher: Pick<Cipher, 'token'>;
  readonly memberId: string;
  /** Seals to the practice's key; synchronous. */
  sealParcel(header: ParcelHeader, plain: Uint8Array): Uint8Array;
  now(): Date;
}

export interface Act {
  readonly name: string;
  readonly args: JsonObject;
  /** The version that the arguments are of, where they were written by an earlier release. */
  readonly v?: number;
  /** The draft that this act makes good. */
  readonly draft?: string;
  /** The `mid` of what was refused and is done again by this act. Where that is gone, it was done again already. */
  readonly replaces?: string;
  /** The `mid` of what was refused and is mended by this act; it is done also where that is gone. */
  readonly mends?: string;
  /** `reader.cursor()` of when its author last saw what is changed, where that is longer ago: the opening of a form. */
  readonly base?: number;
}

/** Does the act on this device and queues it. Returns a refusal, with nothing written, where the device itself says no. */
export async function mutate(desk: Desk, act: Act): Promise<Refusal | undefined> {
  const parsed = parseMutation(desk.declared.mutators, act);
  if (typeof parsed === 'string') throw new Error('nobody acts void');
  if (isRefusal(parsed)) return parsed;
  const at = desk.now().toISOString();
  // Given before the transaction: where its end was not heard, the second try finds what the first one kept.
  const mid = newId(Date.parse(at));
  return desk.store.transaction(async (tx) => {
    if ((await tx.outbox.byMids([mid])).length > 0) return undefined;
    if (act.replaces !== undefined && (await tx.rejections.get(act.replaces)) === undefined) return undefined;
    const state = await tx.state();
    const known = await readVisible(tx, desk, parsed.reads);
    const ground = { by: desk.memberId, device: state.device, base: act.base ?? newsOf(state), version: 0 };
    const done = runParsed(desk.declared, parsed, { ...ground, known, context: { now: at } });
    if (isRefusal(done)) return done;
    const changed = done.changed();
    await keepBases(tx, desk, { changed, before: (key) => rowIn(known, key) });
    await tx.rows.put(changed.map((row) => toLocalRow(desk, row)));
    await tx.outbox.put([entryOf(desk, { act, parsed, state, at, mid })]);
    await tx.putState({ ...state, lastN: state.lastN + 1 });
    const files = parsed.mutator.files?.(parsed.args) ?? [];
    if (files.length > 0) await queueFiles(tx, files, { mid, row: changed[0]?.id });
    if (act.draft !== undefined) await tx.drafts.delete(act.draft);
    const answered = act.replaces ?? act.mends;
    if (answered !== undefined) await tx.rejections.delete(answered);
    return undefined;
  });
}

/** An act, and the row that it made or changed. */
type NamedBy = { readonly mid: string; readonly row: string | undefined };

/** What lay here for a form only is to be sent from now on; each act that names a file is noted, for the case that one is given up. */
export async function queueFiles({ files }: DeviceTables, ids: readonly string[], by: NamedBy): Promise<void> {
  const there = (await files.get(ids)).filter((file) => file !== undefined);
  const named = there.map((file) => ({
    ...file,
    acts: [...(file.acts ?? []), by.mid],
    ...(by.row !== undefined && { row: file.row ?? by.row }),
  }));
  await files.put(named.map((file) => (file.state === 'local' ? { ...file, state: 'queued' } : file)));
}

/** Puts what the server last said under rows that pending work is about to change, once. */
export async function keepBases(
  tx: DeviceTables,
  desk: Pick<Desk, 'cipher' | 'declared'>,
  { changed, before }: { changed: readonly StoredRow[]; before: (key: string) => StoredRow | null },
): Promise<void> {
  const there = await tx.bases.get(changed.map((row) => localKey(desk.cipher, row)));
  const missing = changed.filter((_, i) => there[i] === undefined);
  await tx.bases.put(missing.map((row) => toBaseRow(desk, row, before(rowKey(row)))));
}

type Made = { act: Act; parsed: ParsedMutation; state: SyncState; at: string; mid: string };

function entryOf(desk: Desk, { act, parsed, state, at, mid }: Made): OutboxEntry {
  const mutation: Mutation = {
    n: state.lastN + 1,
    mid,
    name: act.name,
    v: act.v ?? parsed.mutator.version,
    args: act.args,
    base: act.base ?? newsOf(state),
    at,
  };
  const keys = parsed.reads.map((ref) => localKey(desk.cipher, ref));
  return { ...sealedEntry(desk, { mutation, device: state.device, keys }), epoch: state.epoch };
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
