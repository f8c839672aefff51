// Rebase: what a device shows is what the server said, with the person's own unsent acts done again over it. Pure.

import type { Mutation } from './mutation.ts';
import { isRefusal } from './mutation.ts';
import type { Declarations } from './run.ts';
import { parseMutation, runParsed } from './run.ts';
import { rowKey } from './tx.ts';
import type { ReadSet } from './tx.ts';

/** The rows that a mutation reads or writes, by `rowKey`; none where it does not parse. */
export function keysOf(
  mutators: Declarations['mutators'],
  mutation: Pick<Mutation, 'name' | 'args'> & { readonly v?: number },
): string[] {
  const parsed = parseMutation(mutators, mutation);
  return typeof parsed === 'string' || isRefusal(parsed) ? [] : parsed.reads.map(rowKey);
}

/**
 * Runs pending mutations, in order of `n`, over base rows. Returns the rows that pending work changes. One that no longer
 * fits has no effect here but stays in the outbox: the server's word on it is still to come.
 */
export function replay(
  declared: Declarations,
  bases: ReadSet,
  run: { pending: readonly Mutation[]; by: string; device: string },
): { rows: ReadSet; changed: ReadonlySet<string> } {
  const rows: ReadSet = new Map(bases);
  const changed = new Set<string>();
  for (const mutation of run.pending) {
    const parsed = parseMutation(declared.mutators, mutation);
    if (typeof parsed === 'string' || isRefusal(parsed)) continue;
    const { by, device } = run;
    const tx = runParsed(declared, parsed, {
      by,
      device,
      base: mutation.base,
      version: 0,
      known: rows,
      context: { now: mutation.at },
    });
    if (isRefusal(tx)) continue;
    for (const row of tx.changed()) changed.add(rowKey(row));
    tx.commitTo(rows);
  }
  return { rows, changed };
}
