// What the staff write often, kept to be put into a message: each one's own, or the practice's for all of its staff.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import type { Space } from '../../sync/core/record.ts';
import { words } from '../fields.ts';
import { PRACTICE, userOf } from '../space-names.ts';

export const SAVED_REPLY = 'chatSavedReply';
export const SAVED_REPLY_MAX = 2000;

const savedReplyFields = z.object({ body: words(SAVED_REPLY_MAX) });
export type SavedReply = z.infer<typeof savedReplyFields>;

export const savedReplyRecord = defineRecord({ name: SAVED_REPLY, schemaVersion: 1, fields: savedReplyFields });

/** Where it lies, which says who reads it. */
export const spaceOfReply = ({ by, isShared }: { by: string; isShared: boolean }): Space =>
  isShared ? PRACTICE : userOf(by);
