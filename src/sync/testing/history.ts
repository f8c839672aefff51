// One random history of three devices with faults, then peace, then the questions that every history must answer well:
// is everything there that a person was told is saved, is it there once, and do all devices show what the server shows them?

import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { JsonObject } from '../../base/json.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { WireError, Weather } from '../client/wire.ts';
import type { Row } from '../core/record.ts';
import type { Device } from './devices.ts';
import { ADD_ENTRY, deviceOf, entryOf, onEntry } from './people.ts';
import { chanceOf } from './random.ts';
import type { Chance } from './random.ts';
import type { Fault } from './wire-faults.ts';

const TYPES = [
  'practice',
  'member',
  'client',
  'careTeamMember',
  'journalEntry',
  'journalRevision',
  'journalComment',
  'journalReview',
];
const FAULTS = ['none', 'none', 'none', 'none', 'lose-request', 'lose-answer', 'twice', 'late'] as const;

interface Actor {
  readonly name: Name;
  readonly device: Device;
}

interface World {
  readonly server: Awaited<ReturnType<typeof startMemoryServer>>;
  readonly chance: Chance;
  readonly actors: Actor[];
  /** Every act whose saving was confirmed to its author: id of the row and who did it. */
  readonly saved: Map<string, Name>;
  /** Given up by their author. */
  readonly discarded: Set<string>;
  leeCares: boolean;
  readonly told: string[];
}

/** What went wrong in the history of this seed; nothing where all is well. */
export async function faultsOfHistory(seed: number, steps: number): Promise<string[]> {
  const server = await startMemoryServer();
  const actors = [];
  for (const name of ['ana', 'ana', 'lee'] as const) actors.push({ name, device: await deviceOf(server, name) });
  const world: World = {
    server,
    chance: chanceOf(seed),
    actors,
    saved: new Map(),
    discarded: new Set(),
    leeCares: true,
    told: [],
  };
  for (let step = 0; step < steps; step++) await takeStep(world);
  await heal(world);
  const faults = await judge(world);
  for (const { device } of world.actors) device.lock();
  return faults;
}

async function takeStep(world: World): Promise<void> {
  const { chance, actors } = world;
  const actor = chance.pick(actors as [Actor, ...Actor[]]);
  const roll = chance.below(100);
  if (roll < 38) await act(world, actor);
  else if (roll < 74) await exchange(world, actor);
  else if (roll < 80) await Promise.all([exchange(world, actor), act(world, actor)]);
  else if (roll < 86) await actor.device.restart();
  else if (roll < 90) await actLocked(world, actor);
  else if (roll < 94) await actor.device.wire.deliverLate();
  else if (roll < 96) await giveUp(world, actor);
  else if (roll < 98) await changeTeam(world);
  else if (roll < 99) await copy(world, actor);
  else world.server.store.restore(world.server.store.backup(), newId());
}

async function act(world: World, { name, device }: Actor): Promise<void> {
  const [mutator, args] = await draw(world, { name, device });
  if ((await device.act(mutator, args)) === undefined) world.saved.set(args.id, name);
}

type Args = JsonObject & { readonly id: string };

async function draw({ server, chance }: World, { name, device }: Actor): Promise<[string, Args]> {
  const entries = await device.rows('journalEntry');
  const sorted = entries.sort((a, b) => (a.id < b.id ? -1 : 1));
  const entry = sorted[chance.below(Math.max(1, sorted.length))];
  if (entry === undefined || (name === 'ana' && chance.happens(60))) {
    return [ADD_ENTRY, entryOf(server, name, `words ${chance.below(1000)}`)];
  }
  const on = { id: entry.id, client: String(entry.fields.client) };
  const comment: [string, Args] = [
    'journal.addComment',
    onEntry(server, name, on, { body: `word ${chance.below(1000)}` }),
  ];
  if (chance.happens(50)) return comment;
  if (name === 'lee') return ['journal.markSeen', onEntry(server, name, on)];
  return ['journal.reviseEntry', onEntry(server, name, on, { content: { text: 'again' } })];
}

async function exchange({ chance, told }: World, { device }: Actor): Promise<void> {
  const faults: Fault[] = Array.from({ length: 4 }, () => chance.pick(FAULTS));
  device.wire.faults.splice(0, Infinity, ...faults);
  await device.exchange().catch((error: unknown) => {
    if (!(error instanceof Weather)) told.push(`an exchange ended with ${String(error)}`);
  });
}

async function actLocked(world: World, { name, device }: Actor): Promise<void> {
  if (name !== 'ana') return;
  device.lock();
  const args = entryOf(world.server, name, 'locked');
  await device.actLocked(ADD_ENTRY, args, String(args.at));
  world.saved.set(args.id, name);
  if (world.chance.happens(50)) {
    await device.sendLocked().catch((error: unknown) => {
      const isExpected = error instanceof Weather || (error instanceof WireError && error.code === 'device-forked');
      if (!isExpected && !(error instanceof WireError && error.code === 'gap')) throw error;
    });
  }
  await device.unlock();
}

async function giveUp(world: World, { device }: Actor): Promise<void> {
  const unsent = await device.unsent();
  const entry = unsent[world.chance.below(Math.max(1, unsent.length))];
  if (entry === undefined) return;
  world.discarded.add(String(entry.mutation?.args['id']));
  await device.discard(entry.n);
}

async function changeTeam(world: World): Promise<void> {
  world.leeCares = !world.leeCares;
  await world.server.clinic.setCare('lee', 'ana', world.leeCares);
}

async function copy(world: World, { name, device }: Actor): Promise<void> {
  if (world.actors.length < 5) world.actors.push({ name, device: await device.copy() });
}

/** The network is back, Lee is on the team, and everyone exchanges until nothing moves. */
async function heal(world: World): Promise<void> {
  for (const { device } of world.actors) {
    device.wire.faults.splice(0);
    await device.wire.deliverLate();
  }
  if (!world.leeCares) await changeTeam(world);
  for (let round = 0; round < 3; round++) for (const { device } of world.actors) await device.exchange();
}

async function judge(world: World): Promise<string[]> {
  const { server, actors, saved, discarded, told } = world;
  const faults = [...told, ...server.bugs.map((bug) => `a bug: ${String(bug)}`)];
  const views = await Promise.all(actors.map(({ device }) => viewOf(device)));
  for (const [i, { name, device }] of actors.entries()) {
    const fresh = await deviceOf(server, name);
    await fresh.exchange();
    const [shown, truth] = [must(views[i], 'a view'), await viewOf(fresh)];
    fresh.lock();
    for (const key of truth.keys()) if (!shown.has(key)) faults.push(`device ${i} (${name}) lacks ${key}`);
    for (const [key, row] of shown) {
      if (truth.get(key) !== row) faults.push(`device ${i} (${name}) shows ${row}, the server ${truth.get(key)}`);
    }
    if ((await device.store.outbox.count()) > 0) faults.push(`device ${i} (${name}) still has an outbox`);
    if ((await device.store.bases.count()) > 0) faults.push(`device ${i} (${name}) still has bases`);
  }
  const rejected = await Promise.all(actors.map(({ device }) => device.rejections()));
  const explained = new Map(rejected.flat().map((one) => [String(one.mutation?.args['id']), one]));
  const there = new Set(views.flatMap((view) => [...view.keys()].map((key) => key.slice(key.indexOf('/') + 1))));
  for (const [id, name] of saved) {
    const isThere = there.has(id);
    if (!isThere && !explained.has(id) && !discarded.has(id)) faults.push(`${name}'s ${id} is lost`);
    if (isThere && explained.has(id))
      faults.push(`${name}'s ${id} is there and came back as refused: ${JSON.stringify(explained.get(id))}`);
  }
  return faults;
}

/** Every row a device shows, by type and id. */
async function viewOf(device: Device): Promise<Map<string, string>> {
  const rows = await Promise.all(TYPES.map((type) => device.rows(type)));
  return new Map(rows.flat().map((row: Row) => [`${row.type}/${row.id}`, JSON.stringify(row)]));
}
