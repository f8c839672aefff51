// What a client's device has to do with: the record types that may reach it. What a client can do is in `shared-client-acts.ts`,
// fetched behind her first screen; the rest is the staff's, and who may do what is the server's to judge (`shared.ts`): neither is
// a weight on a phone.

import type { RecordType } from '../sync/core/record.ts';
import { awayRecord } from './away/schema.ts';
import { conversationRecord, handOverRecord, headRecord, markRecord } from './chat/schema.ts';
import { invitationRecord, participantRecord } from './chat/schema-community.ts';
import { passedOnRecord } from './chat/schema-passed-on.ts';
import { settingRecord } from './chat/schema-setting.ts';
import { coverNoticeRecord } from './cover/schema-notice.ts';
import { entryKindRecord } from './entry-kind/schema.ts';
import {
  journalCommentRecord,
  journalEntryRecord,
  journalGivenUpRecord,
  journalReactionRecord,
  journalReceiptsRecord,
  journalReviewRecord,
  journalRevisionRecord,
} from './journal/schema.ts';
import { memberRecord } from './member/schema.ts';
import { notificationRecord } from './notification/schema.ts';
import { officeHoursRecord } from './office-hours/schema.ts';
import { practiceRecord } from './practice/schema.ts';
import { privateEntryRecord, privateEntryRevisionRecord, privateEntryWrapRecord } from './private-entry/schema.ts';
import { safetyPlanRecord, safetyPlanRevisionRecord } from './safety-plan/schema.ts';

export const CLIENTS_RECORDS: readonly RecordType[] = [
  practiceRecord,
  memberRecord,
  entryKindRecord,
  journalEntryRecord,
  journalRevisionRecord,
  journalCommentRecord,
  journalReviewRecord,
  journalGivenUpRecord,
  journalReactionRecord,
  journalReceiptsRecord,
  notificationRecord,
  privateEntryRecord,
  privateEntryRevisionRecord,
  privateEntryWrapRecord,
  conversationRecord,
  headRecord,
  markRecord,
  awayRecord,
  coverNoticeRecord,
  handOverRecord,
  passedOnRecord,
  settingRecord,
  participantRecord,
  invitationRecord,
  officeHoursRecord,
  safetyPlanRecord,
  safetyPlanRevisionRecord,
];

/** By name, as the engine takes them. */
export function byName<T extends { readonly name: string }>(list: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(list.map((one) => [one.name, one]));
}

export const clientsNouns = {
  recordTypes: byName(CLIENTS_RECORDS),
  declarations: async () => (await import('./shared-client-acts.ts')).clientsDeclared,
};
