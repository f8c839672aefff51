// The policy table of security.md 1.3 for what exists, in full: who may do what with which resource. Tests hold `decide` and
// the running server to it, cell by cell. It is written by hand, not derived from the policies it judges.

import type { Verb } from '../sync/core/policy.ts';

export const PRINCIPALS = [
  'prospect',
  'self',
  'otherClient',
  'teamProvider',
  'offTeamProvider',
  'support',
  'admin',
  'owner',
  'otherPractice',
  'notSignedIn',
] as const;
export type PrincipalKind = (typeof PRINCIPALS)[number];

export const RESOURCES = [
  'journalEntry',
  'journalRevision',
  'journalComment',
  'journalReview',
  'file',
  'journalGivenUp',
  'journalReaction',
  'journalNoReply',
  'journalSnooze',
  'journalReceipts',
  'notificationSettings',
  'privateEntry',
  'privateEntryRevision',
  'privateEntryWrap',
  'task',
  'scheduledMessage',
  'automation',
  'client',
  'careTeamMember',
  'clientStatusChange',
  'invitation',
  'contact',
  'allergyIntolerance',
  'medicationStatement',
  'condition',
  'nilKnown',
  'safetyPlan',
  'safetyPlanRevision',
  'protection',
  'protectionFact',
  'entryKind',
  'chatConversation',
  'chatHead',
  'chatMark',
  'chatSetting',
  'chatParticipant',
  'chatInvitation',
  'away',
  'cover',
  'coverNotice',
  'queueAge',
  'broadcast',
  'broadcastProgress',
  'welcome',
  'chatHandOver',
  'chatPassedOn',
  'officeHours',
  'chatSavedReply',
  'savedView',
  'member',
  'practice',
] as const;
export type ResourceKind = (typeof RESOURCES)[number];

export const VERBS: readonly Verb[] = ['read', 'create', 'update', 'delete'];

type Cell = readonly [principal: PrincipalKind, allowed: string];

/** Letters: r read, c create, u update, d delete. A principal that is not named may do nothing. */
const TABLE: Readonly<Record<ResourceKind, readonly Cell[]>> = {
  // The client writes, her care team reads; nobody changes what was sent. A prospect's journal is not open to him.
  journalEntry: [
    ['self', 'rc'],
    ['teamProvider', 'r'],
  ],
  // Of an entry that the client herself wrote.
  journalRevision: [
    ['self', 'rc'],
    ['teamProvider', 'r'],
  ],
  journalComment: [
    ['self', 'rc'],
    ['teamProvider', 'rc'],
  ],
  journalReview: [
    ['self', 'r'],
    ['teamProvider', 'rc'],
  ],
  // Of a file that the client herself has added.
  journalGivenUp: [
    ['self', 'rc'],
    ['teamProvider', 'r'],
  ],
  // Photos and voice notes of entries, comments and messages in a chart: what a server may keep and hand out, and to whom.
  file: [
    ['self', 'rc'],
    ['teamProvider', 'rc'],
  ],
  journalReaction: [
    ['self', 'r'],
    ['teamProvider', 'rc'],
  ],
  // "No reply needed": for the care team; a client must never be told.
  journalNoReply: [['teamProvider', 'rc']],
  // Of the team's provider, in his own space: nobody else's to see, whatever their relations.
  journalSnooze: [['teamProvider', 'rcd']],
  // What the client wants to be told: hers alone to choose.
  journalReceipts: [
    ['self', 'rc'],
    ['teamProvider', 'r'],
  ],
  // What a member wants to hear of: his own, whatever his role. Here it is the client's.
  notificationSettings: [['self', 'rc']],
  // For herself alone: ciphertext, and the ways to its key. No staff, whatever their relations.
  privateEntry: [['self', 'rcd']],
  privateEntryRevision: [['self', 'rcd']],
  privateEntryWrap: [['self', 'rcd']],
  // Flags and delegations: the care team's work; never the client's to see, and not the office's.
  task: [['teamProvider', 'rcu']],
  // What is to be said to a client later, here from her care team: that team's alone until it goes. The front desk's is tested beside.
  scheduledMessage: [['teamProvider', 'rcu']],
  // By what rules clients are told something: all staff know them. The practice's the office decides, his own a provider: the act says which.
  automation: [
    ['teamProvider', 'rc'],
    ['offTeamProvider', 'rc'],
    ['support', 'rc'],
    ['admin', 'rc'],
    ['owner', 'rc'],
  ],
  // Name, birth date, status: the office and the care team. Of whose client somebody new is to be, the act says.
  client: [
    ['teamProvider', 'rcu'],
    ['offTeamProvider', 'c'],
    ['support', 'rcu'],
    ['admin', 'rcu'],
    ['owner', 'rcu'],
  ],
  // Who is her primary provider: office and care team settle it; the front desk only where nobody is, which the act says.
  careTeamMember: [
    ['teamProvider', 'ru'],
    ['support', 'ru'],
    ['admin', 'ru'],
    ['owner', 'ru'],
  ],
  // How her care begins and ends, each change for good. What of it is clinical is the act's to say.
  clientStatusChange: [
    ['teamProvider', 'rc'],
    ['support', 'rc'],
    ['admin', 'rc'],
    ['owner', 'rc'],
  ],
  // That she was asked to sign in: she has it in a letter or on paper, and no device of hers has the row.
  invitation: [
    ['teamProvider', 'rcu'],
    ['support', 'rcu'],
    ['admin', 'rcu'],
    ['owner', 'rcu'],
  ],
  // People and numbers of a client: office and care team alike; never the client.
  contact: [
    ['teamProvider', 'rcud'],
    ['support', 'rcud'],
    ['admin', 'rcud'],
    ['owner', 'rcud'],
  ],
  // What everybody who treats her must know: the care team's. The office has no word of it, and she what is released, which this is not.
  allergyIntolerance: [['teamProvider', 'rcu']],
  medicationStatement: [['teamProvider', 'rcu']],
  condition: [['teamProvider', 'rcu']],
  nilKnown: [['teamProvider', 'rc']],
  // What to do when it gets hard: hers and her care team's, written by both, each change kept.
  safetyPlan: [
    ['self', 'rc'],
    ['teamProvider', 'rc'],
  ],
  safetyPlanRevision: [
    ['self', 'r'],
    ['teamProvider', 'r'],
  ],
  // The eating-disorder preset: the care team alone, and every act about it is kept.
  protection: [['teamProvider', 'rcu']],
  protectionFact: [['teamProvider', 'r']],
  // What is asked in a journal: everybody's forms are drawn from it; owner and admins decide it, once and for all to see.
  entryKind: everyone('r').map(([name]) => [name, name === 'owner' || name === 'admin' ? 'rc' : 'r']),
  // The thread with the care team: not the office's, whoever asks there, and not a prospect's. The relay alone writes its header.
  chatConversation: [
    ['self', 'rc'],
    // The staff of it close it for all.
    ['teamProvider', 'rcu'],
  ],
  chatHead: [
    ['self', 'r'],
    ['teamProvider', 'r'],
  ],
  // How far somebody has read: his own, whatever his role. Here it is the client's.
  chatMark: [['self', 'rc']],
  // What is decided of the practice's conversations. A client's is tested beside the table.
  chatSetting: everyone('r').map(([name]) => [name, name === 'owner' || name === 'admin' ? 'rc' : 'r']),
  // Of a community in which both are, and to which the client was asked. She alone comes in by herself; the staff of it take in and out.
  chatParticipant: [
    ['self', 'rcu'],
    ['teamProvider', 'ru'],
  ],
  // That a client was asked to a community: she and her care team know it, and it is the care team's to ask.
  chatInvitation: [
    ['self', 'r'],
    ['teamProvider', 'rc'],
  ],
  // When a provider is away: his to say, his own clients' to read. Here it is the team's provider.
  away: [
    ['self', 'r'],
    ['teamProvider', 'rc'],
  ],
  // Who stands in for whom: all staff know it. Providers agree on it, owner and admins settle it; which of them, the act says.
  cover: [
    ['teamProvider', 'rcu'],
    ['offTeamProvider', 'rcu'],
    ['support', 'r'],
    ['admin', 'rcu'],
    ['owner', 'rcu'],
  ],
  // What the clients of who is away are told of it, as they are told that he is; the server alone writes it.
  coverNotice: [
    ['self', 'r'],
    ['teamProvider', 'r'],
  ],
  // How long clients wait: for who runs the practice, without a client or a word. The server alone counts.
  queueAge: [
    ['admin', 'r'],
    ['owner', 'r'],
  ],
  // To whom somebody has written: nobody's but his own; and how far it has come, which the server alone writes.
  broadcast: [['teamProvider', 'rcu']],
  broadcastProgress: [['teamProvider', 'r']],
  // What clients are told first: the office words it, and all staff know it.
  welcome: [
    ['teamProvider', 'r'],
    ['offTeamProvider', 'r'],
    ['support', 'rc'],
    ['admin', 'rc'],
    ['owner', 'rc'],
  ],
  // What the front desk handed over, as it stands in the care team's thread; it is made in the desk's.
  chatHandOver: [
    ['self', 'r'],
    ['teamProvider', 'r'],
  ],
  // Who answers where somebody has left; the server alone writes it.
  chatPassedOn: [
    ['self', 'r'],
    ['teamProvider', 'r'],
  ],
  // When the practice answers: said to everybody before sending; owner and admins decide it.
  officeHours: everyone('r').map(([name]) => [name, name === 'owner' || name === 'admin' ? 'rc' : 'r']),
  // What the team's provider writes often: his own, nobody else's to see. The practice's are tested beside the table.
  chatSavedReply: [['teamProvider', 'rcd']],
  // What he asks of the client list again and again: his own, whatever relations others have.
  savedView: [['teamProvider', 'rcd']],
  // Names and roles of staff, and the practice itself: every signed-in member of this practice.
  member: everyone('r'),
  practice: everyone('r'),
};

function everyone(allowed: string): Cell[] {
  return PRINCIPALS.filter((name) => name !== 'otherPractice' && name !== 'notSignedIn').map((name) => [name, allowed]);
}

/** Who takes part in the thread with the front desk: reads it, begins it and writes in it. */
export const AT_DESK: readonly PrincipalKind[] = ['self', 'prospect', 'teamProvider', 'support', 'admin', 'owner'];
/** And in the thread with the care team. */
export const IN_CARE: readonly PrincipalKind[] = ['self', 'teamProvider'];

/** Every cell, allowed or not. */
export const MATRIX = RESOURCES.flatMap((resource) =>
  PRINCIPALS.flatMap((principal) =>
    VERBS.map((verb) => {
      const letters = TABLE[resource].find(([name]) => name === principal)?.[1] ?? '';
      return { resource, principal, verb, allowed: letters.includes(verb.slice(0, 1)) };
    }),
  ),
);
