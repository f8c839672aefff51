// What a client's device has to do with: the record types that may reach it, and what a client can do. The rest is the staff's,
// who may do what is the server's to judge (`shared.ts`), and neither is a weight on a phone.

import type { Mutator } from '../sync/core/mutation.ts';
import type { RecordType } from '../sync/core/record.ts';
import type { Declarations } from '../sync/core/run.ts';
import { chatHere } from './chat/doc-here.ts';
import * as chatMutators from './chat/mutators.ts';
import { conversationRecord, handOverRecord, headRecord, markRecord } from './chat/schema.ts';
import { entryKindRecord } from './entry-kind/schema.ts';
import * as journalMutators from './journal/mutators.ts';
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
import * as notificationMutators from './notification/mutators.ts';
import { notificationRecord } from './notification/schema.ts';
import { officeHoursRecord } from './office-hours/schema.ts';
import { practiceRecord } from './practice/schema.ts';
import * as privateMutators from './private-entry/mutators.ts';
import { privateEntryRecord, privateEntryRevisionRecord, privateEntryWrapRecord } from './private-entry/schema.ts';

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
  handOverRecord,
  officeHoursRecord,
];

export const CLIENTS_MUTATORS = [journalMutators, notificationMutators, privateMutators, chatMutators].flatMap((noun) =>
  Object.values(noun),
) as readonly Mutator[];

/** A device judges nothing: what it shows of an act is the server's to accept. */
export const clientsDeclared: Declarations = {
  ...listsOf(CLIENTS_RECORDS, CLIENTS_MUTATORS),
  documents: { [chatHere.name]: chatHere },
  policies: {},
  spacesOf: () => [],
  receiversOf: () => null,
};

/** Lists by name, as the engine takes them. */
export function listsOf(records: readonly RecordType[], mutators: readonly Mutator[]) {
  return {
    recordTypes: Object.fromEntries(records.map((record) => [record.name, record])),
    mutators: Object.fromEntries(mutators.map((mutator) => [mutator.name, mutator])),
  };
}
