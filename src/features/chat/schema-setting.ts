// What a practice decides of its conversations: whether clients may begin one, and whether it answers here at all. One row for the
// practice, which everybody reads; one for a client, which lies at her front desk, so that she, her care team and the office read it.

import * as z from 'zod/mini';
import { namedId } from '../../base/named-id.ts';
import { defineRecord } from '../../sync/core/declare.ts';
import type { Space } from '../../sync/core/record.ts';
import { id, instant, words } from '../fields.ts';
import { clientKey, deskOf, PUBLIC } from '../space-names.ts';

export const CHAT_SETTING = 'chatSetting';
export const REASON_MAX = 500;

/** Until the practice decides, clients write in the conversations that there are, and begin none. */
export const SETTING_DEFAULT = { clientsBegin: false };

const settingFields = z.object({
  /** Of one client; none in the practice's own. */
  client: z.optional(id),
  /** Clients may begin a direct conversation with one of their care team. */
  clientsBegin: z.optional(z.boolean()),
  /** Nothing is written for now, and why; null where it is on again. What was said stays readable. */
  off: z.optional(z.nullable(z.object({ by: id, at: instant, reason: words(REASON_MAX) }))),
});
export type ChatSetting = z.infer<typeof settingFields>;

export const settingIdOf = (client: string | undefined): string => namedId(`chat setting ${client ?? 'practice'}`);

/** Where it lies, which says who reads it. */
export const spaceOfSetting = (client: string | undefined): Space => (client === undefined ? PUBLIC : deskOf(client));

export const settingRecord = defineRecord({
  name: CHAT_SETTING,
  schemaVersion: 1,
  fields: settingFields,
  relations: ({ fields: { client, off } }) => {
    const object = client === undefined ? 'practice' : clientKey(client);
    return off ? [{ object, relation: 'chat_off', subject: 'practice' }] : [];
  },
});
