import { describe, expect, test } from 'vitest';
import { TupleIndex } from '../sync/core/tuples.ts';
import type { Principal } from '../sync/core/policy.ts';
import { chartOf, clientOfSpace, deskOf, directIn, directOf, officeOf, staffOf } from './space-names.ts';
import { caseloadOf, isTeamOfDirect, receiversOf, ROLES, spacesOf } from './spaces.ts';
import type { Role } from './spaces.ts';

const me = (...roles: Role[]): Principal => ({ userId: 'u', practiceId: 'p', memberId: 'me', roles });
function providers() {
  return ['me', 'lee', 'kim'].map((one) => ({ object: 'practice', relation: 'provider', subject: `member:${one}` }));
}
const all = [
  { object: 'client:a', relation: 'in', subject: 'practice' },
  { object: 'client:b', relation: 'in', subject: 'practice' },
  ...providers(),
];
const relation = (name: string, client = 'a', subject = 'member:me') => ({
  object: `client:${client}`,
  relation: name,
  subject,
});
const spaces = (roles: Role[], tuples = all) =>
  Object.fromEntries(spacesOf(me(...roles), new TupleIndex(tuples)).map(({ space, hash }) => [space, hash]));

describe('spacesOf', () => {
  const own = { 'user:me': 'own.1' };
  const staff = { ...own, public: 'staff.2', practice: 'staff.1' };
  const managers = { ...staff, managers: 'managers.1' };
  const provider = { ...staff, [caseloadOf('me')]: 'own.1' };
  const office = Object.fromEntries(
    ['a', 'b'].flatMap((id) => [officeOf(id), deskOf(id)]).map((id) => [id, 'office.1']),
  );
  const team = Object.fromEntries(
    [...[chartOf, staffOf, officeOf, deskOf].map((space) => space('a')), directOf('a', 'me')].map((space) => [
      space,
      'team.1',
    ]),
  );

  test.each([
    ['provider', provider],
    ['support', { ...staff, ...office }],
    ['admin', { ...managers, ...office }],
    ['owner', { ...managers, ...office }],
    ['client', { ...own, public: 'client.2' }],
    ['prospect', { ...own, public: 'client.2' }],
  ] as const)('a role alone opens no chart: %s', (role, expected) => {
    expect(spaces([role])).toEqual(expected);
  });

  test('nobody without a role reads more than what everyone does', () => {
    expect(spaces([])).toEqual({ ...own, public: 'client.2' });
  });

  test('the care team reads chart, staff, office and front desk of its own client', () => {
    expect(spaces(['provider'], [...all, relation('care_team')])).toEqual({ ...provider, ...team });
    expect(spaces(['support'], [...all, relation('care_team')]), 'no longer a provider').toEqual({
      ...staff,
      ...office,
    });
  });

  test('a client reads the own chart and front desk and nothing else of it; a prospect the desk alone', () => {
    expect(spaces(['client'], [...all, relation('self')])).toEqual({
      ...own,
      public: 'client.2',
      [chartOf('a')]: 'self.1',
      [deskOf('a')]: 'self.1',
    });
    const desk = { [deskOf('a')]: 'self.1' };
    expect(spaces(['prospect'], [...all, relation('self')])).toEqual({ ...own, public: 'client.2', ...desk });
    expect(spaces(['provider'], [...all, relation('self')])).toEqual(provider);
  });

  test('a client reads what her primary provider tells his clients, and no other provider does', () => {
    const team = [relation('primary', 'a', 'member:lee'), relation('care_team', 'a', 'member:kim')];
    const others = [relation('primary', 'b', 'member:kim'), relation('self', 'b', 'member:you')];
    const read = (role: Role) => Object.keys(spaces([role], [...all, relation('self'), ...team, ...others]));
    expect(read('client').filter((space) => space.startsWith('caseload:'))).toEqual([caseloadOf('lee')]);
    for (const role of ['prospect', 'support', 'owner'] as const)
      expect(read(role).filter((space) => space.startsWith('caseload:'))).toEqual([]);
  });

  test('a client reads what is between her and each of her care team, and what was with who has left it', () => {
    const team = [relation('care_team', 'a', 'member:lee'), relation('direct', 'a', 'member:kim')];
    const others = [relation('care_team', 'b', 'member:kim'), relation('direct', 'b', 'member:lee')];
    const read = (role: Role) =>
      Object.keys(spaces([role], [...all, relation('self'), ...team, ...others])).filter((space) => directIn(space));
    expect(read('client')).toEqual([directOf('a', 'lee'), directOf('a', 'kim')]);
    for (const role of ['prospect', 'provider', 'support', 'owner'] as const) expect(read(role)).toEqual([]);
  });

  test('who stands in for a time reads no direct space, and the client none with him', () => {
    const cover = (member: string) => ['care_team', 'cover'].map((name) => relation(name, 'a', member));
    const without = Object.entries({ ...provider, ...team }).filter(([space]) => space !== directOf('a', 'me'));
    expect(spaces(['provider'], [...all, ...cover('member:me')])).toEqual(Object.fromEntries(without));
    const hers = [...all, relation('self'), ...cover('member:kim'), relation('care_team', 'a', 'member:lee')];
    const read = (tuples: typeof all) => Object.keys(spaces(['client'], tuples)).filter((space) => directIn(space));
    expect(read(hers)).toEqual([directOf('a', 'lee')]);
    // What they wrote to each other while he was on her team by himself stays hers to read.
    expect(read([...hers, relation('direct', 'a', 'member:kim')])).toEqual([
      directOf('a', 'lee'),
      directOf('a', 'kim'),
    ]);
    const space = { type: 'chatMessage', id: 'x', space: directOf('a', 'me') };
    expect(isTeamOfDirect(me('provider'), new TupleIndex([...providers(), relation('care_team')]), space)).toBe(true);
    expect(isTeamOfDirect(me('provider'), new TupleIndex([...providers(), ...cover('member:me')]), space)).toBe(false);
  });

  test('a protected client reads the own chart strictly, in another class; the care team reads it as before', () => {
    const held = [...all, { object: 'client:a', relation: 'ed_safe', subject: 'practice' }];
    const own = spacesOf(me('client'), new TupleIndex([...held, relation('self'), relation('self', 'b')]));
    expect(own.filter(({ space }) => space.startsWith('chart:'))).toEqual([
      { space: chartOf('a'), hash: 'self-strict.1', strict: true },
      { space: chartOf('b'), hash: 'self.1' },
    ]);
    const team = spacesOf(me('provider'), new TupleIndex([...held, relation('care_team')]));
    expect(team.filter(({ strict }) => strict)).toEqual([]);
    expect(team).toContainEqual({ space: chartOf('a'), hash: 'team.1' });
  });

  test("another member's relations open nothing, nor do other relations, nor objects that are no clients", () => {
    const foreign = [
      relation('care_team', 'a', 'member:you'),
      relation('self', 'a', 'member:you'),
      relation('primary'),
    ];
    const odd = { object: 'group:a', relation: 'care_team', subject: 'member:me' };
    expect(spaces(['provider'], [...all, ...foreign, odd])).toEqual(provider);
    expect(spaces(['admin'], [{ object: 'group:a', relation: 'in', subject: 'practice' }])).toEqual(managers);
  });

  test('every role is known here', () => {
    expect(ROLES).toEqual(['owner', 'admin', 'provider', 'support', 'client', 'prospect']);
  });
});

describe('receiversOf', () => {
  test('client and care team are each other’s in a chart', () => {
    const self = new TupleIndex([relation('self')]);
    expect(receiversOf(chartOf('a'), me('client'), self)).toEqual({ object: 'client:a', relation: 'care_team' });
    expect(receiversOf(chartOf('a'), me('provider'), new TupleIndex([]))).toEqual({
      object: 'client:a',
      relation: 'self',
    });
    for (const space of ['public', 'practice', 'user:me', staffOf('a'), officeOf('a')]) {
      expect(receiversOf(space, me('client'), self)).toBeNull();
    }
  });

  test('at the front desk it is the support staff, and theirs is the client', () => {
    const self = new TupleIndex([relation('self')]);
    expect(receiversOf(deskOf('a'), me('client'), self)).toEqual({ object: 'practice', relation: 'support' });
    const of = { object: 'client:a', relation: 'self' };
    expect(receiversOf(deskOf('a'), me('support'), new TupleIndex([]))).toEqual(of);
  });
});

test('clientOfSpace names the client of a client’s space and of no other', () => {
  expect([chartOf, staffOf, officeOf, deskOf].map((space) => clientOfSpace(space('a')))).toEqual(['a', 'a', 'a', 'a']);
  expect(['public', 'practice', 'user:a', 'xchart:a', 'chart:'].map(clientOfSpace)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('a direct space is between two, and hides in no space of the client’s', () => {
  expect(directIn(directOf('a', 'm'))).toEqual({ client: 'a', member: 'm' });
  expect(clientOfSpace(directOf('a', 'm'))).toBeNull();
  expect(['direct:a', 'direct::m', 'chart:a', 'xdirect:a:m'].map(directIn)).toEqual([null, null, null, null]);
  expect(receiversOf(directOf('a', 'm'), me('client'), new TupleIndex([relation('self')]))).toEqual({
    object: directOf('a', 'm'),
    relation: 'staff',
  });
});
