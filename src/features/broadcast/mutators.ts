import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { authored, id, words } from '../fields.ts';
import { userOf } from '../space-names.ts';
import { AUDIENCES, BROADCAST, BROADCAST_MAX, broadcastKind, recipientIds, UNDO_MS } from './schema.ts';

/** Confirms a text and who gets it. It is sent a minute after the server has taken it in; until then it can be undone. */
export const confirm = defineMutator({
  name: 'broadcast.confirm',
  version: 1,
  verb: 'create',
  args: z.strictObject({
    ...authored,
    id,
    body: words(BROADCAST_MAX),
    kind: broadcastKind,
    audience: z.enum(AUDIENCES),
    recipients: recipientIds,
  }),
  reads: (a) => [{ type: BROADCAST, id: a.id }],
  resource: (a) => ({ type: BROADCAST, id: a.id, space: userOf(a.by), author: a.by }),
  run(tx, { id: broadcast, by, body, kind, audience, recipients }, { now }) {
    if (tx.get(BROADCAST, broadcast) !== undefined) return { code: 'already-there', where: 'id' };
    const sendAt = new Date(Date.parse(now) + UNDO_MS).toISOString();
    const fields = { body, kind, audience, recipients: [...new Set(recipients)], sendAt };
    tx.insert(BROADCAST, { id: broadcast, space: userOf(by), fields });
    return undefined;
  },
});

/** Undoes it, or stops what has not been sent yet. */
export const cancel = defineMutator({
  name: 'broadcast.cancel',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...authored, id }),
  reads: (a) => [{ type: BROADCAST, id: a.id }],
  resource(a, tx) {
    const row = tx.get(BROADCAST, a.id);
    if (row === undefined) return { code: 'not-there', where: 'id' };
    return { type: BROADCAST, id: a.id, space: row.space, author: row.by };
  },
  run(tx, { id: broadcast }, { now }) {
    if (tx.get(BROADCAST, broadcast)?.fields['cancelledAt'] === undefined)
      tx.update(BROADCAST, broadcast, { cancelledAt: now });
    return undefined;
  },
});
