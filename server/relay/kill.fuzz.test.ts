// `kill -9` of nodes and of PostgreSQL, and an orderly end, under load on documents, again and again. What a writer was told is kept,
// and what any reader has seen, is in the log, once.
//
// Budget: 2 minutes. By hand: `CYCLES=1000 npx vitest run server/relay/kill.fuzz.test.ts`; `SEED` gives another history.

import { setTimeout as delay } from 'node:timers/promises';
import type { QueryResult, QueryResultRow } from 'pg';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { chanceOf } from '../../src/sync/testing/random.ts';
import type { Chance } from '../../src/sync/testing/random.ts';
import { Share } from '../../src/sync/testing/share.ts';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { createPgDocLog } from '../store/pg-doc-log.ts';
import { declared } from '../testing/papers.ts';
import { startTestPostgres } from '../testing/postgres.ts';
import { RelayReader, RelayWriter } from '../testing/relay-load.ts';
import { RelayProcess } from '../testing/relay-process.ts';
import { startPgServer } from '../testing/sync-server.ts';

const asked = process.env['CYCLES'];
const seed = Number(process.env['SEED'] ?? 1);
const ALL_DAY_MS = 24 * 3_600_000;
const WRITERS = 8;
const TICK_MS = 40;
/** Documents that each reader has open. */
const OPEN = 60;

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Load {
  readonly documents: number;
  /** Messages each second, of all writers together. */
  readonly rate: number;
}

/** Two nodes in processes of their own over one PostgreSQL, and a clinic with documents. */
async function begin({ documents }: Load) {
  const postgres = await startTestPostgres();
  undo.push(() => postgres.remove());
  const database = openDatabase({ connectionString: postgres.url, max: 2 });
  undo.push(() => database.close());
  await migrate(database.db);
  const { clinic, endNode } = await startPgServer(database, { declared });
  await endNode();
  const { people, practiceIds } = clinic;
  const space = `chart:${people.ana.client}`;
  const cards = Array.from({ length: documents }, () => newId());
  const fields = { client: people.ana.client, title: 'title', note: 'note' };
  await clinic.write(
    'willow',
    cards.map((id) => ({ type: 'card', id, space, fields, by: people.ana.member })),
  );
  const env = { DATABASE_URL: postgres.url, CLINIC: JSON.stringify({ people, practiceIds }) };
  const nodes = [new RelayProcess(env), new RelayProcess(env)] as const;
  for (const node of nodes) {
    await node.start();
    undo.push(() => node.remove());
  }
  const names = cards.map((id) => `talk:${id}`);
  return { database, people, nodes, names, practiceId: practiceIds.willow };
}

type Ground = Awaited<ReturnType<typeof begin>>;

/** PostgreSQL loses what it had in memory and recovers from what it had written, as after a crash of the machine. */
async function crashPostgres(database: Database): Promise<void> {
  // The blow before may have left it recovering.
  const { rows } = await untilAnswered<{ pid: number }>(
    database,
    `select pid from pg_stat_activity where backend_type = 'checkpointer'`,
  );
  process.kill(must(rows[0], 'a checkpointer').pid, 'SIGKILL');
  await untilAnswered(database, 'select 1');
}

async function untilAnswered<Row extends QueryResultRow>(
  { pool }: Database,
  question: string,
): Promise<QueryResult<Row>> {
  for (;;) {
    const answer = await pool.query<Row>(question).catch(() => null);
    if (answer !== null) return answer;
    await delay(10);
  }
}

const BLOWS: readonly ((ground: Ground) => Promise<unknown>)[] = [
  async ({ nodes: [node] }) => {
    await node.end('SIGKILL');
    await node.start();
  },
  ({ database }) => crashPostgres(database),
  async ({ nodes: [, node] }) => {
    await node.end('SIGKILL');
    await node.start();
  },
  async ({ nodes: [node] }) => {
    expect(await node.end('SIGTERM')).toBe(0);
    await node.start();
  },
];

async function campaign(ground: Ground, { rate }: Load, { share, chance }: { share: Share; chance: Chance }) {
  const { nodes, people, names } = ground;
  let turn = 0;
  const portOf = () => nodes[turn++ % 2]?.port ?? 0;
  const writers = Array.from(
    { length: WRITERS },
    (_, i) => new RelayWriter(i % 2 === 0 ? people.ana : people.lee, portOf),
  );
  const readers = [people.ana, people.lee, people.ana].map(
    (person) => new RelayReader(person, names.slice(0, OPEN), portOf),
  );
  undo.push(async () => readers.forEach((reader) => reader.close()));
  const write = () => {
    const count = Math.max(1, Math.round((rate * TICK_MS) / 1000));
    for (let i = 0; i < count; i++)
      must(writers[chance.below(WRITERS)], 'a writer').say(must(names[chance.below(names.length)], 'a name'));
  };
  for (const round of share.rounds()) {
    const writing = setInterval(write, TICK_MS);
    await delay(150 + chance.below(250));
    await must(BLOWS[round % BLOWS.length], 'a blow')(ground);
    clearInterval(writing);
  }
  for (const writer of writers) await writer.finish();

  return { writers, readers };
}

/** The messages of all documents as the log has them, where its chain holds. */
async function inTheLog({ database, practiceId }: Ground, names: readonly string[]): Promise<string[]> {
  const log = createPgDocLog(database);
  const found: string[] = [];
  for (const name of names) {
    const { snapshot, updates, isBroken, end } = await log.load(practiceId, name);
    expect([name, isBroken]).toEqual([name, false]);
    expect(updates.length).toBe(end.seq - (snapshot?.seq ?? 0));
    const doc = new Y.Doc();
    for (const { update } of [...(snapshot ? [snapshot] : []), ...updates]) Y.applyUpdate(doc, update);
    expect(doc.store.pendingStructs).toBeNull();
    found.push(...(doc.getArray('messages').toJSON() as { id: string }[]).map(({ id }) => id));
  }
  return found;
}

async function expectKept(load: Load, chance: Chance): Promise<void> {
  // Half of what was asked for.
  const share = new Share({ asked: asked && String(Math.ceil(Number(asked) / 2)), most: 25, least: 4, seconds: 60 });
  const ground = await begin(load);
  const { writers, readers } = await Promise.race([
    campaign(ground, load, { share, chance }),
    ...ground.nodes.map(({ died }) => died),
  ]);
  const acknowledged = writers.flatMap((writer) => writer.acknowledged);
  const kept = await inTheLog(ground, ground.names);
  const open = await inTheLog(ground, ground.names.slice(0, OPEN));
  const all = new Set(kept);
  const lost = (ids: Iterable<string>) => [...ids].filter((id) => !all.has(id));
  expect(writers.flatMap((writer) => writer.refused)).toEqual([]);
  expect(kept.length).toBe(all.size);
  expect(lost(acknowledged)).toEqual([]);
  for (const { seen } of readers) expect(lost(seen)).toEqual([]);
  expect(acknowledged.length).toBe(all.size);
  expect(acknowledged.length).toBeGreaterThan(share.done);
  // In the end everybody sees everything of what he has open.
  for (const { seen } of readers) await expect.poll(() => seen.size, { timeout: 60_000 }).toBe(open.length);
  process.stdout.write(`${share.done} blows, ${all.size} messages, 0 lost, 0 twice\n`);
}

test('dense: 20 documents, 200 messages a second, blow after blow', { timeout: ALL_DAY_MS }, () =>
  expectKept({ documents: 20, rate: 200 }, chanceOf(seed)),
);

test('sparse: 200 documents, 50 messages a second, blow after blow', { timeout: ALL_DAY_MS }, () =>
  expectKept({ documents: 200, rate: 50 }, chanceOf(seed + 1)),
);
