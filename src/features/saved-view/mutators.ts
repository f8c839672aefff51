// How a member of the staff keeps what he asks of the client list.

import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { authored, id, words } from '../fields.ts';
import { userOf } from '../space-names.ts';
import { asked, rank, SAVED_VIEW, VIEW_NAME_MAX } from './schema.ts';

/**
 * Keeps a view, or puts another in its place: a name, a question and where it stands. It also brings back one that was removed. Of two of
 * one's own devices the last holds.
 */
export const keepView = defineMutator({
  name: 'savedView.keep',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, id, name: words(VIEW_NAME_MAX), asked, rank }),
  reads: (a) => [{ type: SAVED_VIEW, id: a.id }],
  resource(a, tx) {
    const space = userOf(a.by);
    const there = tx.get(SAVED_VIEW, a.id);
    // Somebody else's is not there for him.
    if (there !== undefined && there.space !== space) return { code: 'not-there', where: 'id' };
    return { type: SAVED_VIEW, id: a.id, space, author: a.by };
  },
  run(tx, { id: view, by, name, asked: question, rank: place }) {
    const fields = { name, asked: question, rank: place };
    if (tx.get(SAVED_VIEW, view) === undefined) tx.insert(SAVED_VIEW, { id: view, space: userOf(by), fields });
    else tx.update(SAVED_VIEW, view, fields);
    return undefined;
  },
});

/** Removes one; what is not there any more needs no removing. */
export const removeView = defineMutator({
  name: 'savedView.remove',
  version: 1,
  verb: 'delete',
  args: z.strictObject({ ...authored, id }),
  reads: (a) => [{ type: SAVED_VIEW, id: a.id }],
  resource(a, tx) {
    const there = tx.get(SAVED_VIEW, a.id);
    if (there === undefined) return { code: 'not-there', where: 'id' };
    return { type: SAVED_VIEW, id: a.id, space: there.space, author: a.by };
  },
  run(tx, { id: view }) {
    tx.remove(SAVED_VIEW, view);
    return undefined;
  },
});
