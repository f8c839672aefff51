// One random history of two people who write in threads on three devices, in virtual time, with everything that may go wrong; then
// peace; then the questions that every history must answer well (`doc-verdict.ts`). The same seed gives the same history.

import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { SyncServer } from '../../../server/testing/sync-server.ts';
import { discard, resend } from '../client/discard.ts';
import { openDoc } from '../client/docs.ts';
import type { OpenDoc } from '../client/docs.ts';
import { updateOf } from '../client/doc-outbox.ts';
import { Weather, WireError } from '../client/wire.ts';
import type { Device } from './devices.ts';
import { DocMemory } from './doc-verdict.ts';
import { memoryMedium } from './medium.ts';
import { deviceOf, said } from './people.ts';
import { chanceOf, withChance } from './random.ts';
import type { Chance } from './random.ts';
import { itemsOn, mark, openAll, say, signatureOf } from './thread-acts.ts';
import { declared, SEGMENT_ITEMS, threadDoc } from './threads.ts';
import type { Fault } from './wire-faults.ts';

const FAULTS = ['none', 'none', 'none', 'none', 'lose-request', 'lose-answer', 'twice', 'late'] as const;
const DEVICES_MOST = 5;
const ROUNDS_MOST = 20;
/** Ids are drawn from a row of chance of their own: how many there are does not change what happens. */
const OF_IDS = 1_000_000_007;

export interface DocActor {
  readonly name: Name;
  readonly device: Device;
  /** What its person has on the screen. */
  readonly open: Map<string, OpenDoc>;
}

type Server = Awaited<ReturnType<typeof startMemoryServer>>;

export interface DocWorld {
  readonly server: Server;
  startAgain(): void;
  readonly chance: Chance;
  readonly actors: DocActor[];
  readonly memory: DocMemory;
  readonly clock: { ms: number };
  readonly threads: string[];
  cares: boolean;
  backup: { readonly store: ReturnType<Server['store']['backup']>; readonly cares: boolean } | null;
}

/** What went wrong in the history of this seed; nothing where all is well. */
export function faultsOfDocHistory(seed: number, steps: number): Promise<string[]> {
  const clock = { ms: Date.UTC(2026, 0, 5, 9) };
  return withChance(chanceOf(seed + OF_IDS), clock, () => faultsOf({ seed, steps }, clock));
}

async function faultsOf({ seed, steps }: { seed: number; steps: number }, clock: DocWorld['clock']): Promise<string[]> {
  const world = await begin(chanceOf(seed), clock);
  for (let step = 0; step < steps; step++) await takeStep(world);
  await heal(world);
  const faults = await world.memory.verdict(world);
  for (const actor of world.actors) letGo(actor);
  return faults;
}

async function begin(chance: Chance, clock: DocWorld['clock']): Promise<DocWorld> {
  const now = () => new Date(clock.ms);
  const options = { declared, now, pageRows: chance.pick([3, 8, 500]) };
  const first = await startMemoryServer(options);
  let running: SyncServer = first;
  const server = { ...first, fetch: (request: Request) => running.fetch(request) };
  // A store is set back while no server runs on it.
  const startAgain = () => void (running = first.release(options));
  const actors: DocActor[] = [];
  for (const name of ['ana', 'ana', 'lee'] as const) {
    actors.push({
      name,
      device: await deviceOf(server, name, { declared, medium: memoryMedium(), now }),
      open: new Map(),
    });
  }
  const world = {
    ...{ server, startAgain, chance, actors, memory: new DocMemory(), clock },
    ...{ threads: [], cares: true, backup: null },
  };
  await beginThread(world, must(actors[0], 'an actor'));
  return world;
}

type Step = readonly [weight: number, run: (world: DocWorld, actor: DocActor) => Promise<void>];

const STEPS: readonly Step[] = [
  [34, (world, actor) => speak(world, actor)],
  [6, markOne],
  [30, exchangeAndLook],
  [6, async (world, actor) => void (await Promise.all([exchange(world, actor), speak(world, actor, false)]))],
  [4, twoTabs],
  [4, async (world, actor) => push(world, actor)],
  [5, restart],
  [5, sendLocked],
  [4, async (_, { device }) => device.wire.deliverLate()],
  [5, openOne],
  [3, closeOne],
  [3, giveUp],
  [3, decideOnRefused],
  [2, beginThread],
  [4, async (world) => setCare(world, !world.cares)],
  [1, copy],
  [2, backUp],
  [2, restore],
];
const WEIGHT = STEPS.reduce((sum, [weight]) => sum + weight, 0);

async function takeStep(world: DocWorld): Promise<void> {
  const { chance, clock } = world;
  clock.ms += 1 + chance.below(60_000);
  const actor = chance.pick(world.actors as [DocActor, ...DocActor[]]);
  let roll = chance.below(WEIGHT);
  for (const [weight, run] of STEPS) {
    if (roll < weight) return run(world, actor);
    roll -= weight;
  }
}

async function beginThread(world: DocWorld, { name, device }: DocActor): Promise<void> {
  const { threads, server, clock } = world;
  if (name !== 'ana' || threads.length >= 2) return;
  clock.ms += 1;
  const id = newId();
  const { client } = server.clinic.people.ana;
  if (
    (await device.act('thread.begin', { ...said(device.desk.memberId, device.desk.now()), id, client })) === undefined
  )
    threads.push(id);
}

/** The segment that a screen would write in: the first that is not full here; now and then one that is. */
async function pickDocument({ chance }: DocWorld, { device }: DocActor): Promise<string | null> {
  const rows = (await device.rows('thread')).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const row = rows[chance.below(Math.max(1, rows.length))];
  if (row === undefined) return null;
  for (let segment = 1; ; segment++) {
    const document = threadDoc(row.id, segment);
    const isFull = (await itemsOn(device, document)).length >= SEGMENT_ITEMS;
    if (!isFull || chance.happens(15)) return document;
  }
}

/** Says something, and looks whether it is there, where nothing else is under way. */
async function speak(world: DocWorld, actor: DocActor, isAlone = true): Promise<void> {
  const { chance, memory, clock } = world;
  const document = await pickDocument(world, actor);
  if (document === null) return;
  clock.ms += 1;
  const isBad = chance.happens(5);
  const text = isBad ? 'x'.repeat(300) : `w${chance.below(2 ** 40)}`;
  const id = newId(clock.ms);
  if ((await say(actor.device, { document, text, id })) !== undefined) return;
  memory.said({ id, text, isBad, actor });
  if (!isAlone) return;
  const shown = await itemsOn(actor.device, document);
  if (!shown.some((item) => item.id === id)) memory.hear(`${id} was kept and is not shown`);
}

async function markOne(world: DocWorld, actor: DocActor): Promise<void> {
  const document = await pickDocument(world, actor);
  if (document === null) return;
  const value = world.chance.below(1000);
  if ((await mark(actor.device, { document, key: must(world.threads[0], 'a thread'), value })) === undefined)
    world.memory.marked({ document, value, by: await signatureOf(actor.device), actor });
}

async function exchange({ chance, memory }: DocWorld, { device }: Pick<DocActor, 'device'>): Promise<void> {
  const faults: Fault[] = Array.from({ length: 4 }, () => chance.pick(FAULTS));
  device.wire.faults.splice(0, Infinity, ...faults);
  await device.exchange().catch((error: unknown) => memory.hearExchange(error));
}

/** The same, and what its person sees after it, however it went. */
async function exchangeAndLook(world: DocWorld, actor: DocActor): Promise<void> {
  await exchange(world, actor);
  if (world.chance.happens(30)) await world.memory.look(world, actor);
}

async function push({ chance, memory }: DocWorld, { device }: DocActor): Promise<void> {
  device.wire.faults.splice(0, Infinity, chance.pick(FAULTS));
  await device.push().catch((error: unknown) => memory.hearExchange(error));
}

/** Two tabs of one device whose exchanges run at once, and both are written in. */
async function twoTabs(world: DocWorld, { name, device }: DocActor): Promise<void> {
  const other = { name, device: await device.otherTab(), open: new Map() };
  await speak(world, other);
  await Promise.all([exchange(world, { device }), exchange(world, other)]);
  letGo(other);
}

function letGo({ device, open }: DocActor): void {
  for (const doc of open.values()) doc.release();
  open.clear();
  device.lock();
}

async function restart(_: DocWorld, actor: DocActor): Promise<void> {
  letGo(actor);
  await actor.device.unlock();
}

/** The page is closed; a worker sends. */
async function sendLocked({ chance }: DocWorld, actor: DocActor): Promise<void> {
  letGo(actor);
  const { device } = actor;
  device.wire.faults.splice(0, Infinity, chance.pick(FAULTS));
  await device.sendLocked().catch((error: unknown) => {
    const isLeft = error instanceof WireError && (error.code === 'device-forked' || error.code === 'gap');
    if (!(error instanceof Weather) && !isLeft) throw error;
  });
  await device.unlock();
}

async function openOne(world: DocWorld, actor: DocActor): Promise<void> {
  const document = await pickDocument(world, actor);
  if (document === null || actor.open.has(document)) return;
  actor.open.set(document, await openDoc(actor.device.desk, document));
}

async function closeOne(_: DocWorld, { open }: DocActor): Promise<void> {
  const [first] = open;
  first?.[1].release();
  open.delete(first?.[0] ?? '');
}

async function giveUp({ chance, memory }: DocWorld, { device }: DocActor): Promise<void> {
  const unsent = await device.unsent();
  const entry = unsent[chance.below(Math.max(1, unsent.length))];
  if (entry === undefined || updateOf(entry) === undefined) return;
  memory.givenUp(entry.mutation?.args ?? {});
  await discard(device.desk, entry.n);
}

/** An author reads what came back, and sends it again or lets it go. */
async function decideOnRefused({ chance, memory }: DocWorld, { device }: DocActor): Promise<void> {
  const [rejection] = await device.rejections();
  if (!rejection?.mutation) return;
  if (chance.happens(50)) {
    if ((await resend(device.desk, rejection.mid)) === undefined) memory.sentAgain(rejection.mutation.args);
    return;
  }
  memory.givenUp(rejection.mutation.args);
  await device.store.rejections.delete(rejection.mid);
}

async function setCare(world: DocWorld, cares: boolean): Promise<void> {
  if (world.cares === cares) return;
  world.cares = cares;
  await world.server.clinic.setCare('lee', 'ana', cares);
  world.memory.cares(world, cares);
}

async function copy(world: DocWorld, { name, device }: DocActor): Promise<void> {
  if (world.actors.length >= DEVICES_MOST) return;
  world.actors.push({ name, device: await device.copy(), open: new Map() });
  world.memory.copied(name);
}

async function backUp(world: DocWorld): Promise<void> {
  world.backup = { store: world.server.store.backup(), cares: world.cares };
  world.server.store.markBackedUp();
}

/** Back to the last backup, or to one of this moment: another life of the database. */
async function restore(world: DocWorld): Promise<void> {
  if (world.backup === null || world.chance.happens(30)) await backUp(world);
  const { store, cares } = must(world.backup ?? undefined, 'a backup');
  for (const { device } of world.actors) device.wire.dropLate();
  world.server.store.restore(store, newId());
  world.startAgain();
  world.memory.restored();
  world.cares = cares;
  world.memory.cares(world, cares);
}

/** The network is back, the team is whole, every document is open, and everyone exchanges until nothing moves. */
async function heal(world: DocWorld): Promise<void> {
  const { actors, memory } = world;
  for (const { device } of actors) {
    device.wire.faults.splice(0);
    await device.wire.deliverLate();
  }
  await setCare(world, true);
  for (let round = 0; round < ROUNDS_MOST; round++) {
    const before = actors.map(({ device }) => device.wire.crossed.length);
    for (const actor of actors) {
      await actor.device
        .exchange()
        .catch((error: unknown) => memory.hear(`peace, and an exchange ended with ${String(error)}`));
      await openAll(actor, world.threads);
    }
    // One pull, and one question about what is open.
    if (actors.every(({ device }, i) => device.wire.crossed.length - must(before[i], 'a count') <= 2) && round > 1)
      return;
  }
  memory.hear(`peace, and after ${ROUNDS_MOST} rounds it still moves`);
}
