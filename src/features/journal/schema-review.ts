// What the care team and its readers note about entries, and no client's device ever has.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant, zone } from '../fields.ts';
import { readSoFar } from './schema.ts';

const noReplyFields = z.object({ entry: id, at: instant, zone });

/** For the care team alone: whoever read it says that it needs no reply. It has the id of the review made with it. */
export const journalNoReplyRecord = defineRecord({
  name: 'journalNoReply',
  schemaVersion: 1,
  fields: noReplyFields,
  index: { ref: 'entry', time: 'at' },
});

const snoozeFields = z.object({ entry: id, ...readSoFar, until: instant, at: instant, zone });
export type JournalSnooze = z.infer<typeof snoozeFields>;

/** One reader's own: not before this time, unless the client says something new. */
export const journalSnoozeRecord = defineRecord({
  name: 'journalSnooze',
  schemaVersion: 1,
  fields: snoozeFields,
  index: { ref: 'entry', time: 'at' },
});
