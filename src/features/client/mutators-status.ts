// How somebody's care begins and ends. What follows is written with it, in one act: nothing is said to who has died because one of
// two acts was lost.

import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { RowRef } from '../../sync/core/record.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { dutyOf, replyTaskId, waitingIn } from '../chat/schema-duty.ts';
import type { Head } from '../chat/schema-head.ts';
import { CHAT_SETTING, settingIdOf, spaceOfSetting } from '../chat/schema-setting.ts';
import { conversationIdOf, HEAD, STANDING_KINDS } from '../chat/schema.ts';
import { authored, id, words } from '../fields.ts';
import { INVITATION } from '../invitation/schema.ts';
import type { Invitation } from '../invitation/schema.ts';
import { officeOf } from '../space-names.ts';
import { TASK } from '../task/schema.ts';
import type { Task } from '../task/schema.ts';
import { asksForAnswers, isClinical, isEnded, nextOf, REASON_MAX, STATUS_CHANGE } from './schema-status.ts';
import { CLIENT, CLIENT_STATUSES } from './schema.ts';
import type { Client, ClientStatus } from './schema.ts';

const MEMBER = 'member';
const MOST = 20;

/**
 * Brings a client from one status to another. `waiting` names the messages that wait in her standing conversations, so that what was
 * decided about them is read: care does not end over an answer that is owed. `said` is what she reads where nothing is written to her
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
      waiting: z.optional(z.array(id).check(z.maxLength(MOST))),
      invitations: z.optional(z.array(id).check(z.maxLength(MOST))),
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
    if (isClinical(from, to) && !isProvider(tx, by)) return { code: 'not-allowed', where: 'to' };
    const owed = asksForAnswers(from, to) ? owedOf(tx, client, a.waiting ?? []) : undefined;
    if (owed !== undefined) return owed;
    const fields = { client, from, to, ...(reason !== undefined && { reason }) };
    tx.insert(STATUS_CHANGE, { id: change, space: officeOf(client), fields });
    tx.update(CLIENT, client, { status: to });
    if (isEnded(to)) {
      endInvitations(tx, a, now);
      turnOff(tx, client, { by, at: now, reason: a.said ?? '' });
    } else if (isEnded(from)) turnOff(tx, client, null);
    return undefined;
  },
});

/** Stops all that goes to a client by itself, or lets it go again where no reason is given: she is in hospital, or bereaved. */
export const pauseContact = defineMutator({
  name: 'client.pauseContact',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...authored, client: id, reason: z.optional(words(REASON_MAX)) }),
  reads: (a) => [{ type: CLIENT, id: a.client }],
  resource: (a, tx) =>
    tx.get(CLIENT, a.client) === undefined
      ? { code: 'not-there', where: 'client' }
      : { type: CLIENT, id: a.client, space: officeOf(a.client) },
  run(tx, { by, client, reason }, { now }) {
    tx.update(CLIENT, client, { contactPaused: reason === undefined ? null : { by, at: now, reason } });
    return undefined;
  },
});

/** A death, an end and what takes them back say why; care that begins does not. */
const isReasoned = ({ from, to }: { from: ClientStatus; to: ClientStatus }): boolean => isEnded(from) || isEnded(to);

/** Something that she wrote waits for an answer, or for somebody to say that it needs none; or was not named here. */
function owedOf(tx: Tx, client: string, named: readonly string[]): Refusal | undefined {
  const isOwed = headsOf(client).some(({ id: conversation }) => {
    const waiting = waitingIn(tx.get(HEAD, conversation)?.fields as Head | undefined);
    const first = waiting[0]?.message;
    if (first === undefined) return false;
    if (!named.includes(first)) return true;
    const task = tx.get(TASK, replyTaskId(conversation, first))?.fields as Task | undefined;
    return dutyOf(waiting, task) !== null;
  });
  return isOwed ? { code: 'not-allowed', where: 'waiting' } : undefined;
}

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

/** As the staff turn her conversations off, with a reason that all concerned read; `null` turns them on. */
function turnOff(tx: Tx, client: string, off: { by: string; at: string; reason: string } | null): void {
  const { id: setting } = settingOf(client);
  if (tx.get(CHAT_SETTING, setting) !== undefined) tx.update(CHAT_SETTING, setting, { off });
  else if (off !== null)
    tx.insert(CHAT_SETTING, { id: setting, space: spaceOfSetting(client), fields: { client, off } });
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
