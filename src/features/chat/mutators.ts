import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { authored, id } from '../fields.ts';
import { userOf } from '../space-names.ts';
import { CONVERSATION, STANDING_KINDS, conversationIdOf, MARK, markIdOf, spaceOfKind } from './schema.ts';
import type { StandingKind } from './schema.ts';

type Place = { readonly client: string; readonly kind: StandingKind };
const placeOf = ({ client, kind }: Place) => ({
  id: conversationIdOf(client, kind),
  space: spaceOfKind(client, kind),
});

/**
 * Begins a conversation; of two who begin it, each without knowing of the other, the second changes nothing. Refused as
 * `already-there` where something else lies under its id.
 */
export const open = defineMutator({
  name: 'chat.open',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, client: id, kind: z.enum(STANDING_KINDS) }),
  reads: (a) => [{ type: CONVERSATION, id: placeOf(a).id }],
  resource: (a) => ({ type: CONVERSATION, ...placeOf(a), author: a.by }),
  run(tx, { client, kind, at }) {
    const place = placeOf({ client, kind });
    if (tx.isDeleted(CONVERSATION, place.id)) return { code: 'deleted' };
    const found = tx.get(CONVERSATION, place.id);
    if (found && found.space !== place.space) return { code: 'already-there' };
    if (!found) tx.insert(CONVERSATION, { ...place, fields: { client, kind, startedAt: at } });
    return undefined;
  },
});

/** Says how many messages of others one has seen. It only grows: an older device takes nothing back. */
export const markRead = defineMutator({
  name: 'chat.markRead',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, conversation: id, others: z.number().check(z.int(), z.gte(0)) }),
  reads: (a) => [{ type: MARK, id: markIdOf(a.by, a.conversation) }],
  resource: (a) => ({ type: MARK, id: markIdOf(a.by, a.conversation), space: userOf(a.by), author: a.by }),
  run(tx, { by, conversation, others }) {
    const mark = markIdOf(by, conversation);
    const before = tx.get(MARK, mark)?.fields['others'];
    if (before === undefined) tx.insert(MARK, { id: mark, space: userOf(by), fields: { conversation, others } });
    else if (Number(before) < others) tx.update(MARK, mark, { others });
    return undefined;
  },
});
