import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Resource } from '../../sync/core/policy.ts';
import type { RowRef } from '../../sync/core/record.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id } from '../fields.ts';
import { officeOf } from '../space-names.ts';
import { CONTACT_FIELDS, contactChanges, contactDetails, formerOf, isValueOf } from './schema.ts';
import type { ContactChanges, ContactDetails } from './schema.ts';

const TYPE = 'contact';
const named = { ...authored, id, client: id };

interface Named {
  readonly id: string;
  readonly client: string;
}

interface Asked {
  readonly changes: ContactChanges;
  readonly seen: ContactDetails;
  readonly beside?: true | undefined;
}

const fitting = contactDetails.check(z.refine(fits, { error: 'value', path: ['value'] }));
const change = { changes: contactChanges.check(z.refine(hasChange, 'empty')), seen: contactDetails };

export const addContact = defineMutator({
  name: 'contact.addContact',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...named, details: fitting }),
  reads: (a) => readsNew(a),
  resource: (a, tx) => resourceNew(a, tx),
  run: (tx, { details, ...a }) => (tx.isDeleted(TYPE, a.id) ? { code: 'deleted' } : insert(tx, a, details)),
});

/**
 * `changes` are the changed fields alone, over what the author had `seen`: with both, a refused one can be mended. `beside`
 * takes a choice back: the value stands beside what is there, as a question.
 */
export const changeContact = defineMutator({
  name: 'contact.changeContact',
  version: 1,
  verb: 'update',
  args: z
    .strictObject({ ...named, ...change, beside: z.optional(z.literal(true)) })
    .check(z.refine(staysFit, { error: 'value', path: ['changes', 'value'] })),
  reads: (a) => readsOne(a),
  resource: (a, tx) => resourceOne(a, tx),
  run(tx, { id: contact, changes, seen, beside }) {
    if (tx.isDeleted(TYPE, contact)) return { code: 'deleted' };
    const fields = { ...changes, ...formerly(changes, seen) };
    if (beside) tx.updateBeside(TYPE, contact, fields);
    else tx.update(TYPE, contact, fields);
    return undefined;
  },
});

/** `seen` says what it was, should the removal come back. */
export const removeContact = defineMutator({
  name: 'contact.removeContact',
  version: 1,
  verb: 'delete',
  args: z.strictObject({ ...named, seen: contactDetails }),
  reads: (a) => readsOne(a),
  resource: (a, tx) => resourceOne(a, tx),
  run(tx, { id: contact }) {
    if (tx.isDeleted(TYPE, contact)) return { code: 'deleted' };
    if (tx.hasUnseen(TYPE, contact)) return { code: 'changed' };
    tx.remove(TYPE, contact);
    return undefined;
  },
});

/** Takes a removal back: the same contact, with the words it had. */
export const restoreContact = defineMutator({
  name: 'contact.restoreContact',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...named, details: contactDetails }),
  reads: (a) => readsNew(a),
  resource: (a, tx) => resourceNew(a, tx),
  run: (tx, { details, ...a }) => insert(tx, a, details),
});

function readsOne(a: Named): RowRef[] {
  return [{ type: TYPE, id: a.id }];
}

function readsNew(a: Named): RowRef[] {
  return [{ type: 'client', id: a.client }, ...readsOne(a)];
}

function resourceNew(a: Named, tx: Tx): Resource | Refusal {
  if (tx.get('client', a.client) === undefined) return { code: 'not-there', where: 'client' };
  return resourceIn(a);
}

/** The space is the row's own: who names another client's contact is answered as if it were not there. */
function resourceOne(a: Named, tx: Tx): Resource | Refusal {
  const row = tx.get(TYPE, a.id);
  const isHere = row === undefined ? tx.isDeleted(TYPE, a.id) : row.space === officeOf(a.client);
  return isHere ? resourceIn(a) : { code: 'not-there', where: 'id' };
}

function resourceIn(a: Named): Resource {
  return { type: TYPE, id: a.id, space: officeOf(a.client) };
}

function insert(tx: Tx, a: Named, details: ContactDetails): Refusal | undefined {
  if (tx.get(TYPE, a.id) !== undefined) return { code: 'already-there', where: 'id' };
  tx.insert(TYPE, { id: a.id, space: officeOf(a.client), fields: { client: a.client, ...details } });
  return undefined;
}

function fits({ kind, value }: ContactDetails): boolean {
  return isValueOf(kind, value);
}

/**
 * Only what is changed is asked: who adds a note does not answer for a number that was there, and a value that stood in
 * question beside others does not fit what stands there now.
 */
function staysFit({ changes, seen, beside }: Asked): boolean {
  if (beside) return true;
  const isAsked = changes.kind !== undefined || changes.value !== undefined;
  return !isAsked || isValueOf(changes.kind ?? seen.kind, changes.value ?? seen.value);
}

function hasChange(changes: ContactChanges): boolean {
  return Object.keys(changes).length > 0;
}

function formerly(changes: ContactChanges, seen: ContactDetails): Record<string, string | null> {
  const changed = CONTACT_FIELDS.filter((field) => changes[field] !== undefined);
  return Object.fromEntries(changed.map((field) => [formerOf(field), seen[field] ?? null]));
}
