// The explicit list that both sides import: every noun's record types, policies and mutators.

import type { Mutator } from '../sync/core/mutation.ts';
import type { Policy } from '../sync/core/policy.ts';
import type { RecordType } from '../sync/core/record.ts';
import type { Declarations } from '../sync/core/run.ts';
import { careTeamPolicy, clientPolicy } from './client/policy.ts';
import { careTeamRecord, clientRecord } from './client/schema.ts';
import * as contactMutators from './contact/mutators.ts';
import { contactPolicy } from './contact/policy.ts';
import { contactRecord } from './contact/schema.ts';
import * as journalMutators from './journal/mutators.ts';
import {
  journalCommentPolicy,
  journalEntryPolicy,
  journalNoReplyPolicy,
  journalReactionPolicy,
  journalReceiptsPolicy,
  journalReviewPolicy,
  journalRevisionPolicy,
  journalSnoozePolicy,
} from './journal/policy.ts';
import {
  journalCommentRecord,
  journalEntryRecord,
  journalNoReplyRecord,
  journalReactionRecord,
  journalReceiptsRecord,
  journalReviewRecord,
  journalRevisionRecord,
  journalSnoozeRecord,
} from './journal/schema.ts';
import { memberPolicy } from './member/policy.ts';
import { memberRecord } from './member/schema.ts';
import { practicePolicy } from './practice/policy.ts';
import { practiceRecord } from './practice/schema.ts';
import * as protectionMutators from './protection/mutators.ts';
import { protectionFactPolicy, protectionPolicy } from './protection/policy.ts';
import { protectionFactRecord, protectionRecord } from './protection/schema.ts';
import { receiversOf, spacesOf } from './spaces.ts';
import * as taskMutators from './task/mutators.ts';
import { taskPolicy } from './task/policy.ts';
import { taskRecord } from './task/schema.ts';

const records: [RecordType, Policy][] = [
  [practiceRecord, practicePolicy],
  [memberRecord, memberPolicy],
  [clientRecord, clientPolicy],
  [careTeamRecord, careTeamPolicy],
  [contactRecord, contactPolicy],
  [journalEntryRecord, journalEntryPolicy],
  [journalRevisionRecord, journalRevisionPolicy],
  [journalCommentRecord, journalCommentPolicy],
  [journalReviewRecord, journalReviewPolicy],
  [journalReactionRecord, journalReactionPolicy],
  [journalNoReplyRecord, journalNoReplyPolicy],
  [journalSnoozeRecord, journalSnoozePolicy],
  [journalReceiptsRecord, journalReceiptsPolicy],
  [protectionRecord, protectionPolicy],
  [protectionFactRecord, protectionFactPolicy],
  [taskRecord, taskPolicy],
];

const mutators = [journalMutators, contactMutators, protectionMutators, taskMutators].flatMap((noun) =>
  Object.values(noun),
) as readonly Mutator[];

export const declared: Declarations = {
  recordTypes: Object.fromEntries(records.map(([record]) => [record.name, record])),
  policies: Object.fromEntries(records.map(([record, policy]) => [record.name, policy])),
  mutators: Object.fromEntries(mutators.map((mutator) => [mutator.name, mutator])),
  spacesOf,
  receiversOf,
};
