// The explicit list that both sides import: every noun's record types, policies and mutators.

import { FILE_RESOURCE } from '../sync/core/files.ts';
import type { Mutator } from '../sync/core/mutation.ts';
import type { Policy } from '../sync/core/policy.ts';
import type { RecordType } from '../sync/core/record.ts';
import type { Declarations } from '../sync/core/run.ts';
import * as automationMutators from './automation/mutators.ts';
import { automationPolicy } from './automation/policy.ts';
import { automationRecord } from './automation/schema.ts';
import * as awayMutators from './away/mutators.ts';
import { awayPolicy } from './away/policy.ts';
import { awayRecord } from './away/schema.ts';
import * as broadcastMutators from './broadcast/mutators.ts';
import { broadcastPolicy, progressPolicy } from './broadcast/policy.ts';
import { broadcastRecord, progressRecord } from './broadcast/schema.ts';
import { chatKind } from './chat/doc.ts';
import * as replyMutators from './chat/mutators-replies.ts';
import * as chatReviewMutators from './chat/mutators-review.ts';
import * as communityMutators from './chat/mutators-community.ts';
import * as chatSettingMutators from './chat/mutators-setting.ts';
import {
  conversationPolicy,
  handOverPolicy,
  headPolicy,
  markPolicy,
  savedReplyPolicy,
  settingPolicy,
  invitationPolicy,
  participantPolicy,
  passedOnPolicy,
} from './chat/policy.ts';
import { savedReplyRecord } from './chat/schema-review.ts';
import { invitationRecord, participantRecord } from './chat/schema-community.ts';
import { passedOnRecord } from './chat/schema-passed-on.ts';
import { settingRecord } from './chat/schema-setting.ts';
import { conversationRecord, handOverRecord, headRecord, markRecord } from './chat/schema.ts';
import * as chartSummaryMutators from './chart-summary/mutators.ts';
import { nilKnownPolicy, summaryPolicy } from './chart-summary/policy.ts';
import {
  allergyIntoleranceRecord,
  conditionRecord,
  medicationStatementRecord,
  nilKnownRecord,
} from './chart-summary/schema.ts';
import * as clientMutators from './client/mutators.ts';
import * as clientStatusMutators from './client/mutators-status.ts';
import * as clientTeamMutators from './client/mutators-team.ts';
import { careTeamPolicy, clientPolicy, statusChangePolicy } from './client/policy.ts';
import { statusChangeRecord } from './client/schema-status.ts';
import { careTeamRecord, clientRecord } from './client/schema.ts';
import * as contactMutators from './contact/mutators.ts';
import { contactPolicy } from './contact/policy.ts';
import { contactRecord } from './contact/schema.ts';
import * as coverMutators from './cover/mutators.ts';
import { coverNoticePolicy, coverPolicy } from './cover/policy.ts';
import { coverNoticeRecord } from './cover/schema-notice.ts';
import { coverRecord } from './cover/schema.ts';
import * as entryKindMutators from './entry-kind/mutators.ts';
import { entryKindPolicy } from './entry-kind/policy.ts';
import { entryKindRecord } from './entry-kind/schema.ts';
import { filePolicy } from './file/policy.ts';
import * as reviewMutators from './journal/mutators-review.ts';
import * as journalPolicies from './journal/policy.ts';
import { journalNoReplyRecord, journalSnoozeRecord } from './journal/schema-review.ts';
import * as invitationMutators from './invitation/mutators.ts';
import { invitationPolicy as clientInvitationPolicy } from './invitation/policy.ts';
import { invitationRecord as clientInvitationRecord } from './invitation/schema.ts';
import * as journal from './journal/schema.ts';
import { memberPolicy } from './member/policy.ts';
import { memberRecord } from './member/schema.ts';
import { notificationPolicy } from './notification/policy.ts';
import { notificationRecord } from './notification/schema.ts';
import * as officeHoursMutators from './office-hours/mutators.ts';
import { officeHoursPolicy } from './office-hours/policy.ts';
import { officeHoursRecord } from './office-hours/schema.ts';
import { practicePolicy } from './practice/policy.ts';
import { practiceRecord } from './practice/schema.ts';
import { privateEntryPolicy } from './private-entry/policy.ts';
import { privateEntryRecord, privateEntryRevisionRecord, privateEntryWrapRecord } from './private-entry/schema.ts';
import * as protectionMutators from './protection/mutators.ts';
import { protectionFactPolicy, protectionPolicy } from './protection/policy.ts';
import { protectionFactRecord, protectionRecord } from './protection/schema.ts';
import { safetyPlanPolicy, safetyPlanRevisionPolicy } from './safety-plan/policy.ts';
import { safetyPlanRecord, safetyPlanRevisionRecord } from './safety-plan/schema.ts';
import { CLIENTS_MUTATORS } from './shared-client-acts.ts';
import { byName, CLIENTS_RECORDS } from './shared-client.ts';
import { receiversOf, spacesOf } from './spaces.ts';
import { queueAgePolicy } from './queue-age/policy.ts';
import { queueAgeRecord } from './queue-age/schema.ts';
import * as savedViewMutators from './saved-view/mutators.ts';
import { savedViewPolicy } from './saved-view/policy.ts';
import { savedViewRecord } from './saved-view/schema.ts';
import * as scheduledMutators from './scheduled-message/mutators.ts';
import { scheduledPolicy } from './scheduled-message/policy.ts';
import { scheduledRecord } from './scheduled-message/schema.ts';
import * as taskMutators from './task/mutators.ts';
import { taskPolicy } from './task/policy.ts';
import { taskRecord } from './task/schema.ts';
import * as welcomeMutators from './welcome/mutators.ts';
import { welcomePolicy } from './welcome/policy.ts';
import { welcomeRecord } from './welcome/schema.ts';

const STAFFS_RECORDS: readonly RecordType[] = [
  clientRecord,
  careTeamRecord,
  statusChangeRecord,
  contactRecord,
  clientInvitationRecord,
  coverRecord,
  queueAgeRecord,
  journalNoReplyRecord,
  journalSnoozeRecord,
  protectionRecord,
  protectionFactRecord,
  taskRecord,
  scheduledRecord,
  automationRecord,
  broadcastRecord,
  progressRecord,
  welcomeRecord,
  savedReplyRecord,
  allergyIntoleranceRecord,
  medicationStatementRecord,
  conditionRecord,
  nilKnownRecord,
  savedViewRecord,
];

const POLICIES: readonly (readonly [RecordType, Policy])[] = [
  [practiceRecord, practicePolicy],
  [memberRecord, memberPolicy],
  [clientRecord, clientPolicy],
  [careTeamRecord, careTeamPolicy],
  [statusChangeRecord, statusChangePolicy],
  [contactRecord, contactPolicy],
  [clientInvitationRecord, clientInvitationPolicy],
  [queueAgeRecord, queueAgePolicy],
  [coverRecord, coverPolicy],
  [coverNoticeRecord, coverNoticePolicy],
  [entryKindRecord, entryKindPolicy],
  [journal.journalEntryRecord, journalPolicies.journalEntryPolicy],
  [journal.journalRevisionRecord, journalPolicies.journalRevisionPolicy],
  [journal.journalCommentRecord, journalPolicies.journalCommentPolicy],
  [journal.journalReviewRecord, journalPolicies.journalReviewPolicy],
  [journal.journalGivenUpRecord, journalPolicies.journalGivenUpPolicy],
  [journal.journalReactionRecord, journalPolicies.journalReactionPolicy],
  [journal.journalReceiptsRecord, journalPolicies.journalReceiptsPolicy],
  [journalNoReplyRecord, journalPolicies.journalNoReplyPolicy],
  [journalSnoozeRecord, journalPolicies.journalSnoozePolicy],
  [notificationRecord, notificationPolicy],
  [privateEntryRecord, privateEntryPolicy],
  [privateEntryRevisionRecord, privateEntryPolicy],
  [privateEntryWrapRecord, privateEntryPolicy],
  [protectionRecord, protectionPolicy],
  [protectionFactRecord, protectionFactPolicy],
  [taskRecord, taskPolicy],
  [scheduledRecord, scheduledPolicy],
  [savedViewRecord, savedViewPolicy],
  [automationRecord, automationPolicy],
  [conversationRecord, conversationPolicy],
  [headRecord, headPolicy],
  [markRecord, markPolicy],
  [settingRecord, settingPolicy],
  [participantRecord, participantPolicy],
  [invitationRecord, invitationPolicy],
  [awayRecord, awayPolicy],
  [broadcastRecord, broadcastPolicy],
  [progressRecord, progressPolicy],
  [welcomeRecord, welcomePolicy],
  [handOverRecord, handOverPolicy],
  [passedOnRecord, passedOnPolicy],
  [officeHoursRecord, officeHoursPolicy],
  [savedReplyRecord, savedReplyPolicy],
  [allergyIntoleranceRecord, summaryPolicy],
  [medicationStatementRecord, summaryPolicy],
  [conditionRecord, summaryPolicy],
  [nilKnownRecord, nilKnownPolicy],
  [safetyPlanRecord, safetyPlanPolicy],
  [safetyPlanRevisionRecord, safetyPlanRevisionPolicy],
];

const STAFFS_MUTATORS = [
  automationMutators,
  [awayMutators.choose],
  broadcastMutators,
  chartSummaryMutators,
  chatReviewMutators,
  chatSettingMutators,
  clientMutators,
  clientStatusMutators,
  clientTeamMutators,
  savedViewMutators,
  communityMutators,
  contactMutators,
  coverMutators,
  entryKindMutators,
  invitationMutators,
  officeHoursMutators,
  replyMutators,
  reviewMutators,
  protectionMutators,
  scheduledMutators,
  taskMutators,
  welcomeMutators,
].flatMap((noun) => Object.values(noun)) as readonly Mutator[];

export const declared: Declarations = {
  recordTypes: byName([...CLIENTS_RECORDS, ...STAFFS_RECORDS]),
  mutators: byName([...CLIENTS_MUTATORS, ...STAFFS_MUTATORS]),
  documents: { [chatKind.name]: chatKind },
  policies: {
    ...Object.fromEntries(POLICIES.map(([{ name }, policy]) => [name, policy])),
    [FILE_RESOURCE]: filePolicy,
  },
  spacesOf,
  receiversOf,
};
