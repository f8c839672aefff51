import { expect, test } from 'vitest';
import { newId } from '../../../base/ids.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { StatusStand } from '../queries-status.ts';
import type { ClientStand, StatusOfClient } from '../queries-together.ts';
import { changeStatus, pauseContact } from '../mutators-status.ts';
import { changePrimary } from '../mutators-team.ts';
import { placeIdOf } from '../schema-team.ts';
import { primaryEffects } from './together-effects.ts';
import { archivePlan, pausePlan, primaryPlan } from './together-plans.ts';
import type { Plan } from './together-plans.ts';

const [LEE, OKAFOR, DESK, PLACE] = [newId(), newId(), newId(), newId()];
const ADMIN = { me: newId(), roles: ['admin'] };
const PROVIDER = { me: LEE, roles: ['provider'] };
const FRONT = { me: DESK, roles: ['support'] };
const who = () => ({ id: newId(), by: LEE, at: '2026-06-10T12:00:00.000Z', zone: 'UTC' });

const stand = (change: Partial<ClientStand> = {}): ClientStand => ({
  ...{ id: newId(), legalName: 'Ana Morales', preferredName: null, birthDate: '1991-04-17', status: 'active' },
  ...{
    mine: 'primary',
    primary: LEE,
    isSent: true,
    paused: null,
    pause: null,
    isWhole: true,
    isFree: false,
    seen: undefined,
    tasks: 0,
    planned: 0,
  },
  places: [{ id: PLACE, member: LEE, primary: true }],
  ...change,
});
const alone = stand({ isFree: true, primary: null, mine: null, places: [] });

/** What is done, and what takes it back, as the arguments that the mutators take. */
function acts(plan: Plan, parse: (args: unknown) => unknown) {
  const act = plan.act(who());
  const back = plan.undo?.(who(), act.args);
  parse(act.args);
  if (back) parse(back.args);
  return { act: act.args, back: back?.args };
}
const parsed = (args: unknown) => changePrimary.parse(args as JsonObject);

test('who is handed over comes back where she was, on the places that are there then', () => {
  const one = stand({ seen: newId() });
  for (const leaves of [false, true]) {
    const { act, back } = acts(primaryPlan(one, { to: OKAFOR, leaves }, ADMIN), parsed);
    expect(act).toMatchObject({ client: one.id, to: OKAFOR, from: PLACE, seen: one.seen });
    expect(act['leaves']).toBe(leaves || undefined);
    // He was not on the team before, and goes from it again; who has stayed has his place still.
    expect(back).toMatchObject({ to: LEE, from: placeIdOf(one.id, OKAFOR), leaves: true, seen: act['id'] });
    expect(back?.['place']).toBe(leaves ? undefined : PLACE);
  }
  const there = newId();
  const known = stand({ places: [...one.places, { id: there, member: OKAFOR, primary: false }] });
  const { act, back } = acts(primaryPlan(known, { to: OKAFOR, leaves: false }, PROVIDER), parsed);
  expect(act).toMatchObject({ place: there, mine: PLACE });
  expect(back).toMatchObject({ from: there, to: LEE });
  expect(back).not.toHaveProperty('leaves');
});

test.each([
  ['an admin', ADMIN, stand(), undefined],
  ['the provider whose she is', PROVIDER, stand(), undefined],
  ['a provider who is not on her team', { ...PROVIDER, me: newId() }, stand(), 'client.why.team'],
  ['the front desk, of whom has one', FRONT, stand(), 'client.why.team'],
  ['the front desk, of whom has none', FRONT, alone, undefined],
  ['the front desk, of whom it is not known', FRONT, { ...alone, isFree: false }, 'client.why.team'],
  ['anybody, on a device that is still filling', ADMIN, { ...alone, isWhole: false }, 'client.why.filling'],
  ['a provider, of whom is not sent yet', PROVIDER, stand({ isSent: false }), 'client.why.unsent'],
  ['an admin, of whom is not sent yet', ADMIN, stand({ isSent: false }), undefined],
  [
    'anybody, of whose it is already',
    ADMIN,
    stand({ primary: OKAFOR, places: [{ id: PLACE, member: OKAFOR, primary: true }] }),
    'client.why.same',
  ],
] as const)('that %s changes the primary provider is refused before, or not', (_, reader, one, why) => {
  expect(primaryPlan(one, { to: OKAFOR, leaves: false }, reader).why).toBe(why);
});

test('who leaves himself cannot take it back, and is told so; the office can', () => {
  const asked = { to: OKAFOR, leaves: true };
  expect(primaryPlan(stand(), asked, PROVIDER).undo).toBeUndefined();
  expect(primaryPlan(stand(), asked, ADMIN).undo).toBeDefined();
  const wordsOf = (reader: typeof ADMIN, more: Partial<ClientStand> = {}, leaves = true) =>
    primaryEffects([stand(more)], { ...asked, leaves, name: 'Okafor' }, reader).map(({ word }) => word);
  expect(wordsOf(PROVIDER)).toContain('client.team.noBack');
  expect(wordsOf(ADMIN)).toContain('client.effect.back');
  expect(wordsOf(ADMIN)).toContain('client.team.uncounted');
  // What is under way is named where it stays and where it does not.
  const work = { tasks: 2, planned: 1 };
  expect(wordsOf(PROVIDER, work)).toEqual(expect.arrayContaining(['client.team.tasksLeft', 'client.team.plannedLeft']));
  const staying = wordsOf(PROVIDER, work, false);
  expect(staying).toEqual(expect.arrayContaining(['client.team.keeps', 'client.team.tasks', 'client.team.planned']));
  expect(staying).not.toContain('client.team.loses');
});

test('what is paused comes back with the reason that it had', () => {
  const paused = stand({ paused: 'In hospital.', pause: PLACE });
  expect(pausePlan(stand(), null, ADMIN).why).toBe('client.why.same');
  expect(pausePlan(paused, 'zq', ADMIN).why).toBe('client.why.same');
  expect(pausePlan(stand({ status: 'deceased' }), 'zq', ADMIN).why).toBe('client.why.ended');
  const plan = pausePlan(paused, null, ADMIN);
  expect(plan.act(who()).args).not.toHaveProperty('reason');
  expect(plan.act(who()).args).toMatchObject({ seen: PLACE });
  expect(plan.undo?.(who(), {}).args).toMatchObject({ reason: 'In hospital.', seen: null });
  const begun = acts(pausePlan(stand(), 'zq', ADMIN), (args) => pauseContact.parse(args as JsonObject));
  expect(begun).toMatchObject({ act: { seen: null }, back: { seen: begun.act['id'] } });
});

const status = (change: Partial<StatusStand> = {}): StatusOfClient => ({
  ...stand(),
  stand: {
    ...{ status: 'active', language: 'es', signsIn: true, paused: null, changes: [], invitations: [] },
    ...{ waiting: [], handOvers: [], direct: [], tasks: [], openTasks: 0 },
    ...change,
  },
});
const archived = (one: StatusOfClient, reader: typeof ADMIN = PROVIDER, owed = 0) =>
  archivePlan(
    one,
    { reason: 'zq', saidTo: (language) => `said in ${language}`, owed: new Map([[one.id, owed]]) },
    reader,
  );

test('who was invited is no client in care when her archiving is taken back', () => {
  const { back } = acts(archived(status({ status: 'invited', signsIn: false, invitations: [PLACE] })), (args) =>
    changeStatus.parse(args as JsonObject),
  );
  expect(back).toMatchObject({ from: 'archived', to: 'prospect' });
  expect(archived(status({ status: 'invited' })).undo?.(who(), {}).args).toMatchObject({ to: 'active' });
});

test('nobody is archived over what is owed, nor by who may not; the rest are, in their own language, and come back', () => {
  expect(archived(status(), PROVIDER, 1).why).toBe('client.why.owed');
  expect(archived(status({ openTasks: 1 })).why).toBe('client.why.tasks');
  expect(archived(status(), ADMIN).why).toBe('client.why.clinical');
  expect(archived(status({ status: 'deceased' })).why).toBe('client.why.ended');
  expect(archived(status({ status: 'archived' })).why).toBe('client.why.same');
  const prospect = archived(status({ status: 'prospect', signsIn: false }), ADMIN);
  expect(prospect.why).toBeUndefined();
  const { act, back } = acts(archived(status({ waiting: [PLACE] })), (args) => changeStatus.parse(args as JsonObject));
  expect(act).toMatchObject({ from: 'active', to: 'archived', said: 'said in es', waiting: [PLACE] });
  expect(back).toMatchObject({ from: 'archived', to: 'active' });
});
