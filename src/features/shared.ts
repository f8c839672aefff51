// The explicit list that both sides import: every noun's record types, policies and mutators.

import type { Mutator } from '../sync/core/mutation.ts';
import { careTeamPolicy, clientPolicy } from './client/policy.ts';
import { careTeamRecord, clientRecord } from './client/schema.ts';
import * as contactMutators from './contact/mutators.ts';
import { contactPolicy } from './contact/policy.ts';
import { contactRecord } from './contact/schema.ts';
import * as entryKindMutators from './entry-kind/mutators.ts';
import * as reviewMutators from './journal/mutators-review.ts';
import { journalNoReplyPolicy, journalSnoozePolicy } from './journal/policy.ts';
import { journalNoReplyRecord, journalSnoozeRecord } from './journal/schema-review.ts';
import * as protectionMutators from './protection/mutators.ts';
import { protectionFactPolicy, protectionPolicy } from './protection/policy.ts';
import { protectionFactRecord, protectionRecord } from './protection/schema.ts';
import { CLIENTS_MUTATORS, CLIENTS_RECORDS, declarationsOf } from './shared-client.ts';
import type { Declared } from './shared-client.ts';
import * as taskMutators from './task/mutators.ts';
import { taskPolicy } from './task/policy.ts';
import { taskRecord } from './task/schema.ts';

const STAFFS_RECORDS: readonly Declared[] = [
  [clientRecord, clientPolicy],
  [careTeamRecord, careTeamPolicy],
  [contactRecord, contactPolicy],
  [journalNoReplyRecord, journalNoReplyPolicy],
  [journalSnoozeRecord, journalSnoozePolicy],
  [protectionRecord, protectionPolicy],
  [protectionFactRecord, protectionFactPolicy],
  [taskRecord, taskPolicy],
];

const STAFFS_MUTATORS = [contactMutators, entryKindMutators, reviewMutators, protectionMutators, taskMutators].flatMap(
  (noun) => Object.values(noun),
) as readonly Mutator[];

export const declared = declarationsOf(
  [...CLIENTS_RECORDS, ...STAFFS_RECORDS],
  [...CLIENTS_MUTATORS, ...STAFFS_MUTATORS],
);
