// A noun of the harness, with everything that the engine can do to a row and no real noun needs all of: fields that several
// people change, removal and its undoing, sensitive members and sensitive rows. Declared beside the real ones.

import * as z from 'zod/mini';
import { declared as real } from '../../features/shared.ts';
import { authored, id } from '../../features/fields.ts';
import { chartOf, clientKey, clientOfSpace } from '../../features/space-names.ts';
import { isCareTeam, isSelf, spacesOf } from '../../features/spaces.ts';
import { defineMutator, defineRecord } from '../core/declare.ts';
import type { Refusal } from '../core/mutation.ts';
import type { Policy, Rule } from '../core/policy.ts';
import type { Declarations } from '../core/run.ts';
import type { Tx } from '../core/tx.ts';

const line = z.string().check(z.maxLength(200));
const fields = { title: line, note: line, weight: z.optional(z.number()), secret: z.optional(z.boolean()) };
const cardFields = z.object({ client: id, ...fields });

/** `weight` is a sensitive member; a card that says `secret` is sensitive as a whole. */
const cardRecord = defineRecord({
  name: 'card',
  schemaVersion: 1,
  fields: cardFields,
  merges: true,
  sensitive: { fields: ['weight'], row: (card) => card['secret'] === true },
});

/** While there is one for a client, his own grant of his chart is strict. */
const shieldRecord = defineRecord({
  name: 'shield',
  schemaVersion: 1,
  fields: z.object({ client: id }),
  relations: ({ fields: { client } }) => [{ object: clientKey(client), relation: 'shielded', subject: 'practice' }],
});

const both: Rule = (p, relations, r) => isSelf(p, relations, r) || isCareTeam(p, relations, r);
const cardPolicy: Policy = { read: both, create: both, update: both, delete: both };

const onCard = { ...authored, id, client: id };
const changes = z.partial(z.strictObject(fields));
type OnCard = { readonly id: string; readonly client: string; readonly by: string };
const reads = (a: OnCard) => [{ type: 'card', id: a.id }];
const resource = (a: OnCard) => ({ type: 'card', id: a.id, space: chartOf(a.client), author: a.by });

const add = defineMutator({
  name: 'card.add',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onCard, card: z.strictObject(fields) }),
  reads: (a) => reads(a),
  resource: (a) => resource(a),
  run(tx, { id: card, client, card: given }) {
    if (tx.get('card', card) !== undefined) return { code: 'already-there' };
    tx.insert('card', { id: card, space: chartOf(client), fields: { client, ...given } });
    return undefined;
  },
});

const change = defineMutator({
  name: 'card.change',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...onCard, changes, beside: z.optional(z.literal(true)) }),
  reads: (a) => reads(a),
  resource: (a) => resource(a),
  run(tx, a) {
    const refusal = missing(tx, a.id);
    if (refusal !== undefined) return refusal;
    if (a.beside) tx.updateBeside('card', a.id, a.changes);
    else tx.update('card', a.id, a.changes);
    return undefined;
  },
});

const remove = defineMutator({
  name: 'card.remove',
  version: 1,
  verb: 'delete',
  args: z.strictObject(onCard),
  reads: (a) => reads(a),
  resource: (a) => resource(a),
  run(tx, a) {
    const refusal = missing(tx, a.id);
    if (refusal !== undefined) return refusal;
    if (tx.hasUnseen('card', a.id)) return { code: 'changed' };
    tx.remove('card', a.id);
    return undefined;
  },
});

function missing(tx: Tx, card: string): Refusal | undefined {
  if (tx.isDeleted('card', card)) return { code: 'deleted' };
  return tx.get('card', card) === undefined ? { code: 'not-there' } : undefined;
}

/** The real nouns and the harness's own. */
export const declared: Declarations = {
  ...real,
  recordTypes: { ...real.recordTypes, card: cardRecord, shield: shieldRecord },
  policies: { ...real.policies, card: cardPolicy, shield: {} },
  mutators: { ...real.mutators, [add.name]: add, [change.name]: change, [remove.name]: remove },
  retired: ['card.wasOnce'],
  spacesOf: (p, relations) =>
    spacesOf(p, relations).map((grant) => {
      const client = grant.space.startsWith('chart:') ? clientOfSpace(grant.space) : null;
      const isShielded = client !== null && relations.has(clientKey(client), 'shielded', 'practice');
      const isOwn = client !== null && relations.has(clientKey(client), 'self', `member:${p.memberId}`);
      return isShielded && isOwn ? { ...grant, hash: `${grant.hash}-strict`, strict: true } : grant;
    }),
};
