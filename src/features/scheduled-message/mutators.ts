// A message is planned, changed, sent at once or cancelled, until the server takes it up; what comes after that is refused and
// comes back with its words. Its words and its time are its author's; cancelling is anybody's who has it before him.

import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Resource } from '../../sync/core/policy.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { conversationIdOf, isStanding } from '../chat/schema.ts';
import { authored, id, instant, words } from '../fields.ts';
import { DAYS_AHEAD_MOST, isOpen, isShort, kind, SCHEDULED, SCHEDULED_MAX, spaceOfScheduled } from './schema.ts';
import type { Scheduled } from './schema.ts';

const DAY_MS = 86_400_000;
const GONE: Refusal = { code: 'changed', where: 'status' };

/** Times are compared as text here and in the database: a year of more than four digits would sort before all others. */
function isAhead({ sendAt, at }: { sendAt: string; at: string }): boolean {
  const ms = Date.parse(sendAt) - Date.parse(at);
  return /^\d{4}-/.test(sendAt) && ms >= 0 && ms <= DAYS_AHEAD_MOST * DAY_MS;
}

/** When its author had the words, by his device, however late they reach the server: what came in between he had not read. */
const wordedAt = (at: string, now: string): string => (at < now ? at : now);

const NOT_AHEAD = { error: 'not ahead', path: ['sendAt'] };
const body = words(SCHEDULED_MAX).check(z.refine(isShort, 'too long'));
const when = { body, sendAt: instant };

/** Plans a message. What reaches the server after its time goes at once, as what is sent without a network does. */
export const plan = defineMutator({
  name: 'scheduledMessage.plan',
  version: 1,
  verb: 'create',
  args: z
    .strictObject({ ...authored, id, conversation: id, kind, client: z.optional(id), replyTo: z.optional(id), ...when })
    .check(z.refine(isAhead, NOT_AHEAD)),
  reads: (a) => [{ type: SCHEDULED, id: a.id }],
  resource: (a) => ({ type: SCHEDULED, id: a.id, space: spaceOfScheduled({ ...a, author: a.by }), author: a.by }),
  run(tx, { id: planned, by, at, ...said }, { now }) {
    if (tx.get(SCHEDULED, planned) !== undefined) return { code: 'already-there', where: 'id' };
    const { kind: to, client, conversation } = said;
    // Of those that stand the client says which one it is.
    if (isStanding(to) && (client === undefined || conversation !== conversationIdOf(client, to)))
      return { code: 'invalid-arguments', where: 'conversation' };
    const fields: Scheduled = { ...said, author: by, writtenAt: wordedAt(at, now), status: 'planned' };
    tx.insert(SCHEDULED, { id: planned, space: spaceOfScheduled({ kind: to, client, author: by }), fields });
    return undefined;
  },
});

const onScheduled = { ...authored, id };

/** Words it anew, or gives it another time; `seen` is what its author had before him: what another device has changed stays. */
export const change = defineMutator({
  name: 'scheduledMessage.change',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...onScheduled, ...when, seen: z.strictObject(when) }).check(z.refine(isAhead, NOT_AHEAD)),
  reads: (a) => [{ type: SCHEDULED, id: a.id }],
  resource: (a, tx) => placeOf(tx, a.id),
  run(tx, { id: planned, by, at, zone, seen, ...next }, { now }) {
    const fields = fieldsOf(tx, planned);
    if (fields.author !== by) return { code: 'not-allowed' };
    if (!isOpen(fields)) return GONE;
    if (fields.body !== seen.body || fields.sendAt !== seen.sendAt) return { code: 'changed', where: 'seen' };
    const written = fields.body === next.body ? {} : { writtenAt: wordedAt(at, now) };
    const said = { body: next.body, sendAt: next.sendAt, zone };
    tx.update(SCHEDULED, planned, { ...said, ...written, status: 'planned', reason: null });
    return undefined;
  },
});

/** Lets it go as soon as the server has heard of it. */
export const sendNow = defineMutator({
  name: 'scheduledMessage.sendNow',
  version: 1,
  verb: 'update',
  args: z.strictObject(onScheduled),
  reads: (a) => [{ type: SCHEDULED, id: a.id }],
  resource: (a, tx) => placeOf(tx, a.id),
  run(tx, { id: planned, by }, { now }) {
    const fields = fieldsOf(tx, planned);
    if (fields.author !== by) return { code: 'not-allowed' };
    if (!isOpen(fields)) return GONE;
    tx.update(SCHEDULED, planned, { sendAt: now, status: 'planned', reason: null });
    return undefined;
  },
});

/** It is not to go. Its words stay, for who takes that back. */
export const cancel = defineMutator({
  name: 'scheduledMessage.cancel',
  version: 1,
  verb: 'update',
  args: z.strictObject(onScheduled),
  reads: (a) => [{ type: SCHEDULED, id: a.id }],
  resource: (a, tx) => placeOf(tx, a.id),
  run(tx, { id: planned, by }) {
    const fields = fieldsOf(tx, planned);
    if (fields.status === 'cancelled') return undefined;
    if (!isOpen(fields)) return GONE;
    tx.update(SCHEDULED, planned, { status: 'cancelled', cancelledBy: by });
    return undefined;
  },
});

/** Takes back that it was cancelled, by who has. One that did not go before stands there again as that. */
export const restore = defineMutator({
  name: 'scheduledMessage.restore',
  version: 1,
  verb: 'update',
  args: z.strictObject(onScheduled),
  reads: (a) => [{ type: SCHEDULED, id: a.id }],
  resource: (a, tx) => placeOf(tx, a.id),
  run(tx, { id: planned, by }) {
    const { status, cancelledBy, reason } = fieldsOf(tx, planned);
    if (status !== 'cancelled') return undefined;
    if (cancelledBy !== by) return { code: 'not-allowed' };
    tx.update(SCHEDULED, planned, { status: reason ? 'failed' : 'planned', cancelledBy: null });
    return undefined;
  },
});

function placeOf(tx: Tx, planned: string): Resource | Refusal {
  const row = tx.get(SCHEDULED, planned);
  if (row === undefined) return { code: 'not-there', where: 'id' };
  return { type: SCHEDULED, id: planned, space: row.space, author: row.by };
}

const fieldsOf = (tx: Tx, planned: string) => tx.get(SCHEDULED, planned)?.fields as Scheduled;
