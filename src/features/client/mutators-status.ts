// How somebody's care begins and ends. What follows is written with it, in one act: nothing is said to who has died because one of
// two acts was lost.

import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { RowRef } from '../../sync/core/record.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { dutyOf, replyTaskId, waitingIn } from '../chat/schema-duty.ts';
import type { HandOver, Head, Waiting } from '../chat/schema-head.ts';
import { CHAT_SETTING, settingIdOf, spaceOfSetting } from '../chat/schema-setting.ts';
import type { ChatSetting } from '../chat/schema-setting.ts';
import { CONVERSATION, conversationIdOf, HAND_OVER, HEAD, STANDING_KINDS } from '../chat/schema.ts';
import { authored, id, instant, words } from '../fields.ts';
import { INVITATION } from '../invitation/schema.ts';
import type { Invitation } from '../invitation/schema.ts';
import { officeOf } from '../space-names.ts';
import { isOpenTask, TASK } from '../task/schema.ts';
import type { Task } from '../task/schema.ts';
import {
  asksForAnswers,
  canBecome,
  isClinical,
  isEnded,
  markOf,
  NAMED_MOST,
  nextOf,
  REASON_MAX,
  STATUS_CHANGE,
} from './schema-status.ts';
import { CLIENT, CLIENT_STATUSES } from './schema.ts';
import type { Client, ClientStatus } from './schema.ts';

const MEMBER = 'member';
const MOST = NAMED_MOST;
const ids = z.optional(z.array(id).check(z.maxLength(MOST)));

/**
 * Brings a client from one status to another. Care does not end over what is owed: `waiting` names the first messages that wait in her standing
 * conversations, `handOvers` what the front desk has given on to the care team, `direct` what waits in direct conversations, and `tasks`
 * what was marked or given to somebody, so that how each stands by now is read, whatever the author's device knew. `said` is what she reads where nothing is written to her
 * any more. Invitations that are named end with it.
 */
export const changeStatus = defineMutator({
  name: 'client.changeStatus',
  version: 1,
  verb: 'create',
  args: z
    .strictObject({
      ...{ ...authored, id, client: id },
      ...{ from: z.enum(CLIENT_STATUSES), to: z.enum(CLIENT_STATUSES) },
      reason: z.optional(words(REASON_MAX)),
      said: z.optional(words(REASON_MAX)),
      ...{ waiting: ids, handOvers: ids, tasks: ids },
      direct: z.optional(z.array(z.strictObject({ conversation: id, message: id })).check(z.maxLength(MOST))),
      invitations: ids,
    })
    .check(
      z.refine((a) => nextOf(a.from).includes(a.to), { error: 'to', path: ['to'] }),
      z.refine((a) => a.reason !== undefined || !isReasoned(a), { error: 'reason', path: ['reason'] }),
      z.refine((a) => a.said !== undefined || !isEnded(a.to), { error: 'said', path: ['said'] }),
    ),
  reads: (a) => [
    { type: STATUS_CHANGE, id: a.id },
    ...[{ type: CLIENT, id: a.client }, { type: MEMBER, id: a.by }, settingOf(a.client)],
    ...(a.invitations ?? []).map((one) => ({ type: INVITATION, id: one })),
    ...headsOf(a.client),
    ...(a.handOvers ?? []).map((one) => ({ type: HAND_OVER, id: one })),
    ...(a.tasks ?? []).map((one) => ({ type: TASK, id: one })),
    ...(a.direct ?? []).flatMap(({ conversation, message }) => [
      ...[CONVERSATION, HEAD].map((type) => ({ type, id: conversation })),
      taskOf(conversation, message),
    ]),
    ...headsOf(a.client).flatMap((head) => (a.waiting ?? []).map((message) => taskOf(head.id, message))),
  ],
  resource: (a, tx) =>
    tx.get(CLIENT, a.client) === undefined
      ? { code: 'not-there', where: 'client' }
      : { type: STATUS_CHANGE, id: a.id, space: officeOf(a.client), author: a.by },
  run(tx, a, { now }) {
    const { id: change, by, client, from, to, reason } = a;
    if (tx.get(STATUS_CHANGE, change) !== undefined) return { code: 'already-there', where: 'id' };
    const there = tx.get(CLIENT, client)?.fields as Client | undefined;
    if (there?.status !== from) return { code: 'changed', where: 'from' };
    const signsIn = there.memberId !== undefined;
    const isHis = !isClinical(from, to, { signsIn }) || isProvider(tx, by);
    if (!isHis || !canBecome(to, { signsIn })) return { code: 'not-allowed', where: 'to' };
    const owed = asksForAnswers(from, to) ? owedOf(tx, a) : undefined;
    if (owed !== undefined) return owed;
    const fields = { client, from, to, ...(reason !== undefined && { reason }) };
    tx.insert(STATUS_CHANGE, { id: change, space: officeOf(client), fields });
    tx.update(CLIENT, client, { status: to });
    if (isEnded(to)) {
      endInvitations(tx, a, now);
      turnOff(tx, client, { by, at: now, reason: a.said ?? '' });
    } else if (isEnded(from)) turnOn(tx, client);
    return undefined;
  },
});

/**
 * Stops all that goes to a client by itself, or lets it go again where no reason is given: she is in hospital, or bereaved. Over another
 * pause than the author had `seen` it is refused as `changed`: nobody ends, or puts other words over, what he does not know of.
 */
export const pauseContact = defineMutator({
  name: 'client.pauseContact',
  version: 1,
  verb: 'update',
  args: z.strictObject({
    ...{ ...authored, id: z.optional(id), client: id, reason: z.optional(words(REASON_MAX)) },
    /** Null: none. Left out: whatever is there. */
    seen: z.optional(z.nullable(z.union([id, instant]))),
  }),
  reads: (a) => [{ type: CLIENT, id: a.client }],
  resource: (a, tx) =>
    tx.get(CLIENT, a.client) === undefined
      ? { code: 'not-there', where: 'client' }
      : { type: CLIENT, id: a.client, space: officeOf(a.client) },
  run(tx, { id: pause, by, client, reason, seen }, { now }) {
    const { contactPaused } = (tx.get(CLIENT, client)?.fields ?? {}) as Partial<Client>;
    if (seen !== undefined && seen !== markOf(contactPaused)) return { code: 'changed', where: 'seen' };
    const paused = reason === undefined ? null : { ...(pause && { id: pause }), by, at: now, reason };
    tx.update(CLIENT, client, { contactPaused: paused });
    return undefined;
  },
});

/** A death, an end and what takes them back say why; care that begins does not. */
const isReasoned = ({ from, to }: { from: ClientStatus; to: ClientStatus }): boolean => isEnded(from) || isEnded(to);

interface Named {
  readonly client: string;
  readonly waiting?: readonly string[] | undefined;
  readonly handOvers?: readonly string[] | undefined;
  readonly tasks?: readonly string[] | undefined;
  readonly direct?: readonly { readonly conversation: string; readonly message: string }[] | undefined;
}

/** Something of hers waits for an answer, for somebody to say that it needs none, or to be done; or was not named here. */
function owedOf(tx: Tx, { client, waiting = [], handOvers = [], tasks = [], direct = [] }: Named): Refusal | undefined {
  const fieldsOf = <F>(type: string, one: string) => {
    const fields = tx.get(type, one)?.fields as (F & { client?: string }) | undefined;
    return fields?.client === client ? fields : undefined;
  };
  const handed = handOvers.flatMap((one): Waiting[] => {
    const at = tx.get(HAND_OVER, one)?.at;
    const fields = fieldsOf<HandOver>(HAND_OVER, one);
    return at === undefined || fields?.quotes === undefined ? [] : [{ message: fields.message, at }];
  });
  const isStanding = STANDING_KINDS.some((kind) => {
    const conversation = conversationIdOf(client, kind);
    const owed = waitingIn(headIn(tx, conversation), kind === 'care-team' ? handed : []);
    return !isSettled(tx, conversation, { owed, named: waiting });
  });
  if (isStanding) return { code: 'not-allowed', where: 'waiting' };
  const isOwed = ({ conversation, message }: { conversation: string; message: string }) =>
    fieldsOf(CONVERSATION, conversation) !== undefined &&
    !isSettled(tx, conversation, { owed: waitingIn(headIn(tx, conversation)), named: [message] });
  if (direct.some(isOwed)) return { code: 'not-allowed', where: 'direct' };
  const isOpen = tasks.some((one) => {
    const task = fieldsOf<Task>(TASK, one);
    return task !== undefined && isOpenTask(task);
  });
  return isOpen ? { code: 'not-allowed', where: 'tasks' } : undefined;
}

/** Nothing is owed, or the staff have decided that it needs no answer. Of what was not named nobody knows what was decided. */
function isSettled(
  tx: Tx,
  conversation: string,
  { owed, named }: { owed: readonly Waiting[]; named: readonly string[] },
): boolean {
  const first = owed[0]?.message;
  if (first === undefined) return true;
  if (!named.includes(first)) return false;
  return dutyOf(owed, tx.get(TASK, replyTaskId(conversation, first))?.fields as Task | undefined) === null;
}

const headIn = (tx: Tx, conversation: string): Head | undefined =>
  tx.get(HEAD, conversation)?.fields as Head | undefined;

function endInvitations(
  tx: Tx,
  { by, client, invitations = [] }: { by: string; client: string; invitations?: readonly string[] | undefined },
  now: string,
): void {
  for (const one of invitations) {
    const fields = tx.get(INVITATION, one)?.fields as Invitation | undefined;
    const isOpen = fields?.client === client && (fields.status === 'open' || fields.status === 'requested');
    if (isOpen) tx.update(INVITATION, one, { status: 'revoked', endedAt: now, endedBy: by });
  }
}

/** As the staff turn her conversations off, with a reason that all concerned read. What was turned off before stands under it. */
function turnOff(tx: Tx, client: string, off: { by: string; at: string; reason: string }): void {
  const { id: setting } = settingOf(client);
  const ended = { ...off, ended: true as const };
  const there = tx.get(CHAT_SETTING, setting)?.fields as ChatSetting | undefined;
  const over = there?.off?.ended ? there.off.over : there?.off;
  if (there === undefined)
    tx.insert(CHAT_SETTING, { id: setting, space: spaceOfSetting(client), fields: { client, off: ended } });
  else tx.update(CHAT_SETTING, setting, { off: { ...ended, ...(over && { over }) } });
}

/** On again, unless somebody had turned them off for another reason: that is his to take back. */
function turnOn(tx: Tx, client: string): void {
  const { id: setting } = settingOf(client);
  const off = (tx.get(CHAT_SETTING, setting)?.fields as ChatSetting | undefined)?.off;
  if (off?.ended) tx.update(CHAT_SETTING, setting, { off: off.over ?? null });
}

function isProvider(tx: Tx, member: string): boolean {
  const held = tx.get(MEMBER, member)?.fields['roles'];
  return Array.isArray(held) && held.includes('provider');
}

const headsOf = (client: string): RowRef[] =>
  STANDING_KINDS.map((kind) => ({ type: HEAD, id: conversationIdOf(client, kind) }));
const taskOf = (conversation: string, message: string): RowRef => ({
  type: TASK,
  id: replyTaskId(conversation, message),
});
const settingOf = (client: string): RowRef => ({ type: CHAT_SETTING, id: settingIdOf(client) });
