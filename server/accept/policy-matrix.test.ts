// The policy table against the running server on PostgreSQL, cell by cell: pushes for writes, pulls for reads. What is denied
// carries no word of the resource, in any answer.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { namedId } from '../../src/base/named-id.ts';
import { must } from '../../src/base/must.ts';
import { allergySample, conditionSample, medicationSample } from '../../src/features/chart-summary/samples.ts';
import { conversationIdOf, HEAD, markIdOf } from '../../src/features/chat/schema.ts';
import { invitationIdOf, PARTICIPANT, participantIdOf, signerOf } from '../../src/features/chat/schema-community.ts';
import { passedOnIdOf } from '../../src/features/chat/schema-passed-on.ts';
import { settingIdOf } from '../../src/features/chat/schema-setting.ts';
import { hoursSample } from '../../src/features/office-hours/samples.ts';
import { AT_DESK, MATRIX } from '../../src/features/policy-matrix.ts';
import type { PrincipalKind, ResourceKind } from '../../src/features/policy-matrix.ts';
import { declared } from '../../src/features/shared.ts';
import { WELCOME_ID } from '../../src/features/welcome/schema.ts';
import { welcomeSample } from '../../src/features/welcome/samples.ts';
import { awaySample } from '../../src/features/away/samples.ts';
import { ruleSample } from '../../src/features/automation/samples.ts';
import { scheduledSample } from '../../src/features/scheduled-message/samples.ts';
import { broadcastSample } from '../../src/features/broadcast/samples.ts';
import { PROGRESS } from '../../src/features/broadcast/schema.ts';
import { caseloadOf } from '../../src/features/spaces.ts';
import { chartOf, communityOf, deskOf, MANAGERS, officeOf, userOf } from '../../src/features/space-names.ts';
import { plainDeviceOf, entryOf, onEntry, said } from '../../src/sync/testing/people.ts';
import { sql } from 'kysely';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import type { Name } from '../testing/clinic.ts';
import { startPgServer, USER_HEADER } from '../testing/sync-server.ts';
import type { SyncServer } from '../testing/sync-server.ts';

const WHO: Record<Exclude<PrincipalKind, 'notSignedIn'>, Name> = {
  prospect: 'prospect',
  self: 'ana',
  otherClient: 'ben',
  teamProvider: 'lee',
  offTeamProvider: 'okafor',
  support: 'support',
  admin: 'admin',
  owner: 'owner',
  otherPractice: 'harborProvider',
};

const MUTATORS: Partial<Record<ResourceKind, string>> = {
  journalEntry: 'journal.addEntry',
  journalRevision: 'journal.reviseEntry',
  journalComment: 'journal.addComment',
  journalReview: 'journal.markSeen',
  journalGivenUp: 'journal.giveUpFile',
  journalReaction: 'journal.react',
  journalNoReply: 'journal.markNoReply',
  journalSnooze: 'journal.snoozeEntry',
  journalReceipts: 'journal.chooseReceipts',
  notificationSettings: 'notification.choose',
  task: 'journal.flagEntry',
  client: 'client.addClient',
  clientStatusChange: 'client.changeStatus',
  invitation: 'invitation.invite',
  scheduledMessage: 'scheduledMessage.plan',
  automation: 'automation.decide',
  contact: 'contact.addContact',
  allergyIntolerance: 'chartSummary.addItem',
  medicationStatement: 'chartSummary.addItem',
  condition: 'chartSummary.addItem',
  nilKnown: 'chartSummary.sayNone',
  safetyPlan: 'safetyPlan.changePlan',
  protection: 'protection.setProtection',
  entryKind: 'entryKind.decideKind',
  chatConversation: 'chat.open',
  chatMark: 'chat.markRead',
  chatSetting: 'chat.decideBegin',
  chatParticipant: 'chat.join',
  chatInvitation: 'chat.ask',
  away: 'away.choose',
  cover: 'cover.ask',
  broadcast: 'broadcast.confirm',
  welcome: 'welcome.wordWelcome',
  officeHours: 'officeHours.decide',
  chatSavedReply: 'chat.saveReply',
  savedView: 'savedView.keep',
  privateEntry: 'privateEntry.addEntry',
  privateEntryRevision: 'privateEntry.reviseEntry',
  privateEntryWrap: 'privateEntry.changeWraps',
};
/** What is there to be changed or removed, and by which acts. */
const CHANGERS: Partial<Record<`${'update' | 'delete'} ${ResourceKind}`, string>> = {
  'update client': 'client.changeClient',
  'update careTeamMember': 'client.changePrimary',
  'update invitation': 'invitation.revoke',
  'update contact': 'contact.changeContact',
  'delete contact': 'contact.removeContact',
  'update allergyIntolerance': 'chartSummary.changeItem',
  'update medicationStatement': 'chartSummary.changeItem',
  'update condition': 'chartSummary.changeItem',
  'update protection': 'protection.liftProtection',
  'update task': 'task.completeTask',
  'update scheduledMessage': 'scheduledMessage.cancel',
  'update chatConversation': 'chat.close',
  'update chatParticipant': 'chat.leave',
  'update broadcast': 'broadcast.cancel',
  'update cover': 'cover.end',
  'delete journalSnooze': 'journal.wakeEntry',
  'delete chatSavedReply': 'chat.removeReply',
  'delete savedView': 'savedView.remove',
  'delete privateEntry': 'privateEntry.removeEntry',
};
/** These go by acts that are named above already: a wording with its entry, a way to a key in the act that makes another. */
const ALONG: readonly string[] = ['delete privateEntryRevision', 'delete privateEntryWrap'];
/** Beside these, for what has a way of its own. */
const OTHER_ACTS = [
  'chat.archive',
  'chat.assignReply',
  'chat.begin',
  'chat.end',
  'chat.handOver',
  'chat.putBack',
  'chat.reopenReply',
  'chat.settleReply',
  'chat.snoozeReply',
  'chat.takeIn',
  'chat.takeOut',
  'chat.turnOff',
  'client.pauseContact',
  'contact.restoreContact',
  'cover.answer',
  'cover.resume',
  'journal.delegateEntry',
  'journal.takeBackReview',
  'journal.withdrawReaction',
  'scheduledMessage.change',
  'scheduledMessage.restore',
  'scheduledMessage.sendNow',
  'task.cancelTask',
  'task.reopenTask',
  'task.startTask',
];
const MARKER = 'zq-marker';
const VIEW = 'zq-view';
const WITH_YOU = { reaction: 'with-you' };
const FILE = 'f'.repeat(64);
const CONTACT = { kind: 'other', value: 'zq-contact' };
const REASON = 'zq-reason';
const INVITED = 'zq-invited@example.org';
const NEWCOMER = 'Legal newcomer';
const NOTE = 'zq-note';
const ALLERGY = 'zq-allergy';
const PLANNED = 'zq-planned';
const SEALED = 'zq-sealed';
const AWAY_WORDS = 'zq-away';
const TO_MANY = 'zq-to-many';
const FOR_LATER = 'zq-for-later';
const BY_RULE = 'zq-by-rule';
const GREETING = 'zq-greeting';
const HEADED = 'zq-headed';
const QUOTED = 'zq-quoted';
const REPLY = 'zq-reply';
const CALLED = 'zq-called';
const TOPIC = 'zq-topic';
const NEW_CLIENT = newId();
const INVITATION = newId();
/** Who takes on clients for himself alone. */
const WHO_PROVIDES: readonly Name[] = ['lee', 'okafor'];
const SUMMARY = ['allergyIntolerance', 'medicationStatement', 'condition'] as const;
const PRIVATE = ['privateEntry', 'privateEntryRevision', 'privateEntryWrap'] as const;
// With both walls, with row-level security alone asking nothing of our filters is `wall.test.ts`; here: without it.
const WALLS = ['with row-level security', 'without row-level security'] as const;

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());

describe.each(WALLS)('%s', (walls) => {
  let server: SyncServer;
  let entry: JsonObject & { id: string };
  const ids = new Map<string, string>();

  beforeAll(async () => {
    const database = await databases.fresh();
    if (walls === WALLS[1]) {
      for (const table of ['practice', 'sealing_key', 'row', 'relation', 'ledger', 'device']) {
        await sql`alter table ${sql.ref(table)} disable row level security`.execute(database.db);
      }
    }
    server = await startPgServer(database);
    const [phone, desktop] = [await plainDeviceOf(server, 'ana'), await plainDeviceOf(server, 'lee')];
    entry = entryOf(server, 'ana', `${MARKER} entry`);
    const revision = onEntry(server, 'ana', entry, { content: { text: `${MARKER} revision` } });
    await phone.act('journal.addEntry', entry);
    await phone.act('journal.reviseEntry', revision);
    await phone.exchange();
    await desktop.exchange();
    const comment = onEntry(server, 'lee', entry, { body: `${MARKER} comment` });
    const review = onEntry(server, 'lee', entry);
    await desktop.act('journal.addComment', comment);
    await desktop.act('journal.markSeen', review);
    const [reaction, noReply] = [onEntry(server, 'lee', entry, WITH_YOU), onEntry(server, 'lee', entry)];
    const flag = onEntry(server, 'lee', entry, { note: NOTE });
    const snooze = snoozeBy('lee');
    await desktop.act('journal.react', reaction);
    await desktop.act('journal.markNoReply', noReply);
    await desktop.act('journal.flagEntry', flag);
    await desktop.act('journal.snoozeEntry', snooze);
    const view = viewBy('lee');
    await desktop.act('savedView.keep', view);
    const reply = replyBy('lee');
    await desktop.act('chat.saveReply', reply);
    await desktop.exchange();
    const givenUp = onEntry(server, 'ana', entry, { file: FILE });
    await phone.act('journal.giveUpFile', givenUp);
    await phone.act('journal.chooseReceipts', { ...named('ana'), receipts: 'reply' });
    await phone.act('notification.choose', noticesBy('ana'));
    await phone.exchange();
    for (const [type, { id }] of Object.entries({
      journalGivenUp: givenUp,
      journalReaction: reaction,
      journalNoReply: noReply,
      journalSnooze: snooze,
      chatSavedReply: reply,
      savedView: view,
      task: flag,
    }))
      ids.set(type, id);
    for (const type of PRIVATE) {
      const args = privateBy('ana', type);
      await phone.act(must(MUTATORS[type], 'a mutator'), args);
      ids.set(type, type === 'privateEntryWrap' ? wrapOf(args) : String(args['id']));
    }
    await phone.exchange();
    await phone.act('chat.open', { ...named('ana'), kind: 'care-team' });
    await phone.act('chat.markRead', chatMarkBy('ana'));
    await phone.exchange();
    const thread = conversationIdOf(server.clinic.people.ana.client, 'care-team');
    const head = { segment: 1, seq: 1, counts: { [HEADED]: 1 } };
    const space = chartOf(server.clinic.people.ana.client);
    await server.clinic.write('willow', [{ type: HEAD, id: thread, space, fields: head }]);
    ids.set('chatConversation', thread);
    ids.set('chatHead', thread);
    ids.set('chatMark', markIdOf(server.clinic.people.ana.member, thread));
    const { member: lee } = server.clinic.people.lee;
    const room = newId();
    await desktop.act('chat.begin', { ...said(lee), id: room, kind: 'community', topic: TOPIC });
    await desktop.exchange();
    ids.set('room', room);
    await desktop.act('chat.ask', askBy('lee'));
    await desktop.exchange();
    await phone.exchange();
    await phone.act('chat.join', joinBy('ana'));
    await phone.exchange();
    ids.set('chatParticipant', participantIdOf(room, server.clinic.people.ana.member));
    ids.set('chatInvitation', invitationIdOf(room, server.clinic.people.ana.client));
    const many = broadcastBy('lee');
    await desktop.act('away.choose', awayBy('lee'));
    const later = laterBy('lee');
    await desktop.act('scheduledMessage.plan', later);
    ids.set('scheduledMessage', later.id);
    const rule = automationBy('lee');
    await desktop.act('automation.decide', rule);
    ids.set('automation', rule.id);
    await desktop.act('broadcast.confirm', many);
    await desktop.exchange();
    const progress = { status: 'sent', total: 1, sent: 1, leftOut: 0 };
    await server.clinic.write('willow', [{ type: PROGRESS, id: many.id, space: userOf(lee), fields: progress }]);
    ids.set('away', lee);
    const cover = coverBy('lee');
    await desktop.act('cover.ask', cover);
    await desktop.exchange();
    const { absent, member, start, end } = cover;
    const told = { type: 'coverNotice', id: cover.id, space: caseloadOf(lee), fields: { absent, member, start, end } };
    await server.clinic.write('willow', [told]);
    for (const type of ['cover', 'coverNotice']) ids.set(type, cover.id);
    const age = { member: lee, owed: 1, overdue: 0 };
    await server.clinic.write('willow', [{ type: 'queueAge', id: lee, space: MANAGERS, fields: age }]);
    ids.set('queueAge', lee);
    for (const type of ['broadcast', 'broadcastProgress']) ids.set(type, many.id);
    const contact = { ...contactBy('support'), id: newId() };
    const office = await plainDeviceOf(server, 'support');
    await office.exchange();
    // Who is invited does not sign in yet: a client of Lee's whom the office took on.
    await office.act('client.addClient', { ...newcomerBy('support'), primary: lee });
    const began = { ...statusBy('support'), client: NEW_CLIENT };
    await office.act('client.changeStatus', began);
    await office.act('client.changeStatus', { ...statusBack('support'), client: NEW_CLIENT });
    await office.act('invitation.invite', { ...invitationBy('support'), id: INVITATION });
    await office.exchange();
    ids.set('invitation', INVITATION);
    ids.set('clientStatusChange', began.id);
    await office.act('contact.addContact', contact);
    await office.exchange();
    await office.act('chat.open', { ...named('support'), kind: 'front-desk' });
    const handed = handOverBy('support');
    await office.act('chat.handOver', handed);
    await office.exchange();
    ids.set('chatHandOver', namedId(`chat hand over care-team ${handed.client} ${handed.message}`));
    const passedOn = {
      client: contact.client,
      conversation: newId(),
      member: server.clinic.people.okafor.member,
      at: handed.at,
    };
    const waited = { ...passedOn, waiting: { message: newId(), since: handed.at, risk: true } };
    ids.set('chatPassedOn', passedOnIdOf(passedOn.conversation));
    await server.clinic.write('willow', [
      { type: 'chatPassedOn', id: passedOnIdOf(passedOn.conversation), space: chartOf(contact.client), fields: waited },
    ]);
    const kind = kindBy('owner');
    const house = await plainDeviceOf(server, 'owner');
    await house.act('chat.decideBegin', beginBy('owner'));
    ids.set('chatSetting', settingIdOf(undefined));
    await house.act('welcome.wordWelcome', welcomeBy('owner'));
    ids.set('welcome', WELCOME_ID);
    const hours = hoursBy('owner');
    await house.act('entryKind.decideKind', kind);
    await house.act('officeHours.decide', hours);
    await house.exchange();
    ids.set('officeHours', hours.id);
    ids.set('entryKind', kind.id);
    for (const section of SUMMARY) {
      const item = summaryBy('lee', section);
      await desktop.act('chartSummary.addItem', item);
      ids.set(section, item.id);
    }
    await desktop.act('chartSummary.sayNone', noneBy('lee'));
    const plan = planBy('lee');
    await desktop.act('safetyPlan.changePlan', plan);
    ids.set('nilKnown', plan.client);
    ids.set('safetyPlan', plan.client);
    ids.set('safetyPlanRevision', plan.id);
    const protection = { ...named('lee'), id: newId(), reason: REASON };
    await desktop.act('protection.setProtection', protection);
    await desktop.exchange();
    ids.set('journalReceipts', contact.client);
    ids.set('notificationSettings', server.clinic.people.ana.member);
    ids.set('contact', contact.id);
    ids.set('protection', contact.client);
    ids.set('protectionFact', protection.id);
    const rows = { journalEntry: entry, journalRevision: revision, journalComment: comment, journalReview: review };
    for (const [type, { id }] of Object.entries(rows)) ids.set(type, id);
    for (const type of ['careTeamMember', 'practice']) ids.set(type, must((await desktop.rows(type))[0], type).id);
    ids.set('client', server.clinic.people.ana.client);
    ids.set('member', server.clinic.people.lee.member);
  });

  /** Everything a member's fresh device is given. */
  async function pulled(name: Name) {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return { device, answers: JSON.stringify(device.wire.crossed.map(({ answer }) => answer)) };
  }

  // Files have a door of their own (`server/files`).
  const reads = MATRIX.filter(
    ({ verb, principal, resource }) => verb === 'read' && principal !== 'notSignedIn' && resource !== 'file',
  );
  const kinds = Object.keys(WHO) as (keyof typeof WHO)[];
  test.each(kinds)('%s reads what the table says', async (kind) => {
    const { device, answers } = await pulled(WHO[kind]);
    for (const { resource, principal, allowed } of reads) {
      if (principal !== kind) continue;
      const found = await device.reader.get(resource, must(ids.get(resource), 'a row'));
      expect({ resource, isThere: found !== undefined }).toEqual({ resource, isThere: allowed });
    }
    const mayRead = reads.some((cell) => cell.principal === kind && cell.resource === 'journalEntry' && cell.allowed);
    expect(answers.includes(MARKER)).toBe(mayRead);
    const readsContacts = reads.some((cell) => cell.principal === kind && cell.resource === 'contact' && cell.allowed);
    expect(answers.includes(CONTACT.value)).toBe(readsContacts);
    for (const [resource, word] of [
      ['task', NOTE],
      ['allergyIntolerance', ALLERGY],
      ['medicationStatement', 'medicationStatement'],
      ['nilKnown', 'nilKnown'],
      ['safetyPlan', PLANNED],
      ['safetyPlanRevision', 'safetyPlanRevision'],
      ['journalNoReply', 'journalNoReply'],
      ['journalSnooze', 'journalSnooze'],
      ['notificationSettings', 'notificationSettings'],
      ['privateEntry', SEALED],
      ['privateEntryWrap', 'privateEntryWrap'],
      ['chatHead', HEADED],
      ['chatMark', 'chatMark'],
      ['away', AWAY_WORDS],
      ['broadcast', TO_MANY],
      ['scheduledMessage', FOR_LATER],
      ['automation', BY_RULE],
      ['broadcastProgress', 'leftOut'],
      ['queueAge', 'overdue'],
      ['chatPassedOn', 'chatPassedOn'],
      ['welcome', GREETING],
      // The words go to the care team’s thread, and to nobody else’s device.
      ['chatHead', QUOTED],
      ['chatSavedReply', REPLY],
      ['savedView', VIEW],
      ['chatParticipant', CALLED],
      ['chatInvitation', TOPIC],
      ['invitation', INVITED],
      ['clientStatusChange', 'clientStatusChange'],
    ] as const) {
      const may = reads.some((cell) => cell.principal === kind && cell.resource === resource && cell.allowed);
      expect({ word, came: answers.includes(word) }).toEqual({ word, came: may });
    }
    expect(answers.includes('Legal ana')).toBe(['lee', 'support', 'admin', 'owner'].includes(WHO[kind]));
    // Of clients' sign-ins nobody hears but of his own; the staff sign with theirs, and are known by them.
    for (const name of ['ana', 'ben', 'prospect', 'harborClient'] as const) {
      if (name !== WHO[kind]) expect(answers).not.toContain(server.clinic.people[name].user);
    }
  });

  const creates = MATRIX.filter(({ verb, resource, principal }) => {
    return verb === 'create' && MUTATORS[resource] !== undefined && principal !== 'notSignedIn';
  });
  test.each(creates)('$principal creates $resource: $allowed', async ({ principal, resource, allowed }) => {
    if (principal === 'notSignedIn') return;
    const name = WHO[principal];
    const device = await plainDeviceOf(server, name);
    // What is one's own says whose it is by its author: in another's space it has another's name on it.
    const { lee, ana } = server.clinic.people;
    const owners: Partial<Record<ResourceKind, string>> = {
      journalSnooze: lee.member,
      chatSavedReply: lee.member,
      savedView: lee.member,
      notificationSettings: ana.member,
      chatMark: ana.member,
      away: lee.member,
      broadcast: lee.member,
    };
    const isHers = PRIVATE.some((type) => type === resource);
    const by = isHers ? ana.member : (owners[resource] ?? device.desk.memberId);
    // A provider asks for himself, and takes on his own.
    const primary = resource === 'client' && WHO_PROVIDES.includes(name) && { primary: device.desk.memberId };
    const ofOwn = resource === 'cover' ? coverBy(name) : resource === 'automation' ? automationBy(name) : null;
    const args = { ...(ofOwn ?? argsFor(resource)), by, ...primary };
    await device.actLocked(must(MUTATORS[resource], 'a mutator'), args, new Date().toISOString());
    await device.restart();
    await device.push();
    expect(device.wire.crossed.at(-1)?.status).toBe(200);
    const rejections = await device.rejections();
    expect(rejections.map(({ code }) => code)).toHaveLength(allowed ? 0 : 1);
    if (resource === 'clientStatusChange' && allowed)
      expect(await codesOf('lee', 'client.changeStatus', statusBack('lee'), true)).toEqual([]);
    expect(JSON.stringify(device.wire.crossed.map(({ answer }) => answer))).not.toContain(MARKER);
    const ofNoEntry = [
      'journalSnooze',
      'journalReceipts',
      'notificationSettings',
      'entryKind',
      'chatConversation',
      'chatMark',
      'chatSetting',
      'chatParticipant',
      'chatInvitation',
      'officeHours',
      'chatSavedReply',
      'savedView',
      'away',
      'cover',
      'broadcast',
      'scheduledMessage',
      'automation',
      'welcome',
      'client',
      'clientStatusChange',
      'invitation',
    ];
    if (isHers || ofNoEntry.includes(resource)) return;
    if (resource === 'safetyPlan') return;
    if (['contact', 'protection', 'nilKnown', ...SUMMARY].includes(resource)) {
      if (!allowed) expect(rejections[0]).toMatchObject({ code: 'not-there', where: 'client' });
      return;
    }
    const mayReadEntry = ['ana', 'lee'].includes(name);
    if (!allowed && !mayReadEntry && resource !== 'journalEntry') {
      expect(rejections[0]).toMatchObject({ code: 'not-there', where: 'entry' });
    }
  });

  const changes = MATRIX.flatMap(({ verb, resource, principal, allowed }) => {
    const act = verb === 'update' || verb === 'delete' ? CHANGERS[`${verb} ${resource}`] : undefined;
    return act === undefined || principal === 'notSignedIn' ? [] : [{ verb, resource, principal, allowed, act }];
  });
  const ofContacts = changes.filter(({ resource }) => resource === 'contact');
  test.each(ofContacts)('$principal may $verb $resource: $allowed', async ({ principal, verb, allowed, act }) => {
    const id = newId();
    const office = await plainDeviceOf(server, 'support');
    await office.exchange();
    await office.act('contact.addContact', { ...contactBy('support'), id });
    await office.exchange();
    const seen = CONTACT;
    const args = { ...named(WHO[principal]), id, seen, ...(verb === 'update' && { changes: { note: 'new' } }) };
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : ['not-there']);
    await office.exchange();
    const after = await office.reader.get('contact', id);
    expect(after?.fields['note']).toBe(allowed && verb === 'update' ? 'new' : undefined);
    expect(after === undefined).toBe(allowed && verb === 'delete');
  });

  const ofSummaries = changes.filter(({ resource }) => SUMMARY.some((section) => section === resource));
  test.each(ofSummaries)('$principal may $verb $resource: $allowed', async ({ principal, resource, allowed, act }) => {
    const team = await plainDeviceOf(server, 'lee');
    await team.exchange();
    const { item: seen, ...there } = summaryBy('lee', resource);
    await team.act('chartSummary.addItem', { ...there, item: seen });
    await team.exchange();
    const item = { ...seen, status: 'entered-in-error' };
    const args = { ...named(WHO[principal]), id: there.id, item, seen };
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : ['not-there']);
    await team.exchange();
    const status = (await team.reader.get(resource, there.id))?.fields['status'];
    expect(status).toBe(allowed ? 'entered-in-error' : 'active');
  });

  const ofClients = changes.filter(({ resource }) => resource === 'client');
  test.each(ofClients)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const id = server.clinic.people.ana.client;
    const seen = { preferredName: null };
    const { client: _, ...who } = named(WHO[principal]);
    const args = { ...who, id, changes: { preferredName: 'zq-preferred' }, seen };
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : ['not-there']);
    const office = await plainDeviceOf(server, 'support');
    await office.exchange();
    const after = (await office.reader.get('client', id))?.fields['preferredName'] ?? null;
    expect(after).toBe(allowed ? 'zq-preferred' : null);
    const back = { ...said(office.desk.memberId), id, changes: seen, seen: { preferredName: 'zq-preferred' } };
    if (allowed) expect(await codesOf('support', act, back)).toEqual([]);
    // Nor is she left in peace, or disturbed, by anybody else.
    const paused = await codesOf(WHO[principal], 'client.pauseContact', { ...named(WHO[principal]), reason: REASON });
    expect(paused).toEqual(allowed ? [] : ['not-there']);
    if (allowed) expect(await codesOf(WHO[principal], 'client.pauseContact', named(WHO[principal]))).toEqual([]);
  });

  const ofPlaces = changes.filter(({ resource }) => resource === 'careTeamMember');
  test.each(ofPlaces)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    // Of somebody whom nobody has as his own yet: that is the least that anybody may settle.
    const [client, change] = [newId(), newId()];
    const to = server.clinic.people.okafor.member;
    const name = WHO[principal];
    const details = { legalName: 'Legal nobody', birthDate: '1990-01-01' };
    const primary = name === 'lee' && { primary: server.clinic.people.lee.member };
    const taken = { ...said(server.clinic.people.support.member), id: client, details, status: 'active', ...primary };
    expect(await codesOf('support', 'client.addClient', taken)).toEqual([]);
    const office = await plainDeviceOf(server, 'support');
    await office.exchange();
    const places = await office.reader.byRef('careTeamMember', [client]);
    const mine = places[0]?.id;
    const who = { ...said(server.clinic.people[name].member), client };
    const from = mine === undefined ? {} : { mine, from: mine };
    expect(await codesOf(name, act, { ...who, ...from, id: change, to })).toEqual(allowed ? [] : ['not-there']);
    await office.exchange();
    const now = await office.reader.byRef('careTeamMember', [client]);
    expect(now.some(({ fields }) => fields['member'] === to && fields['primary'] === true)).toBe(allowed);
    for (const { id } of now) {
      const row = { type: 'careTeamMember', id, space: officeOf(client), fields: null };
      await server.clinic.write('willow', [row]);
    }
  });

  const ofInvitations = changes.filter(({ resource }) => resource === 'invitation');
  test.each(ofInvitations)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const id = newId();
    expect(await codesOf('support', 'invitation.invite', { ...invitationBy('support'), id }, true)).toEqual([]);
    const args = { ...said(server.clinic.people[WHO[principal]].member), id, client: NEW_CLIENT };
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : ['not-there']);
    // Named as another client's it is not there either.
    const asHers = { ...args, client: server.clinic.people.ana.client };
    expect(await codesOf(WHO[principal], act, asHers)).toEqual(['not-there']);
    const office = await plainDeviceOf(server, 'support');
    await office.exchange();
    expect((await office.reader.get('invitation', id))?.fields['status']).toBe(allowed ? 'revoked' : 'requested');
  });

  test('no device has what a page opens with, not even as its hash', async () => {
    const secretHash = 'h'.repeat(43);
    const args = { ...invitationBy('support'), id: newId(), way: 'print', login: 'zq.name', secretHash };
    expect(await codesOf('support', 'invitation.invite', args, true)).toEqual([]);
    for (const kind of kinds) expect((await pulled(WHO[kind])).answers).not.toContain(secretHash);
  });

  const others = changes.filter(({ resource }) => resource === 'protection');
  test.each(others)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const team = await plainDeviceOf(server, 'lee');
    await team.exchange();
    await team.act('protection.setProtection', { ...named('lee'), id: newId(), reason: REASON });
    await team.exchange();
    const args = { ...named(WHO[principal]), id: newId(), reason: 'lifted' };
    // His lift knows of the setting: a device that has pulled it says so.
    expect(await codesOf(WHO[principal], act, args, true)).toEqual(allowed ? [] : ['not-there']);
    await team.exchange();
    const state = await team.reader.get('protection', server.clinic.people.ana.client);
    expect(state?.fields['edSafe']).toBe(!allowed);
  });

  const ofTasks = changes.filter(({ resource }) => resource === 'task');
  test.each(ofTasks)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const team = await plainDeviceOf(server, 'lee');
    await team.exchange();
    const flag = onEntry(server, 'lee', entry, { note: NOTE });
    await team.act('journal.flagEntry', flag);
    await team.exchange();
    const args = { ...named(WHO[principal]), id: flag.id };
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : ['not-there']);
    await team.exchange();
    expect((await team.reader.get('task', flag.id))?.fields['status']).toBe(allowed ? 'completed' : 'requested');
  });

  const ofThreads = changes.filter(({ resource }) => resource === 'chatConversation');
  test.each(ofThreads)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const thread = must(ids.get('chatConversation'), 'a thread');
    const args = { ...named(WHO[principal]), kind: 'care-team', reason: 'zq-closed' };
    // Who may not read it is not told that it is there.
    const no = principal === 'self' ? 'not-allowed' : 'not-there';
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : [no]);
    const team = await plainDeviceOf(server, 'lee');
    await team.exchange();
    expect(((await team.reader.get('chatConversation', thread))?.fields['closed'] ?? null) !== null).toBe(allowed);
    if (allowed) expect(await codesOf('lee', act, { ...named('lee'), kind: 'care-team' })).toEqual([]);
  });

  const ofRooms = changes.filter(({ resource }) => resource === 'chatParticipant');
  test.each(ofRooms)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const [name, conversation] = [WHO[principal], must(ids.get('room'), 'a community')];
    const { member } = server.clinic.people[name];
    // A colleague has a place there, who stays: another than who leaves.
    const colleague = server.clinic.people[name === 'owner' ? 'admin' : 'owner'];
    const place = {
      type: 'chatParticipant',
      id: participantIdOf(conversation, colleague.member),
      space: communityOf(conversation),
    };
    const there = { conversation, member: colleague.member, signer: signerOf(colleague.user), side: 'staff' };
    await server.clinic.write('willow', [{ ...place, fields: there }]);
    const staying = name === 'lee' && { staying: colleague.member };
    expect(await codesOf(name, act, { ...said(member), conversation, ...staying })).toEqual(
      allowed ? [] : ['not-there'],
    );
    await server.clinic.write('willow', [{ ...place, fields: null }]);
    const { device } = await pulled(name);
    expect(await device.reader.get('chatConversation', conversation)).toBeUndefined();
    if (!allowed) return;
    // She was asked, and comes in again by herself; him the server puts back, as there is no colleague who could.
    if (name === 'ana') expect(await codesOf(name, 'chat.join', joinBy(name), true)).toEqual([]);
    const [id, space] = [participantIdOf(conversation, member), communityOf(conversation)];
    const fields = {
      conversation,
      member,
      signer: signerOf(server.clinic.people[name].user),
      side: 'staff',
      left: null,
    };
    if (name === 'lee') await server.clinic.write('willow', [{ type: PARTICIPANT, id, space, fields }]);
  });

  test('who answers is decided by who takes part, each in his thread; what was handed over opens no thread', async () => {
    const message = newId();
    for (const [name, kind, refused] of [
      ['lee', 'care-team', []],
      ['lee', 'front-desk', []],
      ['support', 'front-desk', []],
      ['support', 'care-team', ['not-allowed']],
      ['owner', 'care-team', ['not-allowed']],
      ['ana', 'front-desk', ['not-allowed']],
      ['ana', 'care-team', ['not-allowed']],
      ['okafor', 'care-team', ['not-allowed']],
    ] as const) {
      const on = { ...named(name), kind, message };
      for (const [act, more] of [
        ['chat.assignReply', {}],
        ['chat.snoozeReply', { until: '2030-01-01T08:00:00.000Z', through: on.at }],
        ['chat.settleReply', { outcome: 'no-reply', through: on.at }],
        ['chat.reopenReply', {}],
      ] as const) {
        expect({ name, kind, act, refused: await codesOf(name, act, { ...on, ...more }) }).toEqual({
          ...{ name, kind, act },
          refused,
        });
      }
    }
    const { answers } = await pulled('ana');
    expect(answers).not.toContain(message);
    expect((await pulled('support')).answers).not.toContain(HEADED);
  });

  const ofSnoozes = changes.filter(({ resource }) => resource === 'journalSnooze');
  test.each(ofSnoozes)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const team = await plainDeviceOf(server, 'lee');
    await team.exchange();
    const { id } = snoozeBy('lee');
    await team.act('journal.snoozeEntry', { ...snoozeBy('lee'), id });
    await team.exchange();
    const args = { ...said(server.clinic.people[WHO[principal]].member), id };
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : ['not-there']);
    await team.exchange();
    expect((await team.reader.get('journalSnooze', id)) === undefined).toBe(allowed);
  });

  const ofViews = changes.filter(({ resource }) => resource === 'savedView');
  test.each(ofViews)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const team = await plainDeviceOf(server, 'lee');
    await team.exchange();
    const view = viewBy('lee');
    await team.act('savedView.keep', view);
    await team.exchange();
    const name = WHO[principal];
    const who = said(server.clinic.people[name].member);
    // Nor is it written over by who only knows its id; in another practice nothing has it.
    const over = { ...view, ...who, name: 'zq-over' };
    if (principal !== 'otherPractice')
      expect(await codesOf(name, 'savedView.keep', over)).toEqual(allowed ? [] : ['not-there']);
    expect(await codesOf(name, act, { ...who, id: view.id })).toEqual(allowed ? [] : ['not-there']);
    await team.exchange();
    const after = await team.reader.get('savedView', view.id);
    expect(after?.fields['name']).toBe(allowed ? undefined : VIEW);
  });

  const ofReplies = changes.filter(({ resource }) => resource === 'chatSavedReply');
  test.each(ofReplies)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const team = await plainDeviceOf(server, 'lee');
    await team.exchange();
    const { body: _, ...reply } = replyBy('lee');
    await team.act('chat.saveReply', { ...reply, body: REPLY });
    await team.exchange();
    const args = { ...reply, by: server.clinic.people[WHO[principal]].member };
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : ['not-there']);
    await team.exchange();
    expect((await team.reader.get('chatSavedReply', reply.id)) === undefined).toBe(allowed);
  });

  test('a reply of the practice reaches its staff and nobody else, and only owner and admins keep and remove one', async () => {
    const office = await plainDeviceOf(server, 'owner');
    await office.exchange();
    const { body, ...reply } = replyBy('owner', true);
    await office.act('chat.saveReply', { ...reply, body });
    await office.exchange();
    for (const kind of kinds) {
      const { device } = await pulled(WHO[kind]);
      const isStaff = ['lee', 'okafor', 'support', 'admin', 'owner'].includes(WHO[kind]);
      const isThere = (await device.reader.get('chatSavedReply', reply.id)) !== undefined;
      expect({ kind, isThere }).toEqual({ kind, isThere: isStaff });
      if (kind === 'owner' || kind === 'admin') continue;
      const { member } = server.clinic.people[WHO[kind]];
      expect(await codesOf(WHO[kind], 'chat.saveReply', { ...replyBy(WHO[kind], true) })).toEqual(['not-allowed']);
      // Nor by saying that it is one's own.
      for (const isShared of [true, false]) {
        const codes = await codesOf(WHO[kind], 'chat.removeReply', { ...reply, by: member, isShared });
        expect(codes).toHaveLength(1);
      }
    }
    expect(await codesOf('admin', 'chat.removeReply', { ...reply, by: server.clinic.people.admin.member })).toEqual([]);
  });

  const ofBroadcasts = changes.filter(({ resource }) => resource === 'broadcast');
  test.each(ofBroadcasts)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const team = await plainDeviceOf(server, 'lee');
    await team.exchange();
    const many = broadcastBy('lee');
    await team.act('broadcast.confirm', many);
    await team.exchange();
    const args = { ...said(server.clinic.people[WHO[principal]].member), id: many.id };
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : ['not-there']);
    await team.exchange();
    expect((await team.reader.get('broadcast', many.id))?.fields['cancelledAt'] !== undefined).toBe(allowed);
  });

  const ofScheduled = changes.filter(({ resource }) => resource === 'scheduledMessage');
  test.each(ofScheduled)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const team = await plainDeviceOf(server, 'lee');
    await team.exchange();
    const later = laterBy('lee');
    await team.act('scheduledMessage.plan', later);
    await team.exchange();
    const args = { ...said(server.clinic.people[WHO[principal]].member), id: later.id };
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : ['not-there']);
    await team.exchange();
    const status = (await team.reader.get('scheduledMessage', later.id))?.fields['status'];
    expect(status).toBe(allowed ? 'cancelled' : 'planned');
  });

  const ofCovers = changes.filter(({ resource }) => resource === 'cover');
  test.each(ofCovers)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const team = await plainDeviceOf(server, 'lee');
    await team.exchange();
    const cover = coverBy('lee');
    await team.act('cover.ask', cover);
    await team.exchange();
    const args = { ...said(server.clinic.people[WHO[principal]].member), id: cover.id };
    const no = principal === 'support' ? 'not-allowed' : 'not-there';
    expect(await codesOf(WHO[principal], act, args)).toEqual(allowed ? [] : [no]);
    // Nobody but who was asked says yes.
    const yes = await codesOf(WHO[principal], 'cover.answer', { ...args, accepts: true });
    expect(yes).toEqual([principal === 'offTeamProvider' ? 'changed' : allowed ? 'not-allowed' : no]);
    await team.exchange();
    expect((await team.reader.get('cover', cover.id))?.fields['endedAt'] !== undefined).toBe(allowed);
  });

  const ofPrivate = changes.filter(({ resource }) => resource === 'privateEntry');
  test.each(ofPrivate)('$principal may $verb $resource: $allowed', async ({ principal, allowed, act }) => {
    const phone = await plainDeviceOf(server, 'ana');
    await phone.exchange();
    const args = privateBy('ana', 'privateEntry');
    await phone.act('privateEntry.addEntry', args);
    await phone.exchange();
    const id = String(args['id']);
    const said = { ...hourly('ana'), id, revisions: [] };
    expect(await codesOf(WHO[principal], act, said)).toHaveLength(allowed ? 0 : 1);
    // Named as his own, it is not in his space: nothing is done.
    if (!allowed) await codesOf(WHO[principal], act, { ...said, ...hourly(WHO[principal]) });
    await phone.exchange();
    expect((await phone.reader.get('privateEntry', id)) === undefined).toBe(allowed);
  });

  test.each(['journal.markSeen', 'journal.markNoReply', 'journal.react'])(
    'what %s made is taken back by its author alone, and leaves the client’s device',
    async (name) => {
      const [phone, team] = [await plainDeviceOf(server, 'ana'), await plainDeviceOf(server, 'lee')];
      await team.exchange();
      const made = onEntry(server, 'lee', entry, name === 'journal.react' ? WITH_YOU : {});
      await team.act(name, made);
      await team.exchange();
      await phone.exchange();
      const [type, back] =
        name === 'journal.react'
          ? (['journalReaction', 'journal.withdrawReaction'] as const)
          : (['journalReview', 'journal.takeBackReview'] as const);
      expect(await phone.reader.get(type, made.id)).toBeDefined();
      for (const who of ['ana', 'okafor', 'owner'] as const) {
        const code = who === 'ana' ? 'not-allowed' : 'not-there';
        expect(await codesOf(who, back, { ...named(who), id: made.id })).toEqual([code]);
      }
      expect(await codesOf('lee', back, { ...named('lee'), id: made.id })).toEqual([]);
      for (const device of [phone, team]) {
        await device.exchange();
        expect(await device.reader.get(type, made.id)).toBeUndefined();
        expect(await device.reader.get('journalNoReply', made.id)).toBeUndefined();
      }
    },
  );

  test('out of the front desk its staff hand over, and nobody else', async () => {
    for (const [name, codes] of [
      ['support', []],
      ['owner', []],
      ['lee', []],
      ['ana', ['not-allowed']],
      ['ben', ['not-there']],
      ['okafor', ['not-there']],
    ] as const)
      expect({ name, codes: await codesOf(name, 'chat.handOver', handOverBy(name)) }).toEqual({ name, codes });
  });

  test('the front desk is open to the client or prospect, the care team and the office, and to nobody else', async () => {
    // Of the prospect it is his own.
    const ofWhom = (kind: PrincipalKind) => server.clinic.people[kind === 'prospect' ? 'prospect' : 'ana'].client;
    for (const kind of kinds) {
      const [name, client, mayDo] = [WHO[kind], ofWhom(kind), AT_DESK.includes(kind)];
      const args = { ...said(server.clinic.people[name].member), client, kind: 'front-desk' };
      expect({ kind, refused: await codesOf(name, 'chat.open', args) }).toEqual({
        kind,
        refused: mayDo ? [] : ['not-allowed'],
      });
    }
    for (const kind of kinds) {
      const { device } = await pulled(WHO[kind]);
      const row = await device.reader.get('chatConversation', conversationIdOf(ofWhom(kind), 'front-desk'));
      expect({ kind, space: row?.space }).toEqual({
        kind,
        space: AT_DESK.includes(kind) ? deskOf(ofWhom(kind)) : undefined,
      });
    }
    const others = server.clinic.people.ben.client;
    const args = { ...said(server.clinic.people.ana.member), client: others, kind: 'front-desk' };
    expect(await codesOf('ana', 'chat.open', args)).toEqual(['not-allowed']);
    const nobodys = { ...said(server.clinic.people.support.member), client: newId(), kind: 'front-desk' };
    expect(await codesOf('support', 'chat.open', nobodys)).toEqual(['not-allowed']);
  });

  /** Sends one act from a fresh device of this member, whatever that device thinks of it; the codes of its refusals. */
  async function codesOf(name: Name, act: string, args: JsonObject, isCurrent = false): Promise<string[]> {
    const device = await plainDeviceOf(server, name);
    if (isCurrent) await device.exchange();
    await device.actLocked(act, args, new Date().toISOString());
    await device.restart();
    await device.push();
    return (await device.rejections()).map(({ code }) => code);
  }

  function named(name: Name) {
    const { ana } = server.clinic.people;
    return { ...said(server.clinic.people[name].member), client: ana.client };
  }

  /** Nothing of the time but the hour. */
  function hourly(name: Name) {
    return { by: server.clinic.people[name].member, at: '2026-11-24T09:00:00.000Z', zone: 'UTC' };
  }

  function privateBy(name: Name, type: (typeof PRIVATE)[number]): JsonObject {
    const key = newId();
    if (type === 'privateEntryWrap') {
      const wrap = { kind: 'code', salt: 'c2FsdA', sealed: SEALED };
      return { ...hourly(name), key, add: [{ id: newId(), wrap }], remove: [] };
    }
    const of = type === 'privateEntryRevision' && { entry: must(ids.get('privateEntry'), 'an entry') };
    return { ...hourly(name), id: newId(), ...of, key, sealed: SEALED };
  }

  const wrapOf = ({ add }: JsonObject): string => String((add as JsonObject[])[0]?.['id']);

  function viewBy(name: Name) {
    const question = { name: VIEW, asked: { status: 'active', order: 'birth' }, rank: 1 };
    return { ...said(server.clinic.people[name].member), id: newId(), ...question };
  }

  function snoozeBy(name: Name) {
    const until = '2030-01-01T08:00:00.000Z';
    return { ...said(server.clinic.people[name].member), id: newId(), entry: entry.id, until };
  }

  function noticesBy(name: Name) {
    return { ...said(server.clinic.people[name].member), switches: { 'comment.mail': false } };
  }

  function kindBy(name: Name) {
    const setting = { kind: 'sleep', isOn: false, questions: [] };
    return { ...said(server.clinic.people[name].member), id: newId(), setting };
  }

  function chatMarkBy(name: Name) {
    const conversation = conversationIdOf(server.clinic.people.ana.client, 'care-team');
    return { ...said(server.clinic.people[name].member), conversation, others: 1 };
  }

  function handOverBy(name: Name) {
    const quotes = [{ by: 'zq-signed', at: '2026-11-24T09:00:00.000Z', body: QUOTED }];
    return { ...named(name), message: newId(), quotes };
  }

  function hoursBy(name: Name) {
    return { ...said(server.clinic.people[name].member), id: newId(), hours: hoursSample() };
  }

  function replyBy(name: Name, isShared = false) {
    return { ...said(server.clinic.people[name].member), id: newId(), isShared, body: REPLY };
  }

  function awayBy(name: Name) {
    return { ...said(server.clinic.people[name].member), setting: awaySample(AWAY_WORDS) };
  }

  function broadcastBy(name: Name) {
    const { people } = server.clinic;
    return { ...said(people[name].member), id: newId(), ...broadcastSample([people.ana.client], TO_MANY) };
  }

  /** A provider's own, the practice's of who works in the office. */
  function automationBy(name: Name) {
    const { member } = server.clinic.people[name];
    const own = ['lee', 'okafor'].includes(name) && { member };
    return { ...said(member), id: newId(), rule: ruleSample({ trigger: 'handed-over', body: BY_RULE, ...own }) };
  }

  function laterBy(name: Name) {
    const { people } = server.clinic;
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    const message = scheduledSample(people.ana.client, sendAt, FOR_LATER);
    return { ...said(people[name].member), id: newId(), ...message };
  }

  /** Of a provider for himself; else for Lee. */
  function coverBy(name: Name) {
    const { lee, okafor } = server.clinic.people;
    const [absent, member] = name === 'okafor' ? [okafor, lee] : [lee, okafor];
    const who = { absent: absent.member, member: member.member };
    const now = Date.now();
    const time = { start: new Date(now).toISOString(), end: new Date(now + 86_400_000).toISOString() };
    return { ...said(server.clinic.people[name].member), id: newId(), ...who, ...time };
  }

  const inRoom = (name: Name) => ({ ...named(name), conversation: must(ids.get('room'), 'a community') });

  function askBy(name: Name) {
    return { ...inRoom(name), member: server.clinic.people.ana.member };
  }

  function joinBy(name: Name) {
    return { ...inRoom(name), name: CALLED };
  }

  function beginBy(name: Name) {
    return { ...said(server.clinic.people[name].member), clientsBegin: true };
  }

  function newcomerBy(name: Name) {
    const details = { legalName: NEWCOMER, birthDate: '1990-01-01' };
    return { ...said(server.clinic.people[name].member), id: NEW_CLIENT, details, status: 'active' };
  }

  function invitationBy(name: Name) {
    return {
      ...said(server.clinic.people[name].member),
      id: newId(),
      client: NEW_CLIENT,
      way: 'email',
      login: INVITED,
    };
  }

  /** Brings Ana to the archive; her thread waits for nothing. */
  function statusBy(name: Name) {
    const why = { reason: REASON, said: 'Your care here has ended.' };
    return { ...named(name), id: newId(), from: 'active', to: 'deceased', ...why };
  }

  /** And out of it. */
  const statusBack = (name: Name) => ({ ...named(name), id: newId(), from: 'deceased', to: 'active', reason: REASON });

  function welcomeBy(name: Name) {
    return { ...said(server.clinic.people[name].member), welcome: welcomeSample(GREETING) };
  }

  /** One that nobody else has added. */
  function summaryBy(name: Name, section: ResourceKind) {
    const samples = { medicationStatement: medicationSample(), condition: conditionSample() };
    const item = section in samples ? samples[section as keyof typeof samples] : allergySample({ name: ALLERGY });
    return { ...named(name), id: newId(), item: { ...item } };
  }

  /** Of a section in which something stands: what another says of it changes nothing there. */
  const noneBy = (name: Name) => ({ ...named(name), section: 'condition', none: true });

  const planBy = (name: Name) => ({ ...named(name), id: newId(), changes: { signs: PLANNED } });

  function contactBy(name: Name) {
    return { ...named(name), details: CONTACT };
  }

  function argsFor(resource: ResourceKind): JsonObject {
    const own = PRIVATE.find((type) => type === resource);
    if (own) return privateBy('ana', own);
    if (resource === 'client') return { ...newcomerBy('support'), id: newId() };
    if (resource === 'clientStatusChange') return statusBy('support');
    if (resource === 'invitation') return invitationBy('support');
    if (resource === 'contact') return { ...contactBy('support'), id: newId() };
    if (SUMMARY.some((section) => section === resource)) return summaryBy('lee', resource);
    if (resource === 'nilKnown') return noneBy('lee');
    if (resource === 'safetyPlan') return planBy('lee');
    if (resource === 'entryKind') return kindBy('owner');
    if (resource === 'chatConversation') return { ...named('ana'), kind: 'care-team' };
    if (resource === 'chatInvitation') return askBy('lee');
    if (resource === 'chatParticipant') return joinBy('ana');
    if (resource === 'chatSetting') return beginBy('owner');
    if (resource === 'chatMark') return chatMarkBy('ana');
    if (resource === 'officeHours') return hoursBy('owner');
    if (resource === 'away') return awayBy('lee');
    if (resource === 'broadcast') return broadcastBy('lee');
    if (resource === 'scheduledMessage') return laterBy('lee');
    if (resource === 'welcome') return welcomeBy('owner');
    if (resource === 'journalSnooze') return { ...snoozeBy('lee') };
    if (resource === 'chatSavedReply') return replyBy('lee');
    if (resource === 'savedView') return viewBy('lee');
    if (resource === 'notificationSettings') return noticesBy('ana');
    if (resource === 'journalReceipts') return { ...named('ana'), receipts: 'never' };
    if (resource === 'protection') return { ...named('lee'), id: newId(), reason: REASON };
    if (resource === 'journalEntry') return { ...entry, id: newId(), content: { text: 'new' } };
    const words: JsonObject =
      resource === 'journalComment'
        ? { body: 'new' }
        : resource === 'journalRevision'
          ? { content: { text: 'new' } }
          : resource === 'journalReaction'
            ? WITH_YOU
            : resource === 'journalGivenUp'
              ? { file: FILE }
              : {};
    return { ...onEntry(server, 'ana', entry), ...words };
  }

  test('what nobody may do has no mutator: there is no other way to write', () => {
    const others = MATRIX.filter(({ verb, allowed }) => (verb === 'update' || verb === 'delete') && allowed);
    const changed = others.map(({ verb, resource }) => `${verb} ${resource}`);
    expect(new Set(changed)).toEqual(new Set([...Object.keys(CHANGERS), ...ALONG]));
    const known = [...Object.values(MUTATORS), ...Object.values(CHANGERS)];
    const written = Object.values(declared.mutators).filter(({ name }) => !known.includes(name));
    expect(written.map(({ name }) => name).sort()).toEqual(OTHER_ACTS);
    // Files come by no act (`server/files`).
    const made = MATRIX.filter(
      ({ verb, allowed, resource }) => verb === 'create' && allowed && resource !== 'file',
    ).map(({ resource }) => resource);
    expect(new Set(made)).toEqual(new Set(Object.keys(MUTATORS)));
  });

  test('who is not signed in, and who is but not here, is answered with nothing', async () => {
    const ana = server.clinic.people.ana;
    const bodies: Record<string, JsonObject> = {
      hello: { protocols: [1], membership: ana.member, device: newId(), build: 'test' },
      pull: { membership: ana.member, device: newId(), epoch: null, cursor: 0, digest: '', fill: null, ladder: [] },
      push: {
        membership: ana.member,
        device: newId(),
        mutations: [{ n: 1, mid: newId(), name: 'sync.void', v: 1, args: {}, base: 0, at: '' }],
      },
      parcels: {
        membership: ana.member,
        device: newId(),
        parcels: [{ header: { user: ana.member, device: newId(), n: 1, mid: newId(), kind: 'mutation' }, sealed: '' }],
      },
    };
    for (const [call, body] of Object.entries(bodies)) {
      const ask = async (practice: string, headers: Record<string, string>) => {
        const url = `http://interlude.test/sync/${practice}/${call}`;
        const response = await server.fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
        const answer = (await response.json()) as { error?: { code: string } };
        return `${response.status} ${answer.error?.code} ${JSON.stringify(answer).includes(MARKER)}`;
      };
      expect(await ask('willow', {})).toBe('401 not-signed-in false');
      expect(await ask('nowhere', { [USER_HEADER]: ana.user })).toBe('404 not-found false');
      expect(await ask('harbor', { [USER_HEADER]: ana.user })).toBe('404 not-found false');
      expect(await ask('willow', { [USER_HEADER]: 'user-harborProvider' })).toBe('404 not-found false');
      expect(await ask('willow', { [USER_HEADER]: 'user-okafor' })).toBe('401 wrong-person false');
    }
  });

  test('no answer was a bug', () => expect(server.bugs).toEqual([]));
});
