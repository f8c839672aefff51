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
export const CHAT_OFF = 'chat_off';
/** Of a client, since when: what she wrote before is still delivered. */
export const CHAT_OFF_SINCE = 'chat_off_since';

/** Until the practice decides, clients write in the conversations that there are, and begin none. */
export const SETTING_DEFAULT = { clientsBegin: false };

const offFields = { by: id, at: instant, reason: words(REASON_MAX) };
const offAlone = z.object(offFields);
const settingFields = z.object({
  /** Of one client; none in the practice's own. */
  client: z.optional(id),
  /** Clients may begin a direct conversation with one of their care team. */
  clientsBegin: z.optional(z.boolean()),
  /**
   * Nothing is written for now, and why; null where it is on again. What was said stays readable. `ended`: as her care has ended; then
   * `over` is what stood here before that, and stands here again where care goes on.
   */
  off: z.optional(
    z.nullable(z.object({ ...offFields, ended: z.optional(z.literal(true)), over: z.optional(offAlone) })),
  ),
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
    if (!off) return [];
    const isOff = { object, relation: CHAT_OFF, subject: 'practice' };
    return client === undefined ? [isOff] : [isOff, { object, relation: CHAT_OFF_SINCE, subject: `at:${off.at}` }];
  },
});
