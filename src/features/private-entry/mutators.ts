import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { RowRef } from '../../sync/core/record.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id } from '../fields.ts';
import { userOf } from '../space-names.ts';
import { hour, sealedUnder, wrapShape } from './schema.ts';

const [ENTRY, REVISION, WRAP] = ['privateEntry', 'privateEntryRevision', 'privateEntryWrap'] as const;
const MOST = 1000;
const ids = z.array(id).check(z.maxLength(MOST));
const said = { ...authored, at: hour };

export const addPrivateEntry = defineMutator({
  name: 'privateEntry.addEntry',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...said, id, ...sealedUnder }),
  reads: (a) => [{ type: ENTRY, id: a.id }],
  resource: (a) => own(ENTRY, a.id, a.by),
  run: (tx, { id: entry, by, at, key, sealed }) => add(tx, ENTRY, { id: entry, by, fields: { at, key, sealed } }),
});

export const revisePrivateEntry = defineMutator({
  name: 'privateEntry.reviseEntry',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...said, id, entry: id, ...sealedUnder }),
  reads: (a) => [
    { type: ENTRY, id: a.entry },
    { type: REVISION, id: a.id },
  ],
  resource: (a) => own(REVISION, a.id, a.by),
  run(tx, { id: revision, entry, by, at, key, sealed }) {
    if (tx.isDeleted(ENTRY, entry)) return { code: 'deleted', where: 'entry' };
    if (!isOwn(tx, { type: ENTRY, id: entry }, by)) return { code: 'not-there', where: 'entry' };
    return add(tx, REVISION, { id: revision, by, fields: { entry, at, key, sealed } });
  },
});

/** With its wordings, as far as its author's device knows them. What is gone already is as it was wanted. */
export const removePrivateEntry = defineMutator({
  name: 'privateEntry.removeEntry',
  version: 1,
  verb: 'delete',
  args: z.strictObject({ ...said, id, revisions: ids }),
  reads: (a) => [{ type: ENTRY, id: a.id }, ...refs(REVISION, a.revisions)],
  resource: (a) => own(ENTRY, a.id, a.by),
  run(tx, { id: entry, by, revisions }) {
    for (const one of revisions)
      if (tx.get(REVISION, one)?.fields['entry'] === entry) remove(tx, { type: REVISION, id: one }, by);
    remove(tx, { type: ENTRY, id: entry }, by);
    return undefined;
  },
});

/** Ways to a key: new ones, and in the same act the ones that are to open it no more. */
export const changeWraps = defineMutator({
  name: 'privateEntry.changeWraps',
  version: 1,
  verb: 'create',
  args: z.strictObject({
    ...said,
    key: id,
    add: z.array(z.strictObject({ id, wrap: wrapShape })).check(z.maxLength(9)),
    remove: ids,
  }),
  reads: (a) => refs(WRAP, [...a.add.map((one) => one.id), ...a.remove]),
  resource: (a) => own(WRAP, a.key, a.by),
  run(tx, { by, key, add: added, remove: removed }) {
    for (const one of removed) remove(tx, { type: WRAP, id: one }, by);
    for (const { id: wrapId, wrap } of added) {
      const refusal = add(tx, WRAP, { id: wrapId, by, fields: { key, wrap } });
      if (refusal) return refusal;
    }
    return undefined;
  },
});

const own = (type: string, id: string, by: string) => ({ type, id, space: userOf(by), author: by });
const refs = (type: string, of: readonly string[]) => of.map((one) => ({ type, id: one }));

const isOwn = (tx: Tx, { type, id }: RowRef, by: string) => tx.get(type, id)?.space === userOf(by);

function remove(tx: Tx, row: RowRef, by: string): void {
  if (isOwn(tx, row, by)) tx.remove(row.type, row.id);
}

type Added = { readonly id: string; readonly by: string; readonly fields: Parameters<Tx['insert']>[1]['fields'] };

function add(tx: Tx, type: string, { id, by, fields }: Added): Refusal | undefined {
  if (tx.isDeleted(type, id)) return { code: 'deleted' };
  if (tx.get(type, id) !== undefined) return { code: 'already-there', where: 'id' };
  tx.insert(type, { id, space: userOf(by), fields });
  return undefined;
}
