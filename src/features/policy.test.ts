import { describe, expect, test } from 'vitest';
import { decide } from '../sync/core/policy.ts';
import type { Principal, Resource } from '../sync/core/policy.ts';
import { TupleIndex } from '../sync/core/tuples.ts';
import { AT_DESK, IN_CARE, MATRIX } from './policy-matrix.ts';
import type { PrincipalKind, ResourceKind } from './policy-matrix.ts';
import { chatPolicy, maySay, maySayStill } from './chat/policy.ts';
import { declared } from './shared.ts';
import { caseloadOf } from './spaces.ts';
import {
  chartOf,
  communityOf,
  deskOf,
  directOf,
  MANAGERS,
  officeOf,
  PRACTICE,
  PUBLIC,
  staffOf,
  userOf,
} from './space-names.ts';

const CLIENT = 'client-1';
const OTHER = 'client-2';
// Who is a provider of another practice is turned away at the door of this one (server/accept); by his role alone he is one here.
const STAFF = ['teamProvider', 'offTeamProvider', 'support', 'admin', 'owner', 'otherPractice'];

/** Roles, and the relations that hold for this member. `otherPractice` has the strongest ones, of another client. */
const PEOPLE: Record<Exclude<PrincipalKind, 'notSignedIn'>, { roles: string[]; tuples: [string, string][] }> = {
  prospect: { roles: ['prospect'], tuples: [[CLIENT, 'self']] },
  self: { roles: ['client'], tuples: [[CLIENT, 'self']] },
  otherClient: { roles: ['client'], tuples: [[OTHER, 'self']] },
  teamProvider: { roles: ['provider'], tuples: [[CLIENT, 'care_team']] },
  offTeamProvider: { roles: ['provider'], tuples: [[OTHER, 'care_team']] },
  support: { roles: ['support'], tuples: [] },
  admin: { roles: ['admin'], tuples: [] },
  owner: { roles: ['owner'], tuples: [] },
  otherPractice: { roles: ['provider'], tuples: [] },
};

const ROOM = communityOf('room');
/** In the community are the client, who was asked to it, and one of her care team. */
const ofRoom = [
  ...['m-self', 'm-teamProvider'].map((member) => ({
    ...{ object: ROOM, relation: 'participant', subject: `member:${member}` },
  })),
  { object: `client:${CLIENT}`, relation: 'asked', subject: ROOM },
];

const providers = ['m-teamProvider', 'm-offTeamProvider'].map((member) => ({
  ...{ object: 'practice', relation: 'provider', subject: `member:${member}` },
}));
const ofClient = [
  { object: `client:${CLIENT}`, relation: 'care_team', subject: 'member:m-teamProvider' },
  ...providers,
];

function principalOf(kind: keyof typeof PEOPLE) {
  const memberId = `m-${kind}`;
  const principal: Principal = { userId: `u-${kind}`, practiceId: 'p', memberId, roles: PEOPLE[kind].roles };
  const tuples = PEOPLE[kind].tuples.map(([client, relation]) => ({
    object: `client:${client}`,
    relation,
    subject: `member:${memberId}`,
  }));
  const here = [CLIENT, OTHER].map((client) => ({ object: `client:${client}`, relation: 'in', subject: 'practice' }));
  const ofTeam = ['primary', 'care_team'].map((relation) => ({
    ...{ object: `client:${CLIENT}`, relation, subject: 'member:m-teamProvider' },
  }));
  return { principal, relations: new TupleIndex([...tuples, ...here, ...ofTeam, ...ofRoom, ...providers]) };
}

const SPACES: Partial<Record<ResourceKind, string>> = {
  journalNoReply: staffOf(CLIENT),
  task: staffOf(CLIENT),
  scheduledMessage: staffOf(CLIENT),
  automation: PRACTICE,
  journalSnooze: userOf('m-teamProvider'),
  notificationSettings: userOf('m-self'),
  chatMark: userOf('m-self'),
  chatSetting: PUBLIC,
  chatParticipant: ROOM,
  chatSavedReply: userOf('m-teamProvider'),
  savedView: userOf('m-teamProvider'),
  privateEntry: userOf('m-self'),
  privateEntryRevision: userOf('m-self'),
  privateEntryWrap: userOf('m-self'),
  allergyIntolerance: staffOf(CLIENT),
  medicationStatement: staffOf(CLIENT),
  condition: staffOf(CLIENT),
  nilKnown: staffOf(CLIENT),
  safetyPlan: chartOf(CLIENT),
  safetyPlanRevision: chartOf(CLIENT),
  protection: staffOf(CLIENT),
  protectionFact: staffOf(CLIENT),
  away: caseloadOf('m-teamProvider'),
  cover: PRACTICE,
  coverNotice: caseloadOf('m-teamProvider'),
  queueAge: MANAGERS,
  broadcast: userOf('m-teamProvider'),
  broadcastProgress: userOf('m-teamProvider'),
  welcome: PRACTICE,
  entryKind: PUBLIC,
  officeHours: PUBLIC,
  member: PUBLIC,
  practice: PUBLIC,
};

function resourceOf(type: ResourceKind): Resource {
  const space = SPACES[type] ?? (/^(journal|chat|file)/.test(type) ? chartOf(CLIENT) : officeOf(CLIENT));
  // A client's own row is known by her.
  return { type, id: type === 'client' ? CLIENT : 'x', space, author: 'm-self' };
}

function decided(kind: keyof typeof PEOPLE, verb: (typeof MATRIX)[number]['verb'], resource: Resource): boolean {
  return decide(declared.policies, { ...principalOf(kind), resource, verb }) === 'allow';
}

// Who is not signed in, or a member of another practice only, is no principal here: the door turns him away (server/accept).
const judged = MATRIX.flatMap(({ principal, ...cell }) =>
  principal === 'notSignedIn' || principal === 'otherPractice' ? [] : [{ principal, ...cell }],
);

test.each(judged)('$principal $verb $resource: $allowed', ({ principal, verb, resource, allowed }) => {
  expect(decided(principal, verb, resourceOf(resource))).toBe(allowed);
});

describe('conversations', () => {
  const kinds = Object.keys(PEOPLE) as (keyof typeof PEOPLE)[];
  const threads = [
    { space: deskOf(CLIENT), who: AT_DESK },
    { space: chartOf(CLIENT), who: IN_CARE },
    { space: directOf(CLIENT, 'm-teamProvider'), who: IN_CARE },
    { space: staffOf(CLIENT), who: ['teamProvider'] },
    { space: PRACTICE, who: STAFF },
    ...[officeOf(CLIENT), directOf('no-client', 'm-teamProvider'), PUBLIC, userOf('m-self'), deskOf('no-client')].map(
      (space) => ({
        space,
        who: [],
      }),
    ),
  ] as const;

  test.each(threads)('in $space it is $who who begin one, read it and write in it', ({ space, who }) => {
    for (const kind of kinds) {
      const takesPart = who.some((one: string) => one === kind);
      const thread: Resource = { ...resourceOf('chatConversation'), space };
      expect(decided(kind, 'read', thread), kind).toBe(takesPart);
      expect(decided(kind, 'create', thread), kind).toBe(takesPart);
      expect(decided(kind, 'read', { ...thread, type: 'chatHead' }), kind).toBe(takesPart);
      for (const verb of ['read', 'update'] as const) {
        const asked = { ...principalOf(kind), resource: { ...thread, type: 'chat' }, verb };
        expect(decide({ chat: chatPolicy }, asked) === 'allow', kind).toBe(takesPart);
      }
      // What is sent with words lies beside them.
      for (const verb of ['read', 'create'] as const) {
        expect(decided(kind, verb, { ...thread, type: 'file' }), kind).toBe(takesPart);
      }
    }
  });

  test('who answers in a thread is decided where the client does not read: of the front desk by office and care team', () => {
    for (const kind of kinds) {
      const atDesk = ['teamProvider', 'support', 'admin', 'owner'].includes(kind);
      for (const verb of ['read', 'create', 'update'] as const) {
        const task = resourceOf('task');
        expect(decided(kind, verb, { ...task, space: officeOf(CLIENT) }), kind).toBe(atDesk);
        expect(decided(kind, verb, { ...task, space: staffOf(CLIENT) }), kind).toBe(kind === 'teamProvider');
        expect(decided(kind, verb, { ...task, space: officeOf('no-client') }), kind).toBe(false);
      }
    }
  });

  test('only the staff of a thread close it', () => {
    for (const { space, who } of threads) {
      for (const kind of kinds) {
        const isTheirs = who.some((one: string) => one === kind) && kind !== 'self' && kind !== 'prospect';
        expect(decided(kind, 'update', { ...resourceOf('chatConversation'), space }), kind).toBe(isTheirs);
      }
    }
  });

  test('what is handed over is read in each thread by who takes part there, and comes out of the front desk’s alone', () => {
    for (const kind of kinds) {
      const handed: Resource = { ...resourceOf('chatHandOver'), space: chartOf(CLIENT) };
      expect(decided(kind, 'read', handed), kind).toBe(IN_CARE.includes(kind));
      expect(decided(kind, 'create', handed), kind).toBe(false);
      const atDesk = { ...handed, space: deskOf(CLIENT) };
      expect(decided(kind, 'read', atDesk), kind).toBe(AT_DESK.includes(kind));
      const isStaffs = AT_DESK.includes(kind) && kind !== 'self' && kind !== 'prospect';
      expect(decided(kind, 'create', atDesk), kind).toBe(isStaffs);
    }
  });

  test('with who is not on her care team any more a client begins nothing and says nothing, and goes on reading; he does not', () => {
    const left: Resource = { ...resourceOf('chatConversation'), space: directOf(OTHER, 'm-teamProvider') };
    for (const kind of kinds) {
      expect(decided(kind, 'read', left), kind).toBe(kind === 'otherClient');
      expect(decided(kind, 'create', left), kind).toBe(false);
      const { principal, relations } = principalOf(kind);
      expect(maySay(principal, relations, { ...left, type: 'chat' }), kind).toBe(false);
    }
  });

  test('where conversations are turned off nobody says anything to clients, and staff go on among themselves', () => {
    const { principal, relations } = principalOf('self');
    const off = (object: string) =>
      new TupleIndex([...ofClient, { object, relation: 'chat_off', subject: 'practice' }]);
    const said = (index: TupleIndex, space: string) => maySay(principal, index, { type: 'chat', id: 'x', space });
    const withClient = [chartOf(CLIENT), deskOf(CLIENT), directOf(CLIENT, 'm-teamProvider')];
    for (const space of withClient) {
      expect(maySay(principal, relations, { type: 'chat', id: 'x', space }), space).toBe(true);
      expect(said(off('practice'), space), space).toBe(false);
      expect(said(off(`client:${CLIENT}`), space), space).toBe(false);
      expect(said(off(`client:${OTHER}`), space), space).toBe(true);
    }
    for (const space of [staffOf(CLIENT), PRACTICE]) expect(said(off('practice'), space), space).toBe(true);
  });

  test('what a client wrote before her conversations were turned off comes all the same; nobody else’s words do, nor hers in another', () => {
    const at = '2026-06-10T12:00:00.000Z';
    const [before, after] = [{ at: '2026-06-10T11:59:59.999Z' }, { at }];
    const off = [
      { object: `client:${CLIENT}`, relation: 'chat_off', subject: 'practice' },
      { object: `client:${CLIENT}`, relation: 'chat_off_since', subject: `at:${at}` },
    ];
    const room = { type: 'chat', id: 'x', space: chartOf(CLIENT) };
    for (const kind of kinds) {
      const { principal } = principalOf(kind);
      const ask = { principal, relations: new TupleIndex(off), resource: room };
      expect(maySayStill(ask, before), kind).toBe(!STAFF.includes(kind));
      expect(maySayStill(ask, after), kind).toBe(false);
    }
    const { principal } = principalOf('self');
    const asked = (tuples: typeof off, space: string) =>
      maySayStill({ principal, relations: new TupleIndex(tuples), resource: { ...room, space } }, before);
    expect(asked(off, deskOf(CLIENT))).toBe(true);
    expect(asked(off, chartOf(OTHER))).toBe(false);
    expect(asked([...off, { object: 'practice', relation: 'chat_off', subject: 'practice' }], room.space)).toBe(false);
    // With who has left her care team she says nothing, however long ago she wrote it.
    expect(asked(off, directOf(CLIENT, 'm-teamProvider'))).toBe(false);
  });

  test('in a community it is those who are in it, and nobody else of the staff; anybody of them begins another', () => {
    for (const kind of kinds) {
      const isIn = kind === 'self' || kind === 'teamProvider';
      const isStaffs = STAFF.includes(kind);
      const room: Resource = { ...resourceOf('chatConversation'), space: ROOM };
      expect(decided(kind, 'read', room), kind).toBe(isIn);
      expect(decided(kind, 'read', { ...room, type: 'chatHead' }), kind).toBe(isIn);
      expect(decided(kind, 'create', room), kind).toBe(isStaffs);
      expect(decided(kind, 'update', room), kind).toBe(kind === 'teamProvider');
      for (const verb of ['read', 'create'] as const)
        expect(decided(kind, verb, { ...room, type: 'file' }), kind).toBe(isIn);
      for (const type of ['chatConversation', 'chatHead', 'chatParticipant', 'file'])
        expect(decided(kind, 'read', { ...room, type, space: communityOf('another') }), `${kind} ${type}`).toBe(false);
    }
    const { principal, relations } = principalOf('self');
    const room = { type: 'chat', id: 'x', space: ROOM };
    expect(maySay(principal, relations, room)).toBe(true);
    const off = { object: `client:${CLIENT}`, relation: 'chat_off', subject: 'practice' };
    const own = { object: `client:${CLIENT}`, relation: 'self', subject: 'member:m-self' };
    expect(maySay(principal, new TupleIndex([...ofRoom, own, off]), room)).toBe(false);
  });

  test('why nothing is written with a client, who takes part at her front desk reads; care team, owner and admins decide it', () => {
    for (const kind of kinds) {
      const setting: Resource = { ...resourceOf('chatSetting'), space: deskOf(CLIENT) };
      expect(decided(kind, 'read', setting), kind).toBe(AT_DESK.includes(kind));
      expect(decided(kind, 'create', setting), kind).toBe(['teamProvider', 'owner', 'admin'].includes(kind));
      for (const space of [chartOf(CLIENT), deskOf('no-client'), PRACTICE])
        expect(decided(kind, 'create', { ...setting, space }), kind).toBe(false);
    }
  });

  test('nobody keeps how far another has read', () => {
    for (const kind of kinds) {
      const mark = { ...resourceOf('chatMark'), space: userOf(`m-${kind}`) };
      expect(decided(kind, 'create', mark)).toBe(true);
      if (kind !== 'self') expect(decided('self', 'create', mark)).toBe(false);
    }
  });
});

describe('what is written to many', () => {
  test('is no client’s and no front desk’s to send, wherever', () => {
    for (const kind of ['self', 'prospect', 'support'] as const) {
      for (const space of [userOf(`m-${kind}`), chartOf(CLIENT), PUBLIC])
        expect(decided(kind, 'create', { ...resourceOf('broadcast'), space })).toBe(false);
    }
    expect(decided('owner', 'create', { ...resourceOf('broadcast'), space: userOf('m-owner') })).toBe(true);
  });

  test('nobody says that another is away, and only a provider that he is', () => {
    for (const kind of ['self', 'support', 'owner', 'offTeamProvider'] as const) {
      expect(decided(kind, 'create', resourceOf('away'))).toBe(false);
      const own = { ...resourceOf('away'), space: caseloadOf(`m-${kind}`) };
      expect(decided(kind, 'create', own)).toBe(kind === 'offTeamProvider');
    }
  });
});

test('who stands in for whom lies where all staff read, and in no space that a client does', () => {
  for (const space of [caseloadOf('m-teamProvider'), chartOf(CLIENT), PUBLIC, userOf('m-teamProvider')])
    for (const kind of ['teamProvider', 'owner', 'self'] as const)
      for (const verb of ['read', 'create', 'update'] as const)
        expect(decided(kind, verb, { ...resourceOf('cover'), space })).toBe(false);
});

test('what is to go later is known to the author’s side alone: the front desk’s to the office, what is among staff to its author', () => {
  for (const verb of ['read', 'create', 'update'] as const) {
    const may = (space: string) =>
      (Object.keys(PEOPLE) as (keyof typeof PEOPLE)[]).filter(
        (kind) => kind !== 'otherPractice' && decided(kind, verb, { ...resourceOf('scheduledMessage'), space }),
      );
    expect(may(officeOf(CLIENT)).sort()).toEqual(['admin', 'owner', 'support', 'teamProvider']);
    expect(may(userOf('m-support'))).toEqual(['support']);
    // A client plans nothing, also not for herself.
    for (const space of [chartOf(CLIENT), deskOf(CLIENT), PRACTICE, PUBLIC, ROOM, userOf('m-self')])
      expect(may(space)).toEqual([]);
  }
});

describe('saved replies', () => {
  // Whose practice it is not is turned away at the door.
  const kinds = (Object.keys(PEOPLE) as (keyof typeof PEOPLE)[]).filter((kind) => kind !== 'otherPractice');
  const staff: readonly string[] = ['teamProvider', 'offTeamProvider', 'support', 'admin', 'owner'];
  const managers: readonly string[] = ['admin', 'owner'];

  test('of the practice are read by its staff, and kept and removed by owner and admins', () => {
    const shared: Resource = { ...resourceOf('chatSavedReply'), space: PRACTICE };
    for (const kind of kinds) {
      expect(decided(kind, 'read', shared), kind).toBe(staff.includes(kind));
      for (const verb of ['create', 'delete'] as const)
        expect(decided(kind, verb, shared), kind).toBe(managers.includes(kind));
    }
  });

  test('of one’s own are kept by staff alone, and lie in no space that a client reads', () => {
    for (const kind of kinds) {
      const own = { ...resourceOf('chatSavedReply'), space: userOf(`m-${kind}`) };
      expect(decided(kind, 'create', own), kind).toBe(staff.includes(kind));
      for (const space of [chartOf(CLIENT), deskOf(CLIENT), officeOf(CLIENT), staffOf(CLIENT), PUBLIC])
        for (const verb of ['read', 'create'] as const)
          expect(decided(kind, verb, { ...own, space }), kind).toBe(false);
    }
  });
});

describe('beside the table', () => {
  test('only who wrote an entry may word it anew', () => {
    const others = { ...resourceOf('journalRevision'), author: 'm-someone' };
    expect(decided('self', 'create', others)).toBe(false);
  });

  test.each(['journalReview', 'journalReaction'] as const)('only its author takes a %s back', (type) => {
    expect(decided('teamProvider', 'delete', { ...resourceOf(type), author: 'm-teamProvider' })).toBe(true);
    expect(decided('teamProvider', 'delete', { ...resourceOf(type), author: 'm-colleague' })).toBe(false);
    for (const kind of ['self', 'offTeamProvider', 'support', 'owner'] as const) {
      expect(decided(kind, 'delete', { ...resourceOf(type), author: `m-${kind}` })).toBe(false);
    }
  });

  test.each(['journalNoReply', 'task'] as const)('a %s can stand in no space that the client reads', (type) => {
    for (const space of [chartOf(CLIENT), deskOf(CLIENT), PUBLIC, userOf('m-self')]) {
      for (const kind of ['self', 'teamProvider', 'support', 'owner'] as const) {
        for (const verb of ['read', 'create'] as const) {
          expect(decided(kind, verb, { ...resourceOf(type), space })).toBe(false);
        }
      }
    }
  });

  test.each(['privateEntry', 'privateEntryRevision', 'privateEntryWrap'] as const)(
    'a %s is in no space but its author’s own, and nobody keeps one in another’s',
    (type) => {
      for (const space of [chartOf(CLIENT), staffOf(CLIENT), PUBLIC, userOf('m-otherClient')]) {
        for (const verb of ['read', 'create', 'delete'] as const) {
          expect(decided('self', verb, { ...resourceOf(type), space })).toBe(false);
        }
      }
      for (const kind of ['teamProvider', 'support', 'admin', 'owner', 'prospect'] as const) {
        expect(decided(kind, 'create', { ...resourceOf(type), space: userOf(`m-${kind}`) })).toBe(false);
      }
    },
  );

  test('a client puts nothing off, in no space', () => {
    for (const space of [userOf('m-self'), chartOf(CLIENT)]) {
      expect(decided('self', 'create', { ...resourceOf('journalSnooze'), space })).toBe(false);
    }
  });

  test('having written an entry does not open it again to who is no longer that client', () => {
    for (const kind of ['prospect', 'otherClient', 'offTeamProvider'] as const) {
      expect(decided(kind, 'create', { ...resourceOf('journalRevision'), author: `m-${kind}` })).toBe(false);
    }
  });

  test('a space that is no client’s is nobody’s own, whatever relations there are to nothing', () => {
    const { principal } = principalOf('self');
    const relations = new TupleIndex([
      { object: 'client:', relation: 'self', subject: 'member:m-self' },
      { object: 'client:null', relation: 'self', subject: 'member:m-self' },
    ]);
    const resource = { ...resourceOf('journalEntry'), space: PUBLIC };
    expect(decide(declared.policies, { principal, relations, resource, verb: 'read' })).toBe('deny');
  });

  test('a former client who is a prospect again reads and writes nothing of the chart', () => {
    for (const type of ['journalEntry', 'journalComment', 'journalReview', 'journalRevision'] as const) {
      expect(decided('prospect', 'read', resourceOf(type))).toBe(false);
      expect(decided('prospect', 'create', resourceOf(type))).toBe(false);
    }
  });

  test('nothing is allowed of a type or verb without a rule, whatever it is called', () => {
    for (const type of ['unknown', 'toString', '__proto__', 'constructor']) {
      expect(decided('owner', 'read', { ...resourceOf('practice'), type })).toBe(false);
    }
  });

  test('a rule counts only where it was declared, not where it was inherited', () => {
    const inherited = Object.create({ ghost: { read: () => true } }) as typeof declared.policies;
    const resource = { ...resourceOf('practice'), type: 'ghost' };
    expect(decide(inherited, { ...principalOf('owner'), resource, verb: 'read' })).toBe('deny');
  });

  test('a relation counts for its own client only, and a space of the practice is nobody’s chart', () => {
    expect(decided('teamProvider', 'read', { ...resourceOf('journalEntry'), space: chartOf(OTHER) })).toBe(false);
    expect(decided('self', 'read', { ...resourceOf('journalEntry'), space: chartOf(OTHER) })).toBe(false);
    expect(decided('teamProvider', 'read', { ...resourceOf('journalEntry'), space: PUBLIC })).toBe(false);
    expect(decided('self', 'read', { ...resourceOf('journalEntry'), space: PUBLIC })).toBe(false);
  });
});

test('who has added a file with a comment discards it, and nobody does another’s', () => {
  const ofProvider = { ...resourceOf('journalGivenUp'), author: 'm-teamProvider' };
  expect(decided('teamProvider', 'create', ofProvider)).toBe(true);
  expect(decided('self', 'create', ofProvider)).toBe(false);
  expect(decided('offTeamProvider', 'create', { ...ofProvider, author: 'm-offTeamProvider' })).toBe(false);
});
