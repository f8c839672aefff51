// How acts about an entry find it: by the client whose chart it is in.

import type { JsonObject } from '../../base/json.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Resource } from '../../sync/core/policy.ts';
import type { RowRef } from '../../sync/core/record.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id } from '../fields.ts';
import { chartOf } from '../space-names.ts';

export const onEntry = { ...authored, id, client: id, entry: id };

export interface OnEntry {
  readonly id: string;
  readonly client: string;
  readonly entry: string;
}

export function readsOnEntry(type: string, a: OnEntry): RowRef[] {
  return [
    { type: 'journalEntry', id: a.entry },
    { type, id: a.id },
  ];
}

/** The space comes from the entry itself: who names another client's entry is answered as if it were not there. */
export function resourceOnEntry(tx: Tx, type: string, a: OnEntry): Resource | Refusal {
  const entry = tx.get('journalEntry', a.entry);
  if (entry === undefined || entry.space !== chartOf(a.client)) return { code: 'not-there', where: 'entry' };
  return { type, id: a.id, space: entry.space, author: entry.by };
}

export function addToEntry(
  tx: Tx,
  type: string,
  a: OnEntry & { at: string; zone: string; fields: JsonObject },
): Refusal | undefined {
  const fields = { entry: a.entry, at: a.at, zone: a.zone, ...a.fields };
  return add(tx, type, { id: a.id, space: chartOf(a.client), fields });
}

export function add(tx: Tx, type: string, row: Parameters<Tx['insert']>[1]): Refusal | undefined {
  if (tx.isDeleted(type, row.id)) return { code: 'deleted' };
  if (tx.get(type, row.id) !== undefined) return { code: 'already-there', where: 'id' };
  tx.insert(type, row);
  return undefined;
}
