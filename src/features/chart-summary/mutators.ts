import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Resource } from '../../sync/core/policy.ts';
import type { RowRef } from '../../sync/core/record.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id } from '../fields.ts';
import { staffOf } from '../space-names.ts';
import { changesOf, memberOf, MEMBERS, nilSaid, SECTIONS, summaryItem } from './schema.ts';
import type { NilKnown, Section, SummaryItem } from './schema.ts';

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
  reads: (a) => readsOf(a),
  resource: (a, tx) => (isHere(tx, a.client) ? resourceOf(a) : { code: 'not-there', where: 'client' }),
  run(tx, { id: row, client, item: { type, ...fields } }) {
    if (isFrozen(tx, client)) return FROZEN;
    if (tx.get(type, row) !== undefined) return { code: 'already-there', where: 'id' };
    tx.insert(type, { id: row, space: staffOf(client), fields: { client, ...fields } });
    sayNil(tx, { client, section: type, said: null });
    return undefined;
  },
});

/**
 * `item` is what it shall be, `seen` what its author had before him: what differs is changed. Where somebody else has changed any of it
 * meanwhile it is refused and comes back with its words: no value of a dose goes unseen, and no row is what nobody wrote. Another name is
 * another item: what was wrong is marked as an error and stays readable.
 */
export const changeItem = defineMutator({
  name: 'chartSummary.changeItem',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...authored, id, client: id, item: summaryItem, seen: summaryItem }).check(
    z.refine(({ item, seen }) => item.type === seen.type, { error: 'type', path: ['seen'] }),
    z.refine(({ item, seen }) => item.name === seen.name, { error: 'renamed', path: ['item', 'name'] }),
    z.refine(({ item, seen }) => Object.keys(changesOf(item, seen)).length > 0, { error: 'empty', path: ['item'] }),
  ),
  reads: (a) => readsOf(a),
  /** The space is the row's own: who names another client's is answered as if it were not there. */
  resource: (a, tx) =>
    tx.get(a.item.type, a.id)?.space === staffOf(a.client) ? resourceOf(a) : { code: 'not-there', where: 'id' },
  run(tx, { id: row, client, item, seen }) {
    if (isFrozen(tx, client)) return FROZEN;
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
    sayNil(tx, { client, section: item.type, said: null });
    return undefined;
  },
});

/**
 * That somebody asked and there is none, or that this was a mistake. `seen` is the statement that its author had before him: where another
 * stands, it is refused. `former` brings back what was last taken away, with who said it and when: nobody's name is put under it anew.
 */
export const sayNone = defineMutator({
  name: 'chartSummary.sayNone',
  version: 1,
  verb: 'create',
  args: z.strictObject({
    ...authored,
    client: id,
    section: z.enum(SECTIONS),
    none: z.boolean(),
    seen: z.optional(z.nullable(nilSaid)),
    former: z.optional(z.literal(true)),
  }),
  reads: (a) => [
    { type: 'client', id: a.client },
    { type: NIL, id: a.client },
  ],
  resource: (a, tx) =>
    isHere(tx, a.client)
      ? { type: NIL, id: a.client, space: staffOf(a.client) }
      : { code: 'not-there', where: 'client' },
  run(tx, { client, section, none, seen, former, by, at }) {
    if (isFrozen(tx, client)) return FROZEN;
    const there = nilOf(tx, client);
    if (seen !== undefined && !isSameSaid(there?.[section], seen)) return { code: 'changed', where: 'seen' };
    const said = former ? there?.former?.[section] : { by, at };
    if (none && !said) return { code: 'changed', where: 'former' };
    if (there === undefined) tx.insert(NIL, { id: client, space: staffOf(client), fields: { client } });
    sayNil(tx, { client, section, said: none ? (said ?? null) : null });
    return undefined;
  },
});

function readsOf(a: OnItem): RowRef[] {
  return [
    { type: 'client', id: a.client },
    { type: a.item.type, id: a.id },
    { type: NIL, id: a.client },
  ];
}

function resourceOf(a: OnItem): Resource {
  return { type: a.item.type, id: a.id, space: staffOf(a.client) };
}

const isHere = (tx: Tx, client: string): boolean => tx.get('client', client) !== undefined;

/** practice.md 14: the record of who has died is frozen. */
const isFrozen = (tx: Tx, client: string): boolean => tx.get('client', client)?.fields['status'] === 'deceased';
const FROZEN: Refusal = { code: 'closed', where: 'client' };

type Said = NilKnown[Section];

const nilOf = (tx: Tx, client: string) => tx.get(NIL, client)?.fields as NilKnown | undefined;

const isSameSaid = (a: Said, b: Said): boolean => a?.by === b?.by && a?.at === b?.at;

/** Puts a statement in the place of what stands there, which is kept to be brought back. */
function sayNil(tx: Tx, { client, section, said }: { client: string; section: Section; said: Said }): void {
  const there = nilOf(tx, client);
  const was = there?.[section];
  if (!was && !said) return;
  tx.update(NIL, client, { [section]: said ?? null, ...(was && { former: { ...there?.former, [section]: was } }) });
}
