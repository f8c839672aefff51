import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { kindName } from '../entry-kind/schema.ts';
import { authored, id, words } from '../fields.ts';
import { chartOf } from '../spaces.ts';
import { add, addToEntry, onEntry, readsOnEntry, resourceOnEntry } from './on-entry.ts';
import { COMMENT_MAX, hasContent, journalContent, RECEIPTS } from './schema.ts';

const RECEIPT = 'journalReceipts';

const written = journalContent.check(z.refine(hasContent, 'empty'));

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

export const chooseReceipts = defineMutator({
  name: 'journal.chooseReceipts',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, client: id, receipts: z.enum(RECEIPTS) }),
  reads: (a) => [{ type: RECEIPT, id: a.client }],
  resource: (a) => ({ type: RECEIPT, id: a.client, space: chartOf(a.client), author: a.by }),
  run(tx, { client, receipts }) {
    if (tx.get(RECEIPT, client) !== undefined) tx.update(RECEIPT, client, { receipts });
    else tx.insert(RECEIPT, { id: client, space: chartOf(client), fields: { client, receipts } });
    return undefined;
  },
});
