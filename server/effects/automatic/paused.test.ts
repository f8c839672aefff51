// To whom nothing goes by itself: who is left in peace for now, and who has died. To others it goes as ever.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { client, EffectWorld, member } from '../effects.fixture.ts';
import { lookForCauses } from './look.ts';

let world: EffectWorld;
beforeAll(async () => {
  world = await EffectWorld.open();
}, 240_000);
beforeEach(() => world.clear());
afterAll(() => world?.remove());

/** Takes somebody on for Lee, to be welcomed. */
async function admit(): Promise<string> {
  const id = newId();
  const details = { legalName: 'New', birthDate: '1990-01-01' };
  await world.act('support', 'client.addClient', { id, details, status: 'prospect', primary: member('lee') });
  return id;
}

const begin = (of: string) =>
  world.act('support', 'client.changeStatus', { id: newId(), client: of, from: 'prospect', to: 'active' });

async function welcomed(): Promise<string[]> {
  const parts = { ...world.parts, sendJob: async () => undefined };
  while ((await lookForCauses(parts, world.practice)).isMore);
  const found = await world.rows<{ client: string }>(`select client from automatic_message where cause = 'welcome'`);
  return found.map((row) => row.client);
}

const toldAna = async () => {
  await world.look();
  const told = await world.rows<{ member_id: string }>('select member_id from notice');
  return told.filter((row) => row.member_id === member('ana')).length;
};

test('who is left in peace is not welcomed, until she is let go again; who is not, is', async () => {
  const [paused, other] = [await admit(), await admit()];
  await world.act('lee', 'client.pauseContact', { client: paused, reason: 'In hospital.' });
  for (const one of [paused, other]) await begin(one);
  expect(await welcomed()).toEqual([other]);
  await world.act('support', 'client.pauseContact', { client: paused });
  expect((await welcomed()).sort()).toEqual([paused, other].sort());
});

test('no notice goes to her of what people write, and again one does when it is ended; a death ends them', async () => {
  const entry = await world.write('ana');
  await world.act('lee', 'client.pauseContact', { client: client('ana'), reason: 'In hospital.' });
  await world.comment('lee', 'ana', entry);
  expect(await toldAna()).toBe(0);
  await world.act('lee', 'client.pauseContact', { client: client('ana') });
  await world.comment('lee', 'ana', entry);
  expect(await toldAna()).toBe(1);
  const died = { client: client('ana'), from: 'active', to: 'deceased', reason: 'Her family called.', said: 'Closed.' };
  await world.act('support', 'client.changeStatus', { id: newId(), ...died });
  await world.comment('lee', 'ana', await world.write('ana'));
  expect(await toldAna()).toBe(1);
});
