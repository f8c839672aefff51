import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { isRefusal } from '../../sync/core/mutation.ts';
import { kindName } from '../entry-kind/schema.ts';
import { authored, id } from '../fields.ts';
import { chartOf } from '../space-names.ts';
import { add, addToEntry, onEntry, readsOnEntry, resourceOnEntry } from './on-entry.ts';
import { fileId } from '../file/schema.ts';
import { filesIn, hasContent, hasSaid, journalContent, RECEIPTS, said } from './schema.ts';

const RECEIPT = 'journalReceipts';

const written = journalContent.check(z.refine(hasContent, 'empty'));

const comment = z.strictObject({ ...onEntry, ...said }).check(z.refine(hasSaid, 'empty'));

export const addEntry = defineMutator({
  name: 'journal.addEntry',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, id, client: id, kind: kindName, content: written }),
  reads: (a) => [{ type: 'journalEntry', id: a.id }],
  resource: (a) => ({ type: 'journalEntry', id: a.id, space: chartOf(a.client), author: a.by }),
  files: (a) => filesIn(a.content),
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
  files: (a) => filesIn(a.content),
  run: (tx, { content, ...a }) => addToEntry(tx, 'journalRevision', { ...a, fields: { content } }),
});

export const addComment = defineMutator({
  name: 'journal.addComment',
  version: 1,
  verb: 'create',
  args: comment,
  reads: (a) => readsOnEntry('journalComment', a),
  resource: (a, tx) => resourceOnEntry(tx, 'journalComment', a),
  files: (a) => filesIn(a),
  run: (tx, { body, media, ...a }) =>
    addToEntry(tx, 'journalComment', { ...a, fields: { body, ...(media && { media }) } }),
});

export const giveUpFile = defineMutator({
  name: 'journal.giveUpFile',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onEntry, comment: z.optional(id), file: fileId }),
  reads: (a) => [
    ...readsOnEntry('journalGivenUp', a),
    ...(a.comment === undefined ? [] : [{ type: 'journalComment', id: a.comment }]),
  ],
  resource(a, tx) {
    const onIt = resourceOnEntry(tx, 'journalGivenUp', a);
    if (a.comment === undefined || isRefusal(onIt)) return onIt;
    const said = tx.get('journalComment', a.comment);
    if (said?.fields['entry'] !== a.entry) return { code: 'not-there', where: 'comment' };
    return { ...onIt, author: said.by };
  },
  run: (tx, { file, ...a }) => addToEntry(tx, 'journalGivenUp', { ...a, fields: { file } }),
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
