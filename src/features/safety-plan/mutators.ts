import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { authored, id } from '../fields.ts';
import { chartOf } from '../space-names.ts';
import { planParts } from './schema.ts';

const PLAN = 'safetyPlan';
const REVISION = 'safetyPlanRevision';

/**
 * Writes parts of the plan, the first time as later. `id` is the revision's, which keeps what was written for good. `beside` takes a
 * choice back: the wording stands beside what is there, as a question. Of who has died nothing is changed (practice.md 14).
 */
export const changePlan = defineMutator({
  name: 'safetyPlan.changePlan',
  version: 1,
  verb: 'create',
  args: z.strictObject({
    ...authored,
    id,
    client: id,
    changes: planParts.check(z.refine((changes) => Object.keys(changes).length > 0, 'empty')),
    beside: z.optional(z.literal(true)),
  }),
  reads: (a) => [
    // Not on her own devices, where the server's word comes.
    { type: 'client', id: a.client },
    { type: PLAN, id: a.client },
    { type: REVISION, id: a.id },
  ],
  resource: (a) => ({ type: PLAN, id: a.client, space: chartOf(a.client), author: a.by }),
  run(tx, { id: revision, client, changes, beside, at, zone }) {
    if (tx.get('client', client)?.fields['status'] === 'deceased') return { code: 'closed', where: 'client' };
    if (tx.get(REVISION, revision) !== undefined) return { code: 'already-there', where: 'id' };
    const space = chartOf(client);
    // First the row and then its parts: what is made with a row has no writer to be asked about, and two may make it at once.
    if (tx.get(PLAN, client) === undefined) tx.insert(PLAN, { id: client, space, fields: { client } });
    if (beside) tx.updateBeside(PLAN, client, changes);
    else tx.update(PLAN, client, changes);
    tx.insert(REVISION, { id: revision, space, fields: { client, parts: changes, at, zone } });
    return undefined;
  },
});
