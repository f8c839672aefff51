import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { authored, id, words } from '../fields.ts';
import { SAVED_REPLY, SAVED_REPLY_MAX, spaceOfReply } from './schema-review.ts';

const named = { ...authored, id, isShared: z.boolean() };

/** Keeps a reply, for oneself or for all staff. Who wants other words removes it and keeps another. */
export const saveReply = defineMutator({
  name: 'chat.saveReply',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...named, body: words(SAVED_REPLY_MAX) }),
  reads: (a) => [{ type: SAVED_REPLY, id: a.id }],
  resource: (a) => ({ type: SAVED_REPLY, id: a.id, space: spaceOfReply(a), author: a.by }),
  run(tx, { id: reply, body, ...a }) {
    if (tx.isDeleted(SAVED_REPLY, reply)) return { code: 'deleted' };
    if (tx.get(SAVED_REPLY, reply) === undefined)
      tx.insert(SAVED_REPLY, { id: reply, space: spaceOfReply(a), fields: { body } });
    return undefined;
  },
});

/** Removes one; judged by where it lies, whatever is said of that. */
export const removeReply = defineMutator({
  name: 'chat.removeReply',
  version: 1,
  verb: 'delete',
  args: z.strictObject(named),
  reads: (a) => [{ type: SAVED_REPLY, id: a.id }],
  resource(a, tx) {
    const found = tx.get(SAVED_REPLY, a.id);
    if (found === undefined || found.space !== spaceOfReply(a)) return { code: 'not-there', where: 'id' };
    return { type: SAVED_REPLY, id: a.id, space: found.space, author: found.by };
  },
  run(tx, { id: reply }) {
    tx.remove(SAVED_REPLY, reply);
    return undefined;
  },
});
