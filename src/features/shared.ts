// The explicit list that both sides import: every noun's record types, policies and mutators.

import { FILE_RESOURCE } from '../sync/core/files.ts';
import type { Mutator } from '../sync/core/mutation.ts';
import type { Policy } from '../sync/core/policy.ts';
import type { RecordType } from '../sync/core/record.ts';
import type { Declarations } from '../sync/core/run.ts';
import { careTeamPolicy, clientPolicy } from './client/policy.ts';
import { careTeamRecord, clientRecord } from './client/schema.ts';
import * as contactMutators from './contact/mutators.ts';
import { contactPolicy } from './contact/policy.ts';
import { contactRecord } from './contact/schema.ts';
import { filePolicy } from './file/policy.ts';
import * as journalMutators from './journal/mutators.ts';
import {
  journalCommentPolicy,
  journalEntryPolicy,
  journalReviewPolicy,
  journalRevisionPolicy,
} from './journal/policy.ts';
import {
  journalCommentRecord,
  journalEntryRecord,
  journalReviewRecord,
  journalRevisionRecord,
} from './journal/schema.ts';
import { memberPolicy } from './member/policy.ts';
import { memberRecord } from './member/schema.ts';
import { practicePolicy } from './practice/policy.ts';
import { practiceRecord } from './practice/schema.ts';
import * as protectionMutators from './protection/mutators.ts';
import { protectionFactPolicy, protectionPolicy } from './protection/policy.ts';
import { protectionFactRecord, protectionRecord } from './protection/schema.ts';
import { receiversOf, spacesOf } from './spaces.ts';

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
  [protectionRecord, protectionPolicy],
  [protectionFactRecord, protectionFactPolicy],
];

const mutators = [journalMutators, contactMutators, protectionMutators].flatMap((noun) =>
  Object.values(noun),
) as readonly Mutator[];

export const declared: Declarations = {
  recordTypes: Object.fromEntries(records.map(([record]) => [record.name, record])),
  policies: {
    ...Object.fromEntries(records.map(([record, policy]) => [record.name, policy])),
    [FILE_RESOURCE]: filePolicy,
  },
  mutators: Object.fromEntries(mutators.map((mutator) => [mutator.name, mutator])),
  spacesOf,
  receiversOf,
};
