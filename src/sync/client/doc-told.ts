// What rows tell of documents: by the header row of a document this device sees, without opening it, that the server has more of it.
// Noted in the transaction that puts the row, and fetched after the pull (`doc-fetch.ts`).

import { docName, parseDocName } from '../core/doc-kind.ts';
import type { DocKind } from '../core/doc-kind.ts';
import { isTombstone } from '../core/record.ts';
import type { StoredRow } from '../core/record.ts';
import type { DocRecord } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { docKey, docStem } from './doc-names.ts';
import type { DocGround } from './doc-names.ts';

/** Segments between the last one that is known here and the present one that are asked for unasked. */
const BETWEEN_MOST = 20;

/** Notes of which documents there is more than this device has. */
export async function noteTold(tx: DeviceTables, ground: DocGround, rows: readonly StoredRow[]): Promise<void> {
  const kinds = Object.values(ground.declared.documents ?? {});
  for (const kind of kinds) {
    const told = rows.filter(({ type }) => type === kind.header?.type);
    for (const row of told) await tx.docs.put(await dueBy(tx, ground, { kind, row }));
  }
}

const segmentOf = ({ document }: DocRecord): number => parseDocName(document)?.segment ?? 0;

/** All documents go; own work that waits stays in the outbox. */
export async function forgetDocs({ docs }: DeviceTables): Promise<void> {
  await docs.deleteSpaces([...new Set((await docs.under('')).map(({ space }) => space))]);
}

/** Of a row that is gone: all of its documents, so that the server says what has become of them. */
async function dueBy(
  tx: DeviceTables,
  ground: DocGround,
  { kind, row }: { kind: DocKind; row: StoredRow },
): Promise<DocRecord[]> {
  const here = await tx.docs.under(docStem(ground.cipher, { kind: kind.name, id: row.id }));
  if (isTombstone(row)) return here.map((doc) => ({ ...doc, due: 1 }));
  const { seq, segment } = row.fields;
  const nameOf = (at: number | null) => docName({ kind: kind.name, id: row.id, segment: at });
  const find = (at: number | null) => here.find(({ document }) => document === nameOf(at));
  const dueAt = (at: number | null): DocRecord => {
    const fresh = { doc: docKey(ground.cipher, nameOf(at)), space: row.space, seq: 0, document: nameOf(at) };
    return { ...(find(at) ?? fresh), due: 1 };
  };
  if (typeof segment !== 'number') return Number(seq) > (find(null)?.seq ?? 0) ? [dueAt(null)] : [];
  const now = Number(seq) > (find(segment)?.seq ?? 0) ? [dueAt(segment)] : [];
  // The present one was begun since: the ones before it may have got their last words meanwhile. Of those from before this device
  // knew of any, the last one alone: the others come when they are opened.
  if (find(segment) !== undefined) return now;
  const last = Math.max(1, here.length > 0 ? Math.max(...here.map(segmentOf)) : segment - 1);
  const between = Array.from({ length: Math.max(0, segment - last) }, (_, i) => last + i).slice(-BETWEEN_MOST);
  return [...between.map(dueAt), ...now];
}
