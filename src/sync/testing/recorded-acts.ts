// What is done in a recording: every mutator of the app at least once accepted, with all the members that its arguments may
// have, and some that are refused. Who adds a mutator adds an act here, and records (`npm run record`).

import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import { awaySample } from '../../features/away/samples.ts';
import { broadcastSample } from '../../features/broadcast/samples.ts';
import { allergySample, conditionSample, medicationSample } from '../../features/chart-summary/samples.ts';
import { conversationIdOf } from '../../features/chat/schema.ts';
import { participantIdOf } from '../../features/chat/schema-community.ts';
import { contactSample } from '../../features/contact/samples.ts';
import { hoursSample } from '../../features/office-hours/samples.ts';
import { planSample } from '../../features/safety-plan/samples.ts';
import { ruleSample } from '../../features/automation/samples.ts';
import { scheduledSample } from '../../features/scheduled-message/samples.ts';
import { welcomeSample } from '../../features/welcome/samples.ts';
import { clientActs } from './recorded-clients.ts';
import type { Name, RecordedClinic } from '../../../server/testing/clinic.ts';

export interface RecordedAct {
  readonly name: string;
  readonly args: JsonObject;
  /** The server says no. */
  readonly refused?: true;
  /** Its author gives it up before it was sent. */
  readonly discarded?: true;
}

export interface Scene {
  readonly who: Name;
  /** Written on the lock screen, and sent from there. */
  readonly locked?: true;
  readonly acts: readonly RecordedAct[];
}

/** As an entry names one: what lies behind it is no matter here. */
function photo(n: number): JsonObject {
  const ref = (of: number, size: number) => ({ id: String(of).repeat(64), key: String(of).repeat(43), size });
  return { ...ref(n, 310_000), type: 'image/jpeg', width: 1600, height: 1200, thumb: ref(n + 4, 14_000) };
}

/** Sealed for nobody: what lies in it is no matter here. */
function privateActs(hers: JsonObject): RecordedAct[] {
  const [key, other, old, first, gone, wording] = [newId(), newId(), newId(), newId(), newId(), newId()];
  const sealed = 'AQ' + 'c2VhbGVk'.repeat(20);
  const salt = 'c2FsdHNhbHRzYWx0c2FsdA';
  const wraps = [
    { kind: 'password', salt, memoryKib: 65_536, passes: 3, sealed },
    { kind: 'key', by: other, sealed },
  ];
  const act = (name: string, args: JsonObject) => ({ name: `privateEntry.${name}`, args: { ...hers, ...args } });
  return [
    act('changeWraps', { key, add: [{ id: old, wrap: { kind: 'code', salt, sealed } }], remove: [] }),
    act('changeWraps', { key, add: wraps.map((wrap) => ({ id: newId(), wrap })), remove: [old] }),
    act('addEntry', { id: first, key, sealed }),
    act('addEntry', { id: gone, key, sealed }),
    act('reviseEntry', { id: newId(), entry: first, key, sealed }),
    act('reviseEntry', { id: wording, entry: gone, key, sealed }),
    act('removeEntry', { id: gone, revisions: [wording] }),
  ];
}

/** What must be known of a client, said and corrected. */
function summaryActs(his: JsonObject): RecordedAct[] {
  const [first, second] = [newId(), newId()];
  const act = (name: string, args: JsonObject) => ({ name: `chartSummary.${name}`, args: { ...his, ...args } });
  const [dose, more] = [medicationSample({ note: 'With food.' }), medicationSample({ dose: '75 mg', note: null })];
  return [
    act('sayNone', { section: 'allergyIntolerance', none: true }),
    act('sayNone', { section: 'condition', none: true }),
    act('sayNone', { section: 'condition', none: false }),
    act('addItem', { id: first, item: { ...allergySample() } }),
    act('addItem', { id: second, item: { ...dose } }),
    act('addItem', { id: newId(), item: { ...conditionSample() } }),
    act('changeItem', { id: second, item: { ...more }, seen: { ...dose } }),
  ];
}

/** What goes by itself, and to many. */
function automaticActs(his: { by: string; at: string; zone: string }, client: string): RecordedAct[] {
  const many = newId();
  const night = { from: '17:00', to: '08:00' };
  const weekly = { days: ['day', night, 'off', 'off', 'off', 'off', 'day'], text: 'At night.', zone: his.zone };
  const once = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-09T00:00:00.000Z', text: 'On leave.' };
  return [
    { name: 'away.choose', args: { ...his, setting: { ...awaySample(), once, weekly } } },
    { name: 'broadcast.confirm', args: { ...his, id: many, ...broadcastSample([client]) } },
    { name: 'broadcast.cancel', args: { ...his, id: many } },
  ];
}

/** What is to go at its time. */
function laterActs(his: { by: string; at: string; zone: string }, client: string): RecordedAct[] {
  const [id, sendAt] = [newId(), new Date(Date.parse(his.at) + 7 * 86_400_000).toISOString()];
  const message = scheduledSample(client, sendAt);
  const seen = { body: message.body, sendAt };
  const [rule, own] = [newId(), ruleSample({ member: his.by, delayDays: 2 })];
  const act = (name: string, args: JsonObject = {}) => ({
    ...{ name: `scheduledMessage.${name}`, args: { ...his, id, ...args } },
  });
  return [
    act('plan', { ...message, replyTo: newId() }),
    act('change', { body: 'And the second week?', sendAt, seen }),
    act('cancel'),
    act('restore'),
    act('sendNow'),
    { name: 'automation.decide', args: { ...his, id: rule, rule: own } },
    { name: 'automation.decide', args: { ...his, id: rule, rule: { ...own, isOn: false }, seen: own } },
    act('plan', { id: newId(), kind: 'staff', conversation: newId(), body: 'Before we meet.', sendAt }),
  ];
}

/** Far off, since it is judged again whenever the recording is. */
const AWAY_THEN = { start: '2098-12-20T08:00:00.000Z', end: '2099-01-03T08:00:00.000Z' };

/** Who stands in, and the one who was asked for it. */
function coverActs(his: { by: string; at: string; zone: string }, id: string, member: string): RecordedAct[] {
  return [
    { name: 'cover.ask', args: { ...his, id, absent: his.by, member, ...AWAY_THEN } },
    { name: 'cover.end', args: { ...his, id } },
    { name: 'cover.resume', args: { ...his, id } },
  ];
}

/** What the staff decide about answers, and about a conversation. */
function replyActs(his: { by: string; at: string; zone: string }, client: string): RecordedAct[] {
  const thread = { ...his, client, kind: 'care-team' };
  const reply = { ...thread, message: newId() };
  const through = his.at;
  return [
    { name: 'chat.assignReply', args: reply },
    { name: 'chat.assignReply', args: { ...reply, kind: 'front-desk', member: his.by } },
    { name: 'chat.snoozeReply', args: { ...reply, until: '2027-01-01T17:00:00.000Z', through } },
    { name: 'chat.settleReply', args: { ...reply, outcome: 'no-reply', through } },
    { name: 'chat.reopenReply', args: reply },
    { name: 'chat.close', args: { ...thread, reason: 'Your care here has ended.' } },
    { name: 'chat.close', args: thread },
    { name: 'chat.archive', args: { ...his, conversation: conversationIdOf(client, 'care-team'), through } },
  ];
}

interface Around {
  readonly room: string;
  readonly client: string;
  /** Hers. */
  readonly member: string;
  readonly colleague: string;
}

/** What is begun beside the conversations that stand, and what is decided of all. */
function begunActs(
  his: { by: string; at: string; zone: string },
  { room, client, member, colleague }: Around,
): RecordedAct[] {
  const [direct, staff] = [newId(), newId()];
  const begin = (id: string, args: JsonObject) => ({ name: 'chat.begin', args: { ...his, id, ...args } });
  const reply = { ...his, client, kind: 'direct', conversation: direct, message: newId() };
  return [
    begin(direct, { kind: 'direct', client, member: his.by, topic: 'The week in the mountains' }),
    begin(newId(), { kind: 'direct', client, member: his.by }),
    begin(staff, { kind: 'staff', client, topic: 'Before Tuesday' }),
    begin(newId(), { kind: 'staff', topic: 'The new phones' }),
    begin(room, { kind: 'community', topic: 'Breakfast club' }),
    { name: 'chat.ask', args: { ...his, conversation: room, client, member } },
    { name: 'chat.takeIn', args: { ...his, conversation: room, member: colleague } },
    { name: 'chat.assignReply', args: reply },
    { name: 'chat.end', args: { ...his, conversation: staff, reason: 'Done.' } },
    { name: 'chat.end', args: { ...his, conversation: staff } },
    { name: 'chat.turnOff', args: { ...his, client, reason: 'In hospital.' } },
    { name: 'chat.turnOff', args: { ...his, client } },
  ];
}

const quote = { by: 'user-of-a-client', at: '2026-11-24T09:00:00.000Z', body: 'The new pills make me dizzy.' };

/** The same of a voice note. */
function voice(n: number): JsonObject {
  const type = ['audio/webm', 'audio/mp4', 'audio/ogg'][n % 3];
  return { id: String(n).repeat(64), key: String(n).repeat(43), size: 120_000, type, seconds: 42 };
}

/** An answer to each question of the kinds that came later. */
const ANSWERS = {
  food: { meal: 'snack', hunger: 4 },
  workout: { activity: 'bike', durationMin: 35, effort: 6, exerciseKcal: 210 },
  water: { volumeMl: 300 },
  sleep: { sleepH: 7.5, restful: 4, wakings: 1 },
  bowel: { stool: 'type4' },
  medication: { medicine: 'Sertraline 50 mg', taken: 'late' },
  urge: { urge: 7, acted: 'partly' },
};

/** The scenes in order; each is written without a network by somebody who has fetched all that came before. */
export function scenesOf({ people, rows }: RecordedClinic, at: (scene: number) => string): Scene[] {
  const by = (who: Name, scene: number) => ({ by: people[who].member, at: at(scene), zone: 'America/Chicago' });
  const hers = { ...by('ana', 0), client: people.ana.client };
  const his = { ...by('lee', 1), client: people.ana.client };
  const [first, food, mood, symptom, wording] = [newId(), newId(), newId(), newId(), newId()];
  const [mother, hall] = [newId(), newId()];
  const spoken = newId();
  const [more, seen, reaction, flag, given, snooze] = [newId(), newId(), newId(), newId(), newId(), newId()];
  const [reply, cover, view] = [newId(), newId(), newId()];
  const place = must(
    rows.willow.find(({ type }) => type === 'careTeamMember'),
    'a place',
  ).id;
  const read = { wording, comment: more };
  const toDo = { note: 'Call before noon.', dueAt: '2027-01-01T17:00:00.000Z' };
  const room = newId();
  const [decision, own, score] = [newId(), newId(), newId()];
  const asked = (name: string, isOn = true) => ({ asked: name, isOn });
  const ownQuestions = [
    { own: { id: own, label: 'Who was there?', is: 'line' }, isOn: true },
    { own: { id: score, label: 'Score', is: 'number', unit: 'pt', sensitive: true }, isOn: true },
    { own: { id: newId(), label: 'Where?', is: 'choice', of: ['At home', 'Out'] }, isOn: false },
  ];
  const sleep = { kind: 'sleep', isOn: true, questions: [asked('sleepH'), asked('wakings', false), ...ownQuestions] };
  const entry = (id: string, kind: string, content: JsonObject) => ({
    name: 'journal.addEntry',
    args: { ...hers, id, kind, content },
  });
  const short = { kind: 'other', value: 'Front desk, building C' };
  return [
    {
      who: 'ana',
      acts: [
        entry(first, 'reflection', { text: 'Said no to the extra shift.' }),
        entry(food, 'food', { text: 'Soup and bread', meal: 'lunch', energyKcal: 643, portionG: 287.5 }),
        entry(mood, 'mood', { text: '', mood: 3 }),
        entry(newId(), 'reflection', { text: '', media: [photo(1), photo(2)] }),
        entry(newId(), 'mood', { text: '', media: [voice(6), voice(7), photo(1)] }),
        { ...entry(newId(), 'mood', { text: 'given up' }), discarded: true },
        entry(symptom, 'symptom', { text: 'Neck stiff, يا إلهي 🌧', severity: 0, weightKg: 58.7 }),
        {
          name: 'journal.reviseEntry',
          args: {
            ...hers,
            id: wording,
            entry: first,
            content: { text: 'Said no to the extra shift, calmly.', media: [photo(3)] },
          },
        },
        { name: 'journal.addComment', args: { ...hers, id: more, entry: first, body: 'One more thing.' } },
        {
          name: 'journal.addComment',
          args: { ...hers, id: spoken, entry: first, body: '', media: [voice(8)] },
        },
        {
          name: 'journal.addEntry',
          args: { ...hers, client: people.ben.client, id: newId(), kind: 'mood', content: { text: 'not her chart' } },
          refused: true,
        },
        { name: 'journal.giveUpFile', args: { ...hers, id: newId(), entry: first, file: '3'.repeat(64) } },
        {
          name: 'journal.giveUpFile',
          args: { ...hers, id: newId(), entry: first, comment: spoken, file: '8'.repeat(64) },
        },
        { name: 'journal.chooseReceipts', args: { ...hers, receipts: 'reply' } },
        {
          name: 'notification.choose',
          args: {
            ...by('ana', 0),
            ...{ switches: { 'comment.push': false, 'reaction.mail': true }, quiet: { from: 22, to: 7 } },
            ...{ digestHour: 9, language: 'es' },
          },
        },
        { name: 'notification.choose', args: { ...by('ana', 0), quiet: 'off' } },
        { name: 'chat.open', args: { ...hers, kind: 'care-team' } },
        { name: 'chat.open', args: { ...hers, kind: 'front-desk' } },
        { name: 'chat.open', args: { ...hers, client: people.ben.client, kind: 'front-desk' }, refused: true },
        {
          name: 'chat.markRead',
          args: { ...by('ana', 0), conversation: conversationIdOf(people.ana.client, 'care-team'), others: 7 },
        },
        ...Object.entries(ANSWERS).map(([kind, content]) => ({
          name: 'journal.addEntry',
          args: { ...hers, id: newId(), kind, content: { text: '', ...content } },
        })),
        {
          name: 'journal.addEntry',
          args: {
            ...hers,
            id: newId(),
            kind: 'sleep',
            content: { text: 'Short.', sleepH: 4.25, own: { [own]: 'My sister' }, ownSensitive: { [score]: 12.5 } },
          },
        },
        entry(newId(), 'reflection', { text: 'After what is refused.' }),
        ...privateActs({ ...by('ana', 0), at: '2026-11-24T09:00:00.000Z', zone: 'UTC' }),
      ],
    },
    {
      who: 'lee',
      acts: [
        { name: 'journal.addComment', args: { ...his, id: newId(), entry: first, body: 'That is a real step.' } },
        {
          name: 'journal.addComment',
          args: { ...his, id: newId(), entry: first, body: 'As I drew it.', media: [photo(2), voice(9)] },
        },
        {
          name: 'journal.giveUpFile',
          args: { ...his, id: newId(), entry: first, file: '3'.repeat(64) },
          refused: true,
        },
        { name: 'journal.markSeen', args: { ...his, id: seen, entry: first, wording } },
        { name: 'journal.markSeen', args: { ...his, id: newId(), entry: mood } },
        { name: 'journal.markSeen', args: { ...his, id: newId(), entry: first, wording, comment: more } },
        { name: 'journal.takeBackReview', args: { ...his, id: seen } },
        { name: 'journal.markNoReply', args: { ...his, ...read, id: newId(), entry: first } },
        { name: 'journal.react', args: { ...his, ...read, id: reaction, entry: first, reaction: 'with-you' } },
        { name: 'journal.withdrawReaction', args: { ...his, id: reaction } },
        { name: 'journal.react', args: { ...his, id: newId(), entry: mood, reaction: 'well-done' } },
        { name: 'journal.flagEntry', args: { ...his, ...toDo, id: flag, entry: first } },
        { name: 'journal.delegateEntry', args: { ...his, ...toDo, id: given, entry: mood, place } },
        { name: 'task.startTask', args: { ...his, id: given } },
        { name: 'task.cancelTask', args: { ...his, id: given } },
        { name: 'task.reopenTask', args: { ...his, id: given } },
        { name: 'task.completeTask', args: { ...his, id: flag } },
        {
          name: 'journal.snoozeEntry',
          args: { ...by('lee', 1), ...read, id: snooze, entry: first, until: '2027-01-01T08:00:00.000Z' },
        },
        { name: 'journal.wakeEntry', args: { ...by('lee', 1), id: snooze } },
        {
          name: 'chat.saveReply',
          args: { ...by('lee', 1), id: reply, isShared: false, body: 'I read on working days.' },
        },
        { name: 'chat.removeReply', args: { ...by('lee', 1), id: reply, isShared: false } },
        {
          name: 'savedView.keep',
          args: { ...by('lee', 1), id: view, name: 'Waiting', asked: { only: 'reply', order: 'birth' }, rank: 0 },
        },
        { name: 'savedView.remove', args: { ...by('lee', 1), id: view } },
        {
          name: 'journal.reviseEntry',
          args: { ...his, id: newId(), entry: food, content: { text: 'not his words' } },
          refused: true,
        },
        {
          name: 'contact.addContact',
          args: { ...his, id: mother, details: { ...contactSample({ note: 'Best before noon.' }) } },
        },
        { name: 'contact.addContact', args: { ...his, id: hall, details: short } },
        {
          name: 'contact.changeContact',
          args: {
            ...his,
            id: mother,
            changes: { value: '+1 555 010 0199', name: null },
            seen: { ...contactSample({ note: 'Best before noon.' }) },
          },
        },
        { name: 'contact.removeContact', args: { ...his, id: hall, seen: short } },
        { name: 'contact.restoreContact', args: { ...his, id: hall, details: short } },
        { name: 'protection.setProtection', args: { ...his, id: newId(), reason: 'Counts several times a day.' } },
        { name: 'protection.liftProtection', args: { ...his, id: newId(), reason: 'Agreed to end it.' } },
        ...summaryActs(his),
        { name: 'safetyPlan.changePlan', args: { ...his, id: newId(), changes: { ...planSample() } } },
        { name: 'safetyPlan.changePlan', args: { ...his, id: newId(), changes: { alone: 'Paint.' }, beside: true } },
        ...replyActs(by('lee', 1), people.ana.client),
        ...automaticActs(by('lee', 1), people.ana.client),
        ...laterActs(by('lee', 1), people.ana.client),
        ...coverActs(by('lee', 1), cover, people.okafor.member),
        ...begunActs(by('lee', 1), { room, ...people.ana, colleague: people.okafor.member }),
      ],
    },
    {
      who: 'admin',
      acts: [
        { name: 'entryKind.decideKind', args: { ...by('admin', 2), id: decision, setting: sleep } },
        { name: 'chat.saveReply', args: { ...by('admin', 2), id: newId(), isShared: true, body: 'Call us at 9.' } },
        ...clientActs(by('admin', 2), people.lee.member),
        { name: 'welcome.wordWelcome', args: { ...by('admin', 2), welcome: welcomeSample() } },
        { name: 'chat.decideBegin', args: { ...by('admin', 2), clientsBegin: true } },
        { name: 'officeHours.decide', args: { ...by('admin', 2), id: newId(), hours: hoursSample() } },
        {
          name: 'chat.handOver',
          args: { ...by('admin', 2), client: people.ana.client, message: newId(), quotes: [quote] },
        },
        {
          name: 'entryKind.decideKind',
          args: { ...by('admin', 2), id: newId(), basis: decision, setting: { ...sleep, isOn: false } },
        },
        {
          name: 'entryKind.decideKind',
          args: {
            ...by('admin', 2),
            id: newId(),
            setting: { kind: newId(), name: 'Gratitude', isOn: true, questions: [] },
          },
        },
        {
          name: 'contact.changeContact',
          args: {
            ...his,
            ...by('admin', 2),
            id: mother,
            changes: { relationship: 'Aunt' },
            seen: { kind: 'emergency', value: '+1 555 010 0199' },
          },
        },
        { name: 'contact.removeContact', args: { ...his, ...by('admin', 2), id: hall, seen: short } },
        {
          name: 'protection.setProtection',
          args: { ...his, ...by('admin', 2), id: newId(), reason: 'not the office’s to set' },
          refused: true,
        },
      ],
    },
    {
      who: 'ana',
      acts: [
        { name: 'chat.join', args: { ...hers, ...by('ana', 3), conversation: room, name: 'Sunny' } },
        {
          name: 'chat.begin',
          args: { ...hers, ...by('ana', 3), id: newId(), kind: 'direct', member: people.lee.member },
        },
      ],
    },
    {
      who: 'lee',
      acts: [
        ...['chat.takeOut', 'chat.putBack'].map((name) => ({
          name,
          args: { ...by('lee', 4), conversation: room, participant: participantIdOf(room, people.okafor.member) },
        })),
        {
          name: 'chat.leave',
          args: { ...by('lee', 4), conversation: room, staying: people.okafor.member },
        },
      ],
    },
    {
      who: 'ana',
      locked: true,
      acts: [
        {
          name: 'journal.addEntry',
          args: { ...hers, ...by('ana', 5), id: newId(), kind: 'reflection', content: { text: 'On the lock screen.' } },
        },
      ],
    },
    {
      who: 'okafor',
      acts: [
        { name: 'cover.answer', args: { ...by('okafor', 4), id: cover, accepts: true } },
        { name: 'cover.answer', args: { ...by('okafor', 4), id: cover } },
      ],
    },
  ];
}
