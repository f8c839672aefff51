// One random history of people with devices and a server, in virtual time, with everything that may go wrong; then peace; then
// the questions that every history must answer well (`verdict.ts`). The same seed gives the same history.

import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import { staffOf } from '../../features/space-names.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { SyncServer, SyncServerOptions } from '../../../server/testing/sync-server.ts';
import type { MemoryStore } from '../../../server/store/memory-store.ts';
import type { Act } from '../client/mutate.ts';
import { Weather, WireError } from '../client/wire.ts';
import type { Row } from '../core/record.ts';
import { declared } from './board.ts';
import type { Device } from './devices.ts';
import { memoryMedium } from './medium.ts';
import { ADD_ENTRY, deviceOf, entryOf, onEntry, said } from './people.ts';
import { chanceOf } from './random.ts';
import type { Chance } from './random.ts';
import { Memory } from './verdict.ts';
import type { Fault } from './wire-faults.ts';

const FAULTS = ['none', 'none', 'none', 'none', 'lose-request', 'lose-answer', 'twice', 'late'] as const;
const DEVICES_MOST = 5;
const ROUNDS_MOST = 20;
const DAY_MS = 24 * 60 * 60_000;
const YEARS_10_MS = 3650 * DAY_MS;
const TEAM = ['lee', 'okafor'] as const;
type Provider = (typeof TEAM)[number];

export interface Actor {
  readonly name: Name;
  readonly device: Device;
}

/** What the clinic itself has decided; a restore takes it back with the rest. */
interface Decided {
  cares: Readonly<Record<Provider, boolean>>;
  shielded: boolean;
}

export interface World {
  readonly server: SyncServer;
  /** The store as one that can be set back; null where the history has no restores. */
  readonly lives: MemoryStore | null;
  readonly chance: Chance;
  readonly actors: Actor[];
  readonly memory: Memory;
  readonly clock: { ms: number };
  decided: Decided;
  readonly shield: string;
  backup: { readonly store: ReturnType<MemoryStore['backup']>; readonly decided: Decided } | null;
  /** Something is gone from a disk that only a comparison of the whole finds. */
  isRowLost: boolean;
}

/** Starts the server of a history; `lives` where its store can be backed up and set back. */
export type StartServer = (options: SyncServerOptions) => Promise<{ server: SyncServer; lives: MemoryStore | null }>;

const inMemory: StartServer = async (options) => {
  const server = await startMemoryServer(options);
  return { server, lives: server.store };
};

/** What went wrong in the history of this seed; nothing where all is well. */
export async function faultsOfHistory(seed: number, steps: number, start: StartServer = inMemory): Promise<string[]> {
  const world = await begin(chanceOf(seed), start);
  for (let step = 0; step < steps; step++) await takeStep(world);
  await heal(world);
  const faults = await world.memory.verdict(world);
  for (const { device } of world.actors) device.lock();
  return faults;
}

async function begin(chance: Chance, start: StartServer): Promise<World> {
  const clock = { ms: Date.UTC(2026, 0, 5, 9) };
  const { server, lives } = await start({
    declared,
    now: () => new Date(clock.ms),
    pageRows: chance.pick([3, 8, 500]),
  });
  const actors: Actor[] = [];
  const names: Name[] = ['ana', 'ana', 'lee', ...(chance.happens(60) ? (['okafor'] as const) : [])];
  for (const name of names) {
    // A clock that is wrong by years must change nothing but what an entry says of its own time.
    const skewMs = chance.pick([0, 0, 0, YEARS_10_MS, -YEARS_10_MS, 90_000]);
    const now = () => new Date(clock.ms + skewMs);
    actors.push({ name, device: await deviceOf(server, name, { declared, medium: memoryMedium(), now }) });
  }
  const decided = { cares: { lee: true, okafor: false }, shielded: false };
  return {
    server,
    lives,
    chance,
    actors,
    memory: new Memory(),
    clock,
    decided,
    shield: newId(),
    backup: null,
    isRowLost: false,
  };
}

type Step = readonly [weight: number, run: (world: World, actor: Actor) => Promise<void>];

const STEPS: readonly Step[] = [
  [36, act],
  [30, exchange],
  [6, async (world, actor) => void (await Promise.all([exchange(world, actor), act(world, actor)]))],
  [4, twoTabs],
  [5, async (_, { device }) => device.restart()],
  [5, actLocked],
  [4, async (_, { device }) => device.wire.deliverLate()],
  [3, giveUp],
  [3, decideOnRefused],
  [4, changeTeam],
  [2, toggleShield],
  [2, copy],
  [2, backUp],
  [2, restore],
  [1, purge],
  [1, loseRow],
  [2, async (world) => void (world.clock.ms += world.chance.below(3) * DAY_MS)],
];
const WEIGHT = STEPS.reduce((sum, [weight]) => sum + weight, 0);

async function takeStep(world: World): Promise<void> {
  const { chance, clock } = world;
  clock.ms += 1 + chance.below(60_000);
  const actor = chance.pick(world.actors as [Actor, ...Actor[]]);
  let roll = chance.below(WEIGHT);
  for (const [weight, run] of STEPS) {
    if (roll < weight) return run(world, actor);
    roll -= weight;
  }
}

async function act(world: World, actor: Actor): Promise<void> {
  const { device } = actor;
  const drawn = world.chance.happens(55) ? await drawCard(world, actor) : await drawJournal(world, actor);
  if (drawn === null) return;
  const inView = drawn.args['beside'] ? [] : await world.memory.inView(device, drawn);
  if ((await device.act(drawn.name, drawn.args, drawn)) === undefined) world.memory.saved(actor, drawn, inView);
}

async function drawJournal({ server, chance, clock }: World, { name, device }: Actor): Promise<Act | null> {
  const entry = pickRow(chance, await device.rows('journalEntry'));
  clock.ms += 1;
  if (entry === null || (name === 'ana' && chance.happens(60))) {
    return name === 'ana' ? { name: ADD_ENTRY, args: entryOf(server, name, `words ${chance.below(1000)}`) } : null;
  }
  const on = { id: entry.id, client: String(entry.fields['client']) };
  if (chance.happens(50)) {
    return { name: 'journal.addComment', args: onEntry(server, name, on, { body: `word ${chance.below(1000)}` }) };
  }
  if (name !== 'ana') return { name: 'journal.markSeen', args: onEntry(server, name, on) };
  return { name: 'journal.reviseEntry', args: onEntry(server, name, on, { content: { text: 'again' } }) };
}

async function drawCard({ server, chance, decided }: World, { name, device }: Actor): Promise<Act | null> {
  const { client } = server.clinic.people.ana;
  const ground = { ...said(device.desk.memberId, device.desk.now()), client };
  const card = pickRow(chance, await device.rows('card'));
  // Nobody but staff writes what is sensitive once the shield is there: the client's forms do not ask for it.
  const weight = name !== 'ana' || !decided.shielded ? { weight: chance.below(100_000) } : {};
  if (card === null || chance.happens(25)) {
    const isSecret = name !== 'ana' && chance.happens(15);
    const given = { title: word(chance), note: word(chance), ...weight, ...(isSecret && { secret: true }) };
    return name !== 'ana' && card === null && !decided.cares[name as Provider]
      ? null
      : { name: 'card.add', args: { ...ground, id: newId(), card: given } };
  }
  const on = { ...ground, id: card.id };
  if (chance.happens(12)) return { name: 'card.remove', args: on };
  // Takes back a choice, as it were: beside what stands, whoever has seen it.
  if (card.heads?.['title'] && chance.happens(15))
    return { name: 'card.change', args: { ...on, changes: { title: word(chance) }, beside: true } };
  const changes: JsonObject = chance.happens(50) ? { title: word(chance) } : { note: word(chance), ...weight };
  // A form that was opened some news ago.
  const cursor = await device.reader.cursor();
  const base = chance.happens(15) && card.version > 0 ? { base: Math.min(cursor, card.version) } : {};
  return { name: 'card.change', args: { ...on, changes }, ...base };
}

/** Unlike any other, so that a value tells which write it is of. */
const word = (chance: Chance) => `w${chance.below(2 ** 40)}`;

function pickRow(chance: Chance, rows: readonly Row[]): Row | null {
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return sorted[chance.below(Math.max(1, sorted.length))] ?? null;
}

async function exchange({ chance, memory }: World, { device }: Actor): Promise<void> {
  const faults: Fault[] = Array.from({ length: 4 }, () => chance.pick(FAULTS));
  device.wire.faults.splice(0, Infinity, ...faults);
  await device.exchange().catch((error: unknown) => memory.hearExchange(error));
}

/** Two tabs of one device whose exchanges run at once: one was thought frozen, and was not. */
async function twoTabs(world: World, { name, device }: Actor): Promise<void> {
  const other = await device.otherTab();
  await Promise.all([exchange(world, { name, device }), exchange(world, { name, device: other })]);
  other.lock();
}

async function actLocked(world: World, actor: Actor): Promise<void> {
  const { name, device } = actor;
  if (name !== 'ana') return;
  device.lock();
  const drawn = { name: ADD_ENTRY, args: entryOf(world.server, name, 'locked') };
  await device.actLocked(drawn.name, drawn.args, device.nowText());
  world.memory.saved(actor, drawn, []);
  if (world.chance.happens(50)) {
    device.wire.faults.splice(0, Infinity, world.chance.pick(FAULTS));
    await device.sendLocked().catch((error: unknown) => {
      const isLeft = error instanceof WireError && (error.code === 'device-forked' || error.code === 'gap');
      if (!(error instanceof Weather) && !isLeft) throw error;
    });
  }
  await device.unlock();
}

async function giveUp({ chance, memory }: World, { device }: Actor): Promise<void> {
  const unsent = await device.unsent();
  const entry = unsent[chance.below(Math.max(1, unsent.length))];
  if (entry?.mutation === undefined) return;
  memory.givenUp(entry.mutation.args);
  await device.discard(entry.n);
}

/** An author reads what came back, and sends it again or lets it go. */
async function decideOnRefused({ chance, memory }: World, { name, device }: Actor): Promise<void> {
  const [rejection] = await device.rejections();
  if (!rejection?.mutation) return;
  const { mutation } = rejection;
  if (chance.happens(50)) memory.givenUp(mutation.args);
  else if ((await device.act(mutation.name, mutation.args)) !== undefined) return;
  else memory.sentAgain({ name, device }, mutation);
  await device.store.rejections.delete(rejection.mid);
}

async function changeTeam(world: World): Promise<void> {
  const name = world.chance.pick(TEAM);
  await setCare(world, name, !world.decided.cares[name]);
}

async function setCare(world: World, name: Provider, cares: boolean): Promise<void> {
  world.decided = { ...world.decided, cares: { ...world.decided.cares, [name]: cares } };
  await world.server.clinic.setCare(name, 'ana', cares);
}

async function toggleShield(world: World): Promise<void> {
  const { clinic } = world.server;
  const { client } = clinic.people.ana;
  const shielded = !world.decided.shielded;
  const fields = shielded ? { client } : null;
  await clinic.write('willow', [{ type: 'shield', id: world.shield, space: staffOf(client), fields }]);
  world.decided = { ...world.decided, shielded };
  world.memory.shielded(world, shielded);
}

async function copy(world: World, { name, device }: Actor): Promise<void> {
  if (world.actors.length >= DEVICES_MOST) return;
  world.actors.push({ name, device: await device.copy() });
  world.memory.copied(name);
}

async function backUp(world: World): Promise<void> {
  if (world.lives === null) return;
  world.backup = { store: world.lives.backup(), decided: world.decided };
  world.lives.markBackedUp();
}

/** Back to the last backup, or to one of this moment: another life of the database. */
async function restore(world: World): Promise<void> {
  const { lives, chance } = world;
  if (lives === null) return;
  if (world.backup === null || chance.happens(30)) await backUp(world);
  const { store, decided } = must(world.backup ?? undefined, 'a backup');
  for (const { device } of world.actors) device.wire.dropLate();
  lives.restore(store, newId());
  world.decided = decided;
  world.memory.shielded(world, decided.shielded);
}

/** Tombstones older than a day go: a device that was away longer has to fetch anew. */
async function purge({ server, clock }: World): Promise<void> {
  await server.store.purgeTombstones(server.clinic.practiceIds.willow, new Date(clock.ms - DAY_MS));
}

/** A row is gone from a device's disk, and nobody has said so. */
async function loseRow(world: World, { device }: Actor): Promise<void> {
  const row = pickRow(world.chance, await device.rows('journalComment'));
  if (row === null || (await device.store.outbox.count()) > 0) return;
  await device.store.rows.delete([`${row.type}/${row.id}`]);
  world.isRowLost = true;
}

/**
 * The network is back, the team is whole, and everyone exchanges until nothing moves. The daily comparison must not be what sets
 * things right: it has its turn only where a row was lost on purpose.
 */
async function heal(world: World): Promise<void> {
  for (const { device } of world.actors) {
    device.wire.faults.splice(0);
    await device.wire.deliverLate();
  }
  for (const name of TEAM) if (!world.decided.cares[name]) await setCare(world, name, true);
  await settle(world);
  if (!world.isRowLost) return;
  // A day later one space is compared at each exchange.
  world.clock.ms += DAY_MS + 1;
  await settle(world);
}

/** Everyone exchanges until a round in which each device asked once and heard nothing new. */
async function settle(world: World): Promise<void> {
  const { actors, memory } = world;
  for (let round = 0; round < ROUNDS_MOST; round++) {
    const before = actors.map(({ device }) => device.wire.crossed.length);
    await everyoneExchanges(world);
    if (actors.every(({ device }, i) => device.wire.crossed.length - must(before[i], 'a count') <= 1)) return;
  }
  memory.hear(`peace, and after ${ROUNDS_MOST} rounds it still moves`);
}

async function everyoneExchanges({ actors, memory }: World): Promise<void> {
  for (const { device } of actors) {
    await device
      .exchange()
      .catch((error: unknown) => memory.hear(`peace, and an exchange ended with ${String(error)}`));
  }
}
