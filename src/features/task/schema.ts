// What somebody of the staff has to do about a client [Task]. Rows lie in `staff:<client>`, of the front desk's in
// `office:<client>`: no client's device ever has one.
// It does not merge field by field: which of two ends came first is for the server to say, and what is ended stays ended until
// somebody takes it up again.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant, words, zone } from '../fields.ts';

export const TASK = 'task';
export const TASK_NOTE_MAX = 1000;

/** `flag`: somebody marked what a client wrote; `delegation`: somebody gave it to another; `reply`: it waits for an answer. */
const TASK_REASONS = ['flag', 'delegation', 'reply'] as const;

/** FHIR's names. */
const TASK_STATES = ['requested', 'in-progress', 'completed', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

const taskFields = z.object({
  client: id,
  /** What it is about: an entry of the journal; of a reply, the first message that waits. */
  about: id,
  reason: z.enum(TASK_REASONS),
  status: z.enum(TASK_STATES),
  /** Who is to do it; none, or null once it was taken back: whoever of the care team comes to it. */
  assignee: z.optional(z.nullable(id)),
  note: z.optional(words(TASK_NOTE_MAX)),
  dueAt: z.optional(instant),
  /** Of a reply: put off until then. */
  until: z.optional(instant),
  /** Of a reply: what was decided holds for what had come by then; what comes later waits anew. */
  through: z.optional(instant),
  /** Of a reply: what had come by then was settled, and stays it, whatever is decided about what comes later. */
  settledThrough: z.optional(z.nullable(instant)),
  at: instant,
  zone,
  /** Who changed its state last, and when. */
  changedBy: z.optional(id),
  changedAt: z.optional(instant),
});
export type Task = z.infer<typeof taskFields>;

export const taskRecord = defineRecord({
  name: TASK,
  schemaVersion: 1,
  fields: taskFields,
  index: { ref: 'about', time: 'at' },
});

/** Whether somebody still has to do it. */
export const isOpenTask = ({ status }: Pick<Task, 'status'>): boolean =>
  status === 'requested' || status === 'in-progress';
