// Names on the wire are for ever: never renamed, never removed. Adding one means adding it here.

import { expect, test } from 'vitest';
import { FILE_RESOURCE } from '../sync/core/files.ts';
import { declared } from './shared.ts';

test('mutators, their versions and verbs', () => {
  const list = Object.values(declared.mutators).map(({ name, version, verb }) => `${name} ${version} ${verb}`);
  expect(list.sort()).toEqual([
    'automation.decide 1 create',
    'away.choose 1 create',
    'broadcast.cancel 1 update',
    'broadcast.confirm 1 create',
    'chat.archive 1 create',
    'chat.ask 1 create',
    'chat.assignReply 1 create',
    'chat.begin 1 create',
    'chat.close 1 update',
    'chat.decideBegin 1 create',
    'chat.end 1 update',
    'chat.handOver 1 create',
    'chat.join 1 create',
    'chat.leave 1 update',
    'chat.markRead 1 create',
    'chat.open 1 create',
    'chat.removeReply 1 delete',
    'chat.reopenReply 1 create',
    'chat.saveReply 1 create',
    'chat.settleReply 1 create',
    'chat.snoozeReply 1 create',
    'chat.takeIn 1 create',
    'chat.takeOut 1 update',
    'chat.turnOff 1 create',
    'contact.addContact 1 create',
    'contact.changeContact 1 update',
    'contact.removeContact 1 delete',
    'contact.restoreContact 1 create',
    'cover.answer 1 update',
    'cover.ask 1 create',
    'cover.end 1 update',
    'cover.resume 1 update',
    'entryKind.decideKind 1 create',
    'journal.addComment 1 create',
    'journal.addEntry 1 create',
    'journal.chooseReceipts 1 create',
    'journal.delegateEntry 1 create',
    'journal.flagEntry 1 create',
    'journal.giveUpFile 1 create',
    'journal.markNoReply 1 create',
    'journal.markSeen 1 create',
    'journal.react 1 create',
    'journal.reviseEntry 1 create',
    'journal.snoozeEntry 1 create',
    'journal.takeBackReview 1 delete',
    'journal.wakeEntry 1 delete',
    'journal.withdrawReaction 1 delete',
    'notification.choose 1 create',
    'officeHours.decide 1 create',
    'privateEntry.addEntry 1 create',
    'privateEntry.changeWraps 1 create',
    'privateEntry.removeEntry 1 delete',
    'privateEntry.reviseEntry 1 create',
    'protection.liftProtection 1 update',
    'protection.setProtection 1 create',
    'scheduledMessage.cancel 1 update',
    'scheduledMessage.change 1 update',
    'scheduledMessage.plan 1 create',
    'scheduledMessage.restore 1 update',
    'scheduledMessage.sendNow 1 update',
    'task.cancelTask 1 update',
    'task.completeTask 1 update',
    'task.reopenTask 1 update',
    'task.startTask 1 update',
    'welcome.wordWelcome 1 create',
  ]);
});

test('record types and the versions of their shapes', () => {
  const list = Object.values(declared.recordTypes).map(({ name, schemaVersion }) => `${name} ${schemaVersion}`);
  expect(list.sort()).toEqual([
    'automation 1',
    'away 1',
    'broadcast 1',
    'broadcastProgress 1',
    'careTeamMember 1',
    'chatConversation 2',
    'chatHandOver 1',
    'chatHead 1',
    'chatInvitation 1',
    'chatMark 1',
    'chatParticipant 1',
    'chatSavedReply 1',
    'chatSetting 1',
    'client 1',
    'contact 1',
    'cover 1',
    'coverNotice 1',
    'entryKind 1',
    'journalComment 1',
    'journalEntry 1',
    'journalGivenUp 1',
    'journalNoReply 1',
    'journalReaction 1',
    'journalReceipts 1',
    'journalReview 1',
    'journalRevision 1',
    'journalSnooze 1',
    'member 1',
    'notificationSettings 1',
    'officeHours 1',
    'practice 1',
    'privateEntry 1',
    'privateEntryRevision 1',
    'privateEntryWrap 1',
    'protection 1',
    'protectionFact 1',
    'queueAge 1',
    'scheduledMessage 1',
    'task 1',
    'welcome 1',
  ]);
});

test('kinds of documents, and the versions of their shapes', () => {
  const list = Object.values(declared.documents ?? {}).map(({ name, schemaVersion }) => `${name} ${schemaVersion}`);
  expect(list.sort()).toEqual(['chat 1']);
});

test('every record type has a policy, and every policy a type; files, which lie beside rows, have one too', () => {
  expect(Object.keys(declared.policies).sort()).toEqual([...Object.keys(declared.recordTypes), FILE_RESOURCE].sort());
});
