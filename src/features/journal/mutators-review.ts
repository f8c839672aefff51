// What the care team does about an entry. No client can, so that a client's device does without it.

import * as z from 'zod/mini';
import type { JsonObject } from '../../base/json.ts';
import { defineMutator } from '../../sync/core/declare.ts';
import { isRefusal } from '../../sync/core/mutation.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Resource } from '../../sync/core/policy.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id, instant, words } from '../fields.ts';
import { chartOf, staffOf, userOf } from '../space-names.ts';
import { TASK, TASK_NOTE_MAX } from '../task/schema.ts';
import { add, addToEntry, onEntry, readsOnEntry, resourceOnEntry } from './on-entry.ts';
import type { OnEntry } from './on-entry.ts';
import { REACTIONS, readSoFar } from './schema.ts';

const REVIEW = 'journalReview';
const REACTION = 'journalReaction';
const NO_REPLY = 'journalNoReply';
const SNOOZE = 'journalSnooze';
const PLACE = 'careTeamMember';

export const markSeen = defineMutator({
  name: 'journal.markSeen',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onEntry, ...readSoFar }),
  reads: (a) => readsOnEntry(REVIEW, a),
  resource: (a, tx) => resourceOnEntry(tx, REVIEW, a),
  run: (tx, a) => addToEntry(tx, REVIEW, { ...a, fields: soFar(a) }),
});

/** Takes back one's own review, and what was said with it. */
export const takeBackReview = takesBack('journal.takeBackReview', REVIEW, NO_REPLY);

export const react = defineMutator({
  name: 'journal.react',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onEntry, ...readSoFar, reaction: z.enum(REACTIONS) }),
  reads: (a) => readsOnEntry(REACTION, a),
  resource: (a, tx) => resourceOnEntry(tx, REACTION, a),
  run: (tx, a) => addToEntry(tx, REACTION, { ...a, fields: { ...soFar(a), reaction: a.reaction } }),
});

export const withdrawReaction = takesBack('journal.withdrawReaction', REACTION);

/** Seen, and nothing is to be said: the client is told the first, the care team alone the second. */
export const markNoReply = defineMutator({
  name: 'journal.markNoReply',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onEntry, ...readSoFar }),
  reads: (a) => [...readsOnEntry(REVIEW, a), { type: NO_REPLY, id: a.id }],
  resource: (a, tx) => inStaff(resourceOnEntry(tx, NO_REPLY, a), a),
  run: (tx, a) =>
    addToEntry(tx, REVIEW, { ...a, fields: soFar(a) }) ??
    add(tx, NO_REPLY, { id: a.id, space: staffOf(a.client), fields: { entry: a.entry, at: a.at, zone: a.zone } }),
});

const asked = { note: z.optional(words(TASK_NOTE_MAX)), dueAt: z.optional(instant) };

/** A task for whoever of the care team comes to it. */
export const flagEntry = defineMutator({
  name: 'journal.flagEntry',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onEntry, ...asked }),
  reads: (a) => readsOnEntry(TASK, a),
  resource: (a, tx) => inStaff(resourceOnEntry(tx, TASK, a), a),
  run: (tx, a) => addTask(tx, a, { reason: 'flag' }),
});

/** A task for one of the care team; `place` is that member's place on it. */
export const delegateEntry = defineMutator({
  name: 'journal.delegateEntry',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onEntry, ...asked, place: id }),
  reads: (a) => [...readsOnEntry(TASK, a), { type: PLACE, id: a.place }],
  resource: (a, tx) => inStaff(resourceOnEntry(tx, TASK, a), a),
  run(tx, a) {
    const { client, member } = tx.get(PLACE, a.place)?.fields ?? {};
    if (client !== a.client || member === undefined) return { code: 'not-there', where: 'place' };
    return addTask(tx, a, { reason: 'delegation', assignee: member });
  },
});

/** It names an entry and does not look at it: nobody learns by it what there is. */
export const snoozeEntry = defineMutator({
  name: 'journal.snoozeEntry',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, ...readSoFar, id, entry: id, until: instant }),
  reads: (a) => [{ type: SNOOZE, id: a.id }],
  resource: (a) => ({ type: SNOOZE, id: a.id, space: userOf(a.by), author: a.by }),
  run: (tx, { id: snooze, entry, until, at, zone, ...a }) =>
    add(tx, SNOOZE, { id: snooze, space: userOf(a.by), fields: { entry, ...soFar(a), until, at, zone } }),
});

export const wakeEntry = defineMutator({
  name: 'journal.wakeEntry',
  version: 1,
  verb: 'delete',
  args: z.strictObject({ ...authored, id }),
  reads: (a) => [{ type: SNOOZE, id: a.id }],
  resource: (a, tx) => resourceOf(tx, SNOOZE, { id: a.id, space: userOf(a.by) }),
  run(tx, a) {
    tx.remove(SNOOZE, a.id);
    return undefined;
  },
});

/** Removes one's own row of the chart, and of the staff's what has the same id. */
function takesBack(name: string, type: string, also?: string) {
  return defineMutator({
    name,
    version: 1,
    verb: 'delete',
    args: z.strictObject({ ...authored, id, client: id }),
    reads: (a) => [type, ...(also ? [also] : [])].map((one) => ({ type: one, id: a.id })),
    resource: (a, tx) => resourceOf(tx, type, { id: a.id, space: chartOf(a.client) }),
    run(tx, a) {
      tx.remove(type, a.id);
      if (also && tx.get(also, a.id) !== undefined) tx.remove(also, a.id);
      return undefined;
    },
  });
}

function resourceOf(tx: Tx, type: string, { id: row, space }: { id: string; space: string }): Resource | Refusal {
  const found = tx.get(type, row);
  if (found === undefined || found.space !== space) return { code: 'not-there', where: 'id' };
  return { type, id: row, space, author: found.by };
}

/** The entry is the chart's; what is made of it is the staff's alone. */
const inStaff = (found: Resource | Refusal, { client }: OnEntry): Resource | Refusal =>
  isRefusal(found) ? found : { ...found, space: staffOf(client) };

function soFar({ wording, comment }: { wording?: string | undefined; comment?: string | undefined }): JsonObject {
  return { ...(wording && { wording }), ...(comment && { comment }) };
}

type TaskArgs = OnEntry & { at: string; zone: string; note?: string | undefined; dueAt?: string | undefined };

function addTask(tx: Tx, { id: task, client, entry, at, zone, note, dueAt }: TaskArgs, why: JsonObject) {
  const more = { ...(note && { note }), ...(dueAt && { dueAt }), at, zone };
  const fields = { client, about: entry, status: 'requested', ...why, ...more };
  return add(tx, TASK, { id: task, space: staffOf(client), fields });
}
