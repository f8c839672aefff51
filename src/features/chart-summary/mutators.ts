import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Resource } from '../../sync/core/policy.ts';
import type { RowRef } from '../../sync/core/record.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id } from '../fields.ts';
import { staffOf } from '../space-names.ts';
import { changesOf, memberOf, MEMBERS, SECTIONS, summaryItem } from './schema.ts';
import type { Section, SummaryItem } from './schema.ts';

const NIL = 'nilKnown';

interface OnItem {
  readonly id: string;
  readonly client: string;
  readonly item: SummaryItem;
}

/** Notes an allergy, a medication or a condition; that there was none known goes with it. */
export const addItem = defineMutator({
  name: 'chartSummary.addItem',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, id, client: id, item: summaryItem }),
  reads: (a) => [{ type: 'client', id: a.client }, ...readsOf(a)],
  resource: (a, tx) =>
    tx.get('client', a.client) === undefined ? { code: 'not-there', where: 'client' } : resourceOf(a),
  run(tx, { id: row, client, item: { type, ...fields } }) {
    if (tx.get(type, row) !== undefined) return { code: 'already-there', where: 'id' };
    tx.insert(type, { id: row, space: staffOf(client), fields: { client, ...fields } });
    return withoutNil(tx, client, type);
  },
});

/**
 * `item` is what it shall be, `seen` what its author had before him: what differs is changed. Where somebody else has changed any of it
 * meanwhile it is refused and comes back with its words: no value of a dose goes unseen, and no row is what nobody wrote.
 */
export const changeItem = defineMutator({
  name: 'chartSummary.changeItem',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...authored, id, client: id, item: summaryItem, seen: summaryItem }).check(
    z.refine(({ item, seen }) => item.type === seen.type, { error: 'type', path: ['seen'] }),
    z.refine(({ item, seen }) => Object.keys(changesOf(item, seen)).length > 0, { error: 'empty', path: ['item'] }),
  ),
  reads: (a) => readsOf(a),
  /** The space is the row's own: who names another client's is answered as if it were not there. */
  resource: (a, tx) =>
    tx.get(a.item.type, a.id)?.space === staffOf(a.client) ? resourceOf(a) : { code: 'not-there', where: 'id' },
  run(tx, { id: row, client, item, seen }) {
    const there = tx.get(item.type, row)?.fields ?? {};
    const changes = changesOf(item, seen);
    // All of it, not what is changed alone: what two wrote would make a third that nobody wrote, and hide what one of them knew.
    const isUnseen = (name: string) => {
      const value = there[name] ?? null;
      return value !== memberOf(seen, name) && value !== memberOf(item, name);
    };
    const unseen = MEMBERS[item.type].find(isUnseen);
    if (unseen !== undefined) return { code: 'changed', where: `item.${unseen}` };
    tx.update(item.type, row, changes);
    return withoutNil(tx, client, item.type);
  },
});

/** That somebody asked and there is none, or that this was a mistake. */
export const sayNone = defineMutator({
  name: 'chartSummary.sayNone',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, client: id, section: z.enum(SECTIONS), none: z.boolean() }),
  reads: (a) => [
    { type: 'client', id: a.client },
    { type: NIL, id: a.client },
  ],
  resource: (a, tx) =>
    tx.get('client', a.client) === undefined
      ? { code: 'not-there', where: 'client' }
      : { type: NIL, id: a.client, space: staffOf(a.client) },
  run(tx, { client, section, none, by, at }) {
    if (tx.get(NIL, client) === undefined) tx.insert(NIL, { id: client, space: staffOf(client), fields: { client } });
    tx.update(NIL, client, { [section]: none ? { by, at } : null });
    return undefined;
  },
});

function readsOf(a: OnItem): RowRef[] {
  return [
    { type: a.item.type, id: a.id },
    { type: NIL, id: a.client },
  ];
}

function resourceOf(a: OnItem): Resource {
  return { type: a.item.type, id: a.id, space: staffOf(a.client) };
}

function withoutNil(tx: Tx, client: string, section: Section): Refusal | undefined {
  if (tx.get(NIL, client)?.fields[section]) tx.update(NIL, client, { [section]: null });
  return undefined;
}
