// What a member wants to hear of while the app is closed, by which way, and when. One row a member, under the membership's own
// id and in the space that nobody else reads; who never chose anything has what stands in `NOTICES`. Also the form in which
// nouns say who is told of a row: a notice holds no word of it.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import type { Row, RowRef } from '../../sync/core/record.ts';
import { zone } from '../fields.ts';

export const NOTIFICATION = 'notificationSettings';

/** By kind of news and way, what holds until somebody chooses. A way that is missing is not offered. */
export const NOTICES = {
  comment: { push: true, mail: true },
  /** A reaction; that an entry was seen, where the client wants to be told. */
  reaction: { push: false, mail: false },
  entry: { push: false, mail: true },
  task: { push: true, mail: true },
  /** Crisis words, for who has chosen it: words alert nobody by themselves. In quiet hours too, and never kept for a digest. */
  risk: { push: false },
} as const;
export type NoticeKind = keyof typeof NOTICES;
export type NoticeWay = 'push' | 'mail';
export type NoticeSwitch = `${NoticeKind}.${NoticeWay}`;

/** Whole hours of the member's own clock; from one to itself is the whole day. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}
export const QUIET: QuietHours = { from: 21, to: 8 };
export const DIGEST_HOUR = 8;

export const noticeSwitches = z.partialRecord(
  z.enum(
    Object.entries(NOTICES).flatMap(([kind, ways]) =>
      Object.keys(ways).map((way) => `${kind}.${way}` as NoticeSwitch),
    ) as [NoticeSwitch, ...NoticeSwitch[]],
  ),
  z.boolean(),
);
export const hourOfDay = z.number().check(z.int(), z.gte(0), z.lte(23));
export const quietHours = z.union([z.literal('off'), z.strictObject({ from: hourOfDay, to: hourOfDay })]);
export const noticeLanguage = z.enum(['en', 'es', 'ar']);

const settingsFields = z.object({
  switches: noticeSwitches,
  quiet: z.optional(quietHours),
  digestHour: z.optional(hourOfDay),
  /** Of the device on which something was chosen last. */
  zone,
  language: z.optional(noticeLanguage),
});
export type NotificationSettings = z.infer<typeof settingsFields>;

export const notificationRecord = defineRecord({ name: NOTIFICATION, schemaVersion: 1, fields: settingsFields });

/** Whether a member hears of this kind by this way. */
export function isWanted(
  switches: NotificationSettings['switches'] | undefined,
  kind: NoticeKind,
  way: NoticeWay,
): boolean {
  const ways: Partial<Record<NoticeWay, boolean>> = NOTICES[kind];
  return ways[way] !== undefined && (switches?.[`${kind}.${way}` as NoticeSwitch] ?? ways[way]);
}

/** Somebody to be told of a row: the client whose chart it is, the care team, the support staff, or one member. */
export interface Told {
  readonly kind: NoticeKind;
  readonly to: 'client' | 'team' | 'desk' | { readonly member: string };
  /** Sign-ins of those who are not told of what they have said themselves. */
  readonly except?: readonly string[];
}

/** What one record type says of its rows. Who wrote a row is never told of it, nor who may not read it. */
export interface NoticeRule {
  readonly type: string;
  /**
   * The row follows what others write: it is `at` its newest change, and who wrote it first is nobody's author for that. Who is not to
   * be told is `except`.
   */
  readonly follows?: true;
  /** Also of rows that lie in a member's own space, which are about nobody's chart. */
  readonly own?: true;
  /** Another row that decides. */
  reads?(client: string): RowRef;
  told(row: Row, around: { readonly isByClient: boolean; readonly read: Row | undefined }): readonly Told[];
}
