// Pushes that one server answers in a second: of one entry each and of 50, from 20 devices that each send the next when the
// last is answered, into one practice and into ten, over the embedded PostgreSQL and over an outside one (a second server of
// the same binaries, by `DATABASE_URL`). Reference, in the same run: as many transactions, on as many connections, that insert
// as many plain rows. Nothing was promised here; the figures are to be known.

import { newId } from '../src/base/ids.ts';
import { must } from '../src/base/must.ts';
import { demoId } from '../server/ops/demo-people.ts';
import { openDatabase } from '../server/store/database.ts';
import type { Database } from '../server/store/database.ts';
import { startTestPostgres } from '../server/testing/postgres.ts';
import { signInTo } from '../server/testing/wire-device.ts';
import type { WirePerson } from '../server/testing/wire-device.ts';
import { BenchServer } from './ground/bench-server.ts';
import { CrowdDevice } from './ground/crowd.ts';
import { entryArgs } from './ground/entries.ts';
import { median, printTable, ROUNDS } from './ground/figures.ts';
import type { Line } from './ground/figures.ts';

const DEVICES = 20;
const PRACTICES = 10;
const SECONDS = 5;

const outside = await startTestPostgres();
const lines: Line[] = [];
try {
  for (const databaseUrl of [undefined, outside.url]) {
    const where = databaseUrl === undefined ? 'embedded' : 'outside';
    const server = await BenchServer.open({ practices: PRACTICES, ...(databaseUrl !== undefined && { databaseUrl }) });
    try {
      for (const practices of [1, PRACTICES])
        for (const size of [1, 50]) lines.push(await measure(server, { where, practices, size }));
    } finally {
      await server.remove();
    }
  }
} finally {
  await outside.remove();
}
printTable(`Pushes a second, ${DEVICES} devices`, lines);

async function measure(server: BenchServer, of: { where: string; practices: number; size: number }): Promise<Line> {
  const ana = await signInTo(server.way, 'ana');
  const found: { pushes: number; bare: number }[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const bare = await rate((until) => insertUntil(server, { size: of.size, until }));
    const pushes = await rate((until) => pushUntil(server, { ana, ...of, until }));
    found.push({ pushes, bare });
  }
  const [pushes, bare] = [median(found.map((one) => one.pushes)), median(found.map((one) => one.bare))];
  const practices = of.practices === 1 ? 'one practice' : `${of.practices} practices`;
  return {
    what: `${of.where}, ${practices}, ${of.size} each`,
    figure: `${pushes.toFixed(0)} /s`,
    more: `${(pushes * of.size).toFixed(0)} entries/s; bare transactions ${bare.toFixed(0)} /s`,
  };
}

/** How many a second: every worker counts what it had done by then. */
async function rate(work: (until: number) => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  const done = await work(startedAt + SECONDS * 1000);
  return (done / (performance.now() - startedAt)) * 1000;
}

async function pushUntil(
  server: BenchServer,
  { ana, practices, size, until }: { ana: WirePerson; practices: number; size: number; until: number },
): Promise<number> {
  const counts = Array.from({ length: DEVICES }, async (_, i) => {
    const slug = `bench-${(i % practices) + 1}`;
    const who = { ...ana, practice: slug, member: demoId(`member ${slug}`), client: demoId(`client ${slug}`) };
    const device = new CrowdDevice(server.way, who);
    let n = 0;
    for (; performance.now() < until; n += size) {
      const mutations = Array.from({ length: size }, (__, k) => mutationOf(who, n + k + 1));
      const { status, answer } = await device.ask('push', { mutations });
      const { results } = answer as { results?: { result: string }[] };
      if (status !== 200 || results?.some(({ result }) => result !== 'applied'))
        throw new Error(`a push was answered ${status} ${JSON.stringify(results?.[0] ?? answer)}`);
    }
    return n / size;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

function mutationOf({ client, member }: WirePerson, n: number) {
  const args = entryArgs({ client, by: member }, n);
  return { n, mid: newId(), name: 'journal.addEntry', v: 1, args, base: 0, at: String(args['at']) };
}

async function insertUntil(server: BenchServer, { size, until }: { size: number; until: number }): Promise<number> {
  const database = openDatabase({ ...server.database.pool.options, max: DEVICES });
  try {
    await database.pool.query('create table if not exists bare (id uuid primary key, fields jsonb not null)');
    const counts = Array.from({ length: DEVICES }, () => insertOne(database, { size, until }));
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  } finally {
    await database.close();
  }
}

async function insertOne({ pool }: Database, { size, until }: { size: number; until: number }): Promise<number> {
  const connection = await pool.connect();
  let done = 0;
  try {
    for (; performance.now() < until; done += 1) {
      const rows = Array.from({ length: size }, (_, k) => entryArgs({ client: 'c', by: 'b' }, done + k));
      const values = [rows.map(({ id }) => id), rows.map((row) => JSON.stringify(must(row, 'a row')))];
      await connection.query('begin');
      await connection.query('insert into bare select * from unnest($1::uuid[], $2::jsonb[])', values);
      await connection.query('commit');
    }
  } finally {
    connection.release();
  }
  return done;
}
