// What a client's device has to do with: the record types that may reach it, and what a client can do. The rest is the staff's
// (`shared.ts`), and no weight on a phone.

import type { Mutator } from '../sync/core/mutation.ts';
import type { Policy } from '../sync/core/policy.ts';
import type { RecordType } from '../sync/core/record.ts';
import type { Declarations } from '../sync/core/run.ts';
import { entryKindPolicy } from './entry-kind/policy.ts';
import { entryKindRecord } from './entry-kind/schema.ts';
import * as journalMutators from './journal/mutators.ts';
import {
  journalCommentPolicy,
  journalEntryPolicy,
  journalGivenUpPolicy,
  journalReactionPolicy,
  journalReceiptsPolicy,
  journalReviewPolicy,
  journalRevisionPolicy,
} from './journal/policy.ts';
import {
  journalCommentRecord,
  journalEntryRecord,
  journalGivenUpRecord,
  journalReactionRecord,
  journalReceiptsRecord,
  journalReviewRecord,
  journalRevisionRecord,
} from './journal/schema.ts';
import { memberPolicy } from './member/policy.ts';
import { memberRecord } from './member/schema.ts';
import * as notificationMutators from './notification/mutators.ts';
import { notificationPolicy } from './notification/policy.ts';
import { notificationRecord } from './notification/schema.ts';
import { practicePolicy } from './practice/policy.ts';
import { practiceRecord } from './practice/schema.ts';
import * as privateMutators from './private-entry/mutators.ts';
import { privateEntryPolicy } from './private-entry/policy.ts';
import { privateEntryRecord, privateEntryRevisionRecord, privateEntryWrapRecord } from './private-entry/schema.ts';
import { receiversOf, spacesOf } from './spaces.ts';

export type Declared = readonly [RecordType, Policy];

export const CLIENTS_RECORDS: readonly Declared[] = [
  [practiceRecord, practicePolicy],
  [memberRecord, memberPolicy],
  [entryKindRecord, entryKindPolicy],
  [journalEntryRecord, journalEntryPolicy],
  [journalRevisionRecord, journalRevisionPolicy],
  [journalCommentRecord, journalCommentPolicy],
  [journalReviewRecord, journalReviewPolicy],
  [journalGivenUpRecord, journalGivenUpPolicy],
  [journalReactionRecord, journalReactionPolicy],
  [journalReceiptsRecord, journalReceiptsPolicy],
  [notificationRecord, notificationPolicy],
  [privateEntryRecord, privateEntryPolicy],
  [privateEntryRevisionRecord, privateEntryPolicy],
  [privateEntryWrapRecord, privateEntryPolicy],
];

export const CLIENTS_MUTATORS = [journalMutators, notificationMutators, privateMutators].flatMap((noun) =>
  Object.values(noun),
) as readonly Mutator[];

export const clientsDeclared = declarationsOf(CLIENTS_RECORDS, CLIENTS_MUTATORS);

/** One list of what there is, as the engine takes it. */
export function declarationsOf(records: readonly Declared[], mutators: readonly Mutator[]): Declarations {
  return {
    recordTypes: Object.fromEntries(records.map(([record]) => [record.name, record])),
    policies: Object.fromEntries(records.map(([record, policy]) => [record.name, policy])),
    mutators: Object.fromEntries(mutators.map((mutator) => [mutator.name, mutator])),
    spacesOf,
    receiversOf,
  };
}
