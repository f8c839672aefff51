// Writes rows as the practice itself, in one commit, over the ground on which they were worked out.

import { must } from '../../../src/base/must.ts';
import { canonicalJson } from '../../../src/base/json.ts';
import { isTombstone } from '../../../src/sync/core/record.ts';
import type { Row } from '../../../src/sync/core/record.ts';
import { rowKey } from '../../../src/sync/core/tx.ts';
import type { PracticeState } from '../../store/store.ts';
import type { ClockParts, Wanted } from './parts.ts';

/** Promises: all or nothing, and nothing where a relation of the practice, a row of `ground` or one of `wanted` has changed: `stale`. */
export async function writeWanted(
  { store, declared, now, onRows }: ClockParts,
  practice: PracticeState,
  { wanted, ground }: { wanted: readonly Wanted[]; ground: readonly Row[] },
): Promise<'stale' | 'written' | 'nothing'> {
  if (wanted.length === 0) return 'nothing';
  const key = { memberId: practice.id, device: practice.id };
  const { rows } = await store.readBatch(practice.id, { key, refs: wanted, ns: [] });
  const changed = wanted.filter((one) => {
    const row = rows.get(rowKey(one)) ?? null;
    if (row === null || isTombstone(row)) return one.fields !== null;
    return one.fields === null || canonicalJson(row.fields) !== canonicalJson(one.fields);
  });
  if (changed.length === 0) return 'nothing';
  type Expected = { ref: Pick<Wanted, 'type' | 'id'>; version: number | null };
  const expected = new Map<string, Expected>();
  for (const ref of changed) expected.set(rowKey(ref), { ref, version: rows.get(rowKey(ref))?.version ?? null });
  for (const row of ground) expected.set(rowKey(row), { ref: row, version: row.version });
  const images = changed.map((one) => imageOf(declared, practice, one));
  const done = await store.commit(practice.id, {
    ledger: null,
    expect: { relationsVersion: practice.relationsVersion, lastN: 0, rows: expected },
    applied: 1,
    images,
    entries: [],
    receivedAt: now(),
  });
  if (done === 'stale') return 'stale';
  const isGrant = images.some(({ relations }) => relations !== null);
  onRows(practice, new Set(changed.map(({ space }) => space)), isGrant);
  return 'written';
}

function imageOf(declared: ClockParts['declared'], practice: PracticeState, { type, id, space, fields }: Wanted) {
  const record = must(declared.recordTypes[type], 'the record type');
  const base = { type, id, space, by: practice.id, schemaVersion: record.schemaVersion, order: 0 };
  if (fields === null) return { ...base, fields, relations: record.relations ? [] : null };
  const kept = record.parse(fields);
  return { ...base, fields: kept, relations: record.relations?.({ id, fields: kept }) ?? null };
}
