import * as z from 'zod/mini';
import type { JsonObject } from '../../base/json.ts';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Resource } from '../../sync/core/policy.ts';
import type { RowRef } from '../../sync/core/record.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { kindName } from '../entry-kind/schema.ts';
import { authored, id, words } from '../fields.ts';
import { chartOf } from '../spaces.ts';
import { COMMENT_MAX, hasContent, journalContent } from './schema.ts';

const written = journalContent.check(z.refine(hasContent, 'empty'));
const onEntry = { ...authored, id, client: id, entry: id };

interface OnEntry {
  readonly id: string;
  readonly client: string;
  readonly entry: string;
}

export const addEntry = defineMutator({
  name: 'journal.addEntry',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, id, client: id, kind: kindName, content: written }),
  reads: (a) => [{ type: 'journalEntry', id: a.id }],
  resource: (a) => ({ type: 'journalEntry', id: a.id, space: chartOf(a.client), author: a.by }),
  run(tx, { id: entry, client, kind, content, at, zone }) {
    return add(tx, 'journalEntry', { id: entry, space: chartOf(client), fields: { client, kind, at, zone, content } });
  },
});

export const reviseEntry = defineMutator({
  name: 'journal.reviseEntry',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onEntry, content: written }),
  reads: (a) => readsOnEntry('journalRevision', a),
  resource: (a, tx) => resourceOnEntry(tx, 'journalRevision', a),
  run: (tx, { content, ...a }) => addToEntry(tx, 'journalRevision', { ...a, fields: { content } }),
});

export const addComment = defineMutator({
  name: 'journal.addComment',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onEntry, body: words(COMMENT_MAX) }),
  reads: (a) => readsOnEntry('journalComment', a),
  resource: (a, tx) => resourceOnEntry(tx, 'journalComment', a),
  run: (tx, { body, ...a }) => addToEntry(tx, 'journalComment', { ...a, fields: { body } }),
});

export const markSeen = defineMutator({
  name: 'journal.markSeen',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onEntry, wording: z.optional(id) }),
  reads: (a) => readsOnEntry('journalReview', a),
  resource: (a, tx) => resourceOnEntry(tx, 'journalReview', a),
  run: (tx, { wording, ...a }) =>
    addToEntry(tx, 'journalReview', { ...a, fields: wording === undefined ? {} : { wording } }),
});

function readsOnEntry(type: string, a: OnEntry): RowRef[] {
  return [
    { type: 'journalEntry', id: a.entry },
    { type, id: a.id },
  ];
}

/** The space comes from the entry itself: who names another client's entry is answered as if it were not there. */
function resourceOnEntry(tx: Tx, type: string, a: OnEntry): Resource | Refusal {
  const entry = tx.get('journalEntry', a.entry);
  if (entry === undefined || entry.space !== chartOf(a.client)) return { code: 'not-there', where: 'entry' };
  return { type, id: a.id, space: entry.space, author: entry.by };
}

function addToEntry(
  tx: Tx,
  type: string,
  a: OnEntry & { at: string; zone: string; fields: JsonObject },
): Refusal | undefined {
  const fields = { entry: a.entry, at: a.at, zone: a.zone, ...a.fields };
  return add(tx, type, { id: a.id, space: chartOf(a.client), fields });
}

function add(tx: Tx, type: string, row: Parameters<Tx['insert']>[1]): Refusal | undefined {
  if (tx.isDeleted(type, row.id)) return { code: 'deleted' };
  if (tx.get(type, row.id) !== undefined) return { code: 'already-there', where: 'id' };
  tx.insert(type, row);
  return undefined;
}
