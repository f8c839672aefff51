// What only the staff do about a conversation: who answers and by when, that nothing is to be said, that it is over, and that it is
// the care team's. No client can, so that a client's device does without it.

import * as z from 'zod/mini';
import type { JsonObject } from '../../base/json.ts';
import { namedId } from '../../base/named-id.ts';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Resource } from '../../sync/core/policy.ts';
import type { RowRef } from '../../sync/core/record.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { holdsCrisisWords } from '../crisis-words.ts';
import { authored, id, instant, words } from '../fields.ts';
import { userOf } from '../space-names.ts';
import { isStaff } from '../spaces.ts';
import { AUTOMATIC } from './doc-shape.ts';
import { isOpenTask, TASK } from '../task/schema.ts';
import type { Task } from '../task/schema.ts';
import { replyTaskId, settledIn, spaceOfDuty } from './schema-duty.ts';
import { quoted, QUOTES_MOST } from './schema-head.ts';
import { REASON_MAX } from './schema-setting.ts';
import {
  ANSWERED_KINDS,
  CONVERSATION,
  conversationIdOf,
  HAND_OVER,
  MARK,
  markIdOf,
  spaceOfKind,
  STANDING_KINDS,
} from './schema.ts';
import type { AnsweredKind, StandingKind } from './schema.ts';

const NOT_THERE: Refusal = { code: 'not-there', where: 'kind' };
const PLACE = 'careTeamMember';
const MEMBER = 'member';

const inThread = { ...authored, client: id, kind: z.enum(STANDING_KINDS) };
/** `message`: the first that waits. `conversation`: which direct one it is; of the others their kind says it. */
const onReply = { ...inThread, kind: z.enum(ANSWERED_KINDS), conversation: z.optional(id), message: id };

interface Thread {
  readonly client: string;
  readonly kind: AnsweredKind;
  readonly conversation?: string | undefined;
}
type OnReply = Thread & { readonly by: string; readonly at: string; readonly zone: string; readonly message: string };

const threadOf = ({ client, kind, conversation = '' }: Thread) => ({
  type: CONVERSATION,
  id: kind === 'direct' ? conversation : conversationIdOf(client, kind),
});
const taskOf = (a: OnReply) => ({ type: TASK, id: replyTaskId(threadOf(a).id, a.message) });

/** Says who answers: `place` on the care team, `member` at the front desk, `nobody` as before, or oneself where none of it is named. */
export const assignReply = defineMutator({
  name: 'chat.assignReply',
  version: 1,
  verb: 'create',
  args: z.strictObject({
    ...onReply,
    place: z.optional(id),
    member: z.optional(id),
    nobody: z.optional(z.literal(true)),
  }),
  reads: (a) => [
    ...ofReplyReads(a),
    ...(a.place === undefined ? [] : [{ type: PLACE, id: a.place }]),
    ...(a.member === undefined ? [] : [{ type: MEMBER, id: a.member }]),
  ],
  resource: (a, tx) => ofReply(a, tx),
  run(tx, a) {
    if (a.nobody) return decide(tx, a, { status: 'requested', assignee: null });
    const assignee = assigneeOf(tx, a);
    if (typeof assignee !== 'string') return assignee;
    return decide(tx, a, { status: assignee === a.by ? 'in-progress' : 'requested', assignee });
  },
});

/** Puts it off for everybody, for what had come by `through`: what comes later, or sorts first, is not put off. */
export const snoozeReply = defineMutator({
  name: 'chat.snoozeReply',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onReply, until: instant, through: instant }),
  reads: (a) => ofReplyReads(a),
  resource: (a, tx) => ofReply(a, tx),
  run(tx, a) {
    // Who had what was settled since has dealt with it: what came later is nobody's yet.
    const isEnded = !isOpenTask(taskIn(tx, a) ?? { status: 'requested' });
    const put = { status: 'in-progress', until: a.until, through: a.through };
    return decide(tx, a, isEnded ? { ...put, assignee: null } : put);
  },
});

/** Nothing is to be said, or all is done, of what had come by `through`; until the client writes again. */
export const settleReply = defineMutator({
  name: 'chat.settleReply',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onReply, outcome: z.enum(['resolved', 'no-reply']), through: instant }),
  reads: (a) => ofReplyReads(a),
  resource: (a, tx) => ofReply(a, tx),
  run(tx, a) {
    const before = settledIn(taskIn(tx, a)) ?? '';
    // Of two who settle without a network, who had more in view says how far.
    const settledThrough = before > a.through ? before : a.through;
    const status = a.outcome === 'resolved' ? 'completed' : 'cancelled';
    return decide(tx, a, { status, through: a.through, settledThrough });
  },
});

/**
 * Takes back that it was put off, or ended. `settled`: until when all was settled before that; null or left out: nothing was. Where it
 * is not ended and `settled` is left out, what was settled stays it.
 */
export const reopenReply = defineMutator({
  name: 'chat.reopenReply',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onReply, settled: z.optional(z.nullable(instant)) }),
  reads: (a) => ofReplyReads(a),
  resource: (a, tx) => ofReply(a, tx),
  run(tx, a) {
    const isEnded = !isOpenTask(taskIn(tx, a) ?? { status: 'requested' });
    const settled = a.settled === undefined && !isEnded ? {} : { settledThrough: a.settled ?? null };
    return decide(tx, a, { status: 'in-progress', until: a.at, through: a.at, ...settled });
  },
});

/** Ends a conversation for all, who read why; or opens it again, where no reason is given. */
export const closeConversation = defineMutator({
  name: 'chat.close',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...inThread, reason: z.optional(words(REASON_MAX)) }),
  reads: (a) => [threadOf(a)],
  resource: (a, tx) => ofThread(tx, a, { ...threadOf(a), space: spaceOfKind(a.client, a.kind) }),
  run(tx, a) {
    const closed = a.reason === undefined ? null : { by: a.by, at: a.at, reason: a.reason };
    tx.update(CONVERSATION, threadOf(a).id, { closed });
    return undefined;
  },
});

/** The same of one that was begun beside the two that stand, by its id. */
export const endConversation = defineMutator({
  name: 'chat.end',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...authored, conversation: id, reason: z.optional(words(REASON_MAX)) }),
  reads: (a) => [{ type: CONVERSATION, id: a.conversation }],
  resource(a, tx) {
    const found = tx.get(CONVERSATION, a.conversation);
    if (found === undefined) return { code: 'not-there', where: 'conversation' };
    return { type: CONVERSATION, id: found.id, space: found.space, author: found.by };
  },
  run(tx, a) {
    const closed = a.reason === undefined ? null : { by: a.by, at: a.at, reason: a.reason };
    tx.update(CONVERSATION, a.conversation, { closed });
    return undefined;
  },
});

/** Puts a conversation away for oneself until something comes after `through`; null brings it back. */
export const archive = defineMutator({
  name: 'chat.archive',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, conversation: id, through: z.nullable(instant) }),
  reads: (a) => [{ type: MARK, id: markIdOf(a.by, a.conversation) }],
  resource: (a) => ({ type: MARK, id: markIdOf(a.by, a.conversation), space: userOf(a.by), author: a.by }),
  run(tx, { by, conversation, through }) {
    const mark = markIdOf(by, conversation);
    if (tx.get(MARK, mark) !== undefined) tx.update(MARK, mark, { archived: through });
    else tx.insert(MARK, { id: mark, space: userOf(by), fields: { conversation, others: 0, archived: through } });
    return undefined;
  },
});

const handedIn = ({ client }: { client: string }, kind: StandingKind, message: string) => ({
  type: HAND_OVER,
  id: namedId(`chat hand over ${kind} ${client} ${message}`),
  space: spaceOfKind(client, kind),
});

/**
 * Hands a message of the front desk's thread over to the care team: its words, and those before it, stand in theirs, with who handed
 * them over; in the desk's own it says that they were. Handed over twice it is handed over once.
 */
export const handOver = defineMutator({
  name: 'chat.handOver',
  version: 1,
  verb: 'create',
  args: z.strictObject({
    ...authored,
    client: id,
    message: id,
    quotes: z.array(quoted).check(z.minLength(1), z.maxLength(QUOTES_MOST)),
  }),
  reads: (a) => [
    threadOf({ client: a.client, kind: 'front-desk' }),
    ...STANDING_KINDS.map((kind) => handedIn(a, kind, a.message)),
  ],
  resource: (a, tx) => ofThread(tx, { client: a.client, kind: 'front-desk' }, handedIn(a, 'front-desk', a.message)),
  run(tx, { client, message, at, zone, quotes }) {
    const [there, here] = [handedIn({ client }, 'care-team', message), handedIn({ client }, 'front-desk', message)];
    if (tx.get(HAND_OVER, here.id) !== undefined) return undefined;
    const fields = { client, message, at, zone };
    const risk = quotes.some(({ by, body }) => by !== AUTOMATIC && holdsCrisisWords(body)) && { risk: true };
    tx.insert(HAND_OVER, { id: here.id, space: here.space, fields });
    tx.insert(HAND_OVER, { id: there.id, space: there.space, fields: { ...fields, quotes, ...risk } });
    return undefined;
  },
});

function ofThread(tx: Tx, thread: Thread, resource: Resource): Resource | Refusal {
  return tx.get(CONVERSATION, threadOf(thread).id) === undefined ? NOT_THERE : resource;
}

/** What was handed over waits in a thread that nobody may have begun: only a direct one is asked for, and whose it is. */
function ofReply(a: OnReply, tx: Tx): Resource | Refusal {
  if (a.kind === 'direct' && a.conversation === undefined) return { code: 'not-there', where: 'conversation' };
  const isTheirs = a.kind !== 'direct' || isDirectWith(tx.get(CONVERSATION, threadOf(a).id)?.fields, a);
  return isTheirs
    ? { ...taskOf(a), space: spaceOfDuty(a.client, a.kind) }
    : { code: 'not-there', where: 'conversation' };
}

const isDirectWith = (found: JsonObject | undefined, { client, by }: OnReply): boolean =>
  found?.['kind'] === 'direct' && found['client'] === client && found['member'] === by;

function ofReplyReads(a: OnReply): RowRef[] {
  if (a.kind !== 'direct') return [taskOf(a)];
  // Which one is not said: there is nothing to look up, and what is no id must not be asked for.
  return a.conversation === undefined ? [] : [taskOf(a), threadOf(a)];
}

const taskIn = (tx: Tx, a: OnReply): Task | undefined => tx.get(TASK, taskOf(a).id)?.fields as Task | undefined;

function assigneeOf(
  tx: Tx,
  { by, client, kind, place, member }: OnReply & { place?: string | undefined; member?: string | undefined },
): string | Refusal {
  if (place !== undefined) {
    const found = tx.get(PLACE, place)?.fields;
    const isTheirs = kind === 'care-team' && found?.['client'] === client;
    return isTheirs ? String(found['member']) : { code: 'not-there', where: 'place' };
  }
  if (member === undefined) return by;
  const roles = tx.get(MEMBER, member)?.fields['roles'];
  const isDesk = kind === 'front-desk' && Array.isArray(roles) && isStaff({ roles: roles as string[] });
  return isDesk ? member : { code: 'not-there', where: 'member' };
}

/** Writes what was decided on the one task that there is about it. */
function decide(tx: Tx, a: OnReply, change: JsonObject): undefined {
  const task = taskOf(a).id;
  const { by, at, zone, client, message } = a;
  const said = { ...change, changedBy: by, changedAt: at };
  if (tx.get(TASK, task) !== undefined) tx.update(TASK, task, said);
  else {
    const fields = { client, about: message, reason: 'reply', at, zone, ...said };
    tx.insert(TASK, { id: task, space: spaceOfDuty(client, a.kind), fields });
  }
  return undefined;
}
