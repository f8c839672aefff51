// The drill: real processes, a real PostgreSQL, people writing while it is backed up; then everything is destroyed.
// Budget: 2 minutes.

import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/base/must.ts';
import { findRunningPostgres } from '../../store/embedded.ts';
import { openDatabase } from '../../store/database.ts';
import { spawnServer } from '../../testing/child-server.ts';
import type { ChildServer } from '../../testing/child-server.ts';
import { removeDataDir } from '../../testing/postgres.ts';
import { entryIds, WirePerson } from '../../testing/wire-person.ts';

const SERVER = join(import.meta.dirname, 'drill.fixture.ts');
const command = (name: string) => join(import.meta.dirname, '..', `${name}.ts`);

let ground: string;
let dataDir: string;
let backups: string;
const started: ChildServer[] = [];
const dataDirs: string[] = [];

beforeAll(async () => {
  ground = await mkdtemp(join(tmpdir(), 'interlude-drill-'));
  backups = join(ground, 'backups');
  dataDir = newDataDir('first');
  expect(await run('seed-demo', [])).toMatchObject({ code: 0 });
});

afterAll(async () => {
  for (const server of started) server.kill('SIGKILL');
  await Promise.all(started.map((server) => server.exited));
  for (const folder of dataDirs) await removeDataDir(folder);
  await rm(ground, { recursive: true, force: true });
});

function newDataDir(name: string): string {
  const folder = join(ground, name);
  dataDirs.push(folder);
  return folder;
}

/** Runs a command on the present data folder to its end. */
async function run(name: string, args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawnServer([command(name), ...args], { DATA_DIR: dataDir });
  const { code } = await child.exited;
  return { code, said: child.output() };
}

async function serve(): Promise<{ server: ChildServer; origin: string }> {
  const server = spawnServer([SERVER], { DATA_DIR: dataDir, PORT: '0' });
  started.push(server);
  const { port } = await server.logged('listening');
  return { server, origin: `http://localhost:${port}` };
}

async function ask<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
  const running = must(await findRunningPostgres(dataDir), 'a database');
  const database = openDatabase({ ...running, ssl: false, max: 1 });
  try {
    return (await database.pool.query<T>(text, values)).rows;
  } finally {
    await database.close();
  }
}

/** Which of these entries are there, in order, each as often as it is there. */
async function present(ids: readonly string[]): Promise<string[]> {
  const rows = await ask<{ id: string }>(`select id from row where type = 'journalEntry' and id = any($1)`, [ids]);
  const found = rows.map(({ id }) => id);
  return ids.filter((id) => found.includes(id));
}

/** Everything of every table that a restore is to bring back unchanged. */
async function contents(): Promise<Record<string, unknown[]>> {
  const tables = ['row', 'relation', 'ledger', 'sealing_key', 'identity."user"', 'identity.account'];
  // What the practice itself writes goes on with the clock, whenever a server runs.
  const those = (table: string) => (table === 'row' ? 'where t.by <> t.practice_id' : '');
  const all = await Promise.all(
    tables.map((table) => ask(`select * from ${table} t ${those(table)} order by t::text`)),
  );
  return Object.fromEntries(tables.map((table, i) => [table, must(all[i], 'rows')]));
}

describe('backed up while people write, destroyed, restored elsewhere', () => {
  const [ana, ben] = [new WirePerson('ana'), new WirePerson('ben')];
  const folder = () => join(backups, 'night');
  let epoch: string;
  let held: { ana: string[]; ben: string[] };

  test('a backup is taken from a server that is being written to, and says how far it reaches', async () => {
    const { server, origin } = await serve();
    for (const person of [ana, ben]) await person.signIn(origin);
    await ana.write(5);
    await ben.write(5);
    epoch = (await ana.hello()).body.epoch;
    let over = false;
    const writing = [ana, ben].map(async (person) => {
      while (!over) expect((await person.write(3)).status).toBe(200);
    });
    const backup = await run('backup', [folder()]);
    over = true;
    await Promise.all(writing);
    expect(backup).toMatchObject({ code: 0, said: expect.stringContaining('Done') });
    await ana.write(4);
    await ben.write(4);

    const manifest = JSON.parse(await readFile(join(folder(), 'manifest.json'), 'utf8'));
    const [practice] = await ask<{ id: string; version: number; backed_up_through: number }>(
      `select * from practice where slug = 'harbor-care'`,
    );
    expect(manifest.epoch).toBe(epoch);
    expect(practice?.backed_up_through).toBe(manifest.versions[practice?.id ?? '']);
    expect(practice?.version).toBeGreaterThan(practice?.backed_up_through ?? Infinity);
    expect((await stat(join(folder(), 'secret.key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(backups)).toEqual(['night']);

    // Whole transactions of both, up to one moment: of each person a beginning of what he wrote, and no more.
    const rows = await readFile(join(folder(), 'tables', 'public.row.copy'), 'utf8');
    const inBackup = (person: WirePerson) => entryIds(person.accepted).filter((id) => rows.includes(id));
    held = { ana: inBackup(ana), ben: inBackup(ben) };
    for (const [person, ids] of [
      [ana, held.ana],
      [ben, held.ben],
    ] as const) {
      expect(ids).toEqual(entryIds(person.accepted).slice(0, ids.length));
      expect(ids.length).toBeGreaterThanOrEqual(5);
      expect(ids.length).toBeLessThan(person.accepted.length);
    }
    expect(await run('restore', [folder(), '--replace', '--yes'])).toMatchObject({
      code: 1,
      said: expect.stringContaining('Another Interlude server is running'),
    });
    server.kill('SIGKILL');
    await server.exited;
  });

  test('on another data folder it is all there up to the backup, in a new epoch, with everyone signed out', async () => {
    await removeDataDir(dataDir);
    dataDir = newDataDir('second');
    expect(await run('restore', [folder()])).toMatchObject({ code: 0, said: expect.stringContaining('Done') });
    const { origin } = await serve();
    const wrote = await present(entryIds([...ana.accepted, ...ben.accepted]));
    expect(wrote).toEqual([...held.ana, ...held.ben]);
    const practices = await ask<{ version: number; backed_up_through: number }>('select * from practice');
    expect(practices).toHaveLength(2);
    for (const practice of practices) expect(practice.backed_up_through).toBe(practice.version);

    ana.visit(origin);
    expect(await ana.hello()).toMatchObject({ status: 401, body: { error: { code: 'not-signed-in' } } });
    for (const person of [ana, ben]) await person.signIn(origin);
    const hello = await ana.hello();
    expect(hello.body.epoch).not.toBe(epoch);
    expect(hello.body.lastN).toBe(held.ana.length);
    expect(await ana.pull({ epoch, cursor: 1 })).toMatchObject({
      status: 409,
      body: { error: { code: 'epoch-changed' } },
    });
  });

  test('what devices had accepted since is pushed again and applied exactly once', async () => {
    const before = await ask('select 1 from row');
    for (const person of [ana, ben]) {
      const since = person.accepted.slice(held[person.name as 'ana' | 'ben'].length);
      const first = await person.push(since);
      expect(first.body.results.map((one: { result: string }) => one.result)).toEqual(since.map(() => 'applied'));
      expect((await person.push(person.accepted)).body.results.slice(-since.length)).toEqual(first.body.results);
    }
    const all = entryIds([...ana.accepted, ...ben.accepted]);
    expect(await present(all)).toEqual(all);
    const since = all.length - held.ana.length - held.ben.length;
    expect(await ask('select 1 from row')).toHaveLength(before.length + since);
    const doubled = await ask('select from ledger group by practice_id, member_id, mid having count(*) > 1');
    expect(doubled).toEqual([]);
    for (const server of started.splice(0)) {
      server.kill('SIGTERM');
      await server.exited;
    }
  });

  test('with no server running it is the same, and restoring changes nothing of what was backed up', async () => {
    const again = join(backups, 'stopped');
    expect(await run('backup', [again])).toMatchObject({ code: 0 });
    const first = await serve();
    const before = await contents();
    first.server.kill('SIGTERM');
    await first.server.exited;
    expect(await run('restore', [again])).toMatchObject({ code: 1, said: expect.stringContaining('add --replace') });
    expect(await run('restore', [again, '--replace'])).toMatchObject({
      code: 1,
      said: expect.stringContaining('--yes'),
    });
    expect(await run('restore', [again, '--replace', '--yes'])).toMatchObject({ code: 0 });
    const second = await serve();
    expect(await contents()).toEqual(before);
    second.server.kill('SIGTERM');
    await second.server.exited;
  });
});

test('a backup by other means is marked at the point noted before it began, in the same epoch only', async () => {
  const marks = () => ask<{ version: number; backed_up_through: number }>('select * from practice order by slug');
  const point = join(ground, 'point.json');
  const { server } = await serve();
  expect(await run('backup', ['--point', point])).toMatchObject({ code: 0 });
  const noted = (await marks()).map(({ version }) => version);
  await ask('update practice set version = version + 5');
  expect(await run('backup', ['--mark', point])).toMatchObject({ code: 0 });
  expect((await marks()).map(({ backed_up_through: through }) => through)).toEqual(noted);
  await ask(`update meta set value = gen_random_uuid()::text where key = 'epoch'`);
  expect(await run('backup', ['--mark', point])).toMatchObject({
    code: 1,
    said: expect.stringContaining('was restored'),
  });
  expect(await run('backup', ['--mark', join(ground, 'none')])).toMatchObject({ code: 1 });
  expect(await run('backup', ['one', '--mark', point])).toMatchObject({
    code: 1,
    said: expect.stringContaining('npm run'),
  });
  server.kill('SIGTERM');
  await server.exited;
});

describe('a restore that is killed', () => {
  const big = () => join(backups, 'big');
  let before: Record<string, unknown[]>;
  let epoch: string;

  const epochNow = async () =>
    (await ask<{ value: string }>(`select value from meta where key = 'epoch'`))[0]?.value ?? '';

  /** Kills it the moment it says that it is loading this table. */
  async function killedAt(table: string): Promise<void> {
    const restore = spawnServer([command('restore'), big(), '--replace', '--yes'], { DATA_DIR: dataDir });
    await expect.poll(() => restore.output(), { interval: 1, timeout: 30_000 }).toContain(`  ${table}: `);
    restore.kill('SIGKILL');
    await restore.exited;
  }

  async function started(look: () => Promise<void>): Promise<void> {
    const { server } = await serve();
    await look();
    server.kill('SIGTERM');
    expect((await server.exited).code).toBe(0);
  }

  beforeAll(async () => {
    const { server } = await serve();
    await ask(`insert into row (practice_id, type, id, space, version, schema_version, by, received_at, changed_at, fields)
      select id, 'journalEntry', gen_random_uuid(), 'chart:none', 1, 1, id, now(), now(), jsonb_build_object('n', n)
      from practice, generate_series(1, 20000) n where slug = 'harbor-care'`);
    expect(await run('backup', [big()])).toMatchObject({ code: 0 });
    server.kill('SIGTERM');
    await server.exited;
    // Another server's data, under another secret.
    dataDir = newDataDir('third');
    expect(await run('seed-demo', [])).toMatchObject({ code: 0 });
    await started(async () => {
      [before, epoch] = [await contents(), await epochNow()];
    });
  });

  test.each(['public.meta', 'public.row'])('while it loads %s leaves the database that was there', async (table) => {
    await killedAt(table);
    await started(async () => {
      expect(await epochNow()).toBe(epoch);
      expect(await contents()).toEqual(before);
    });
  });

  test('in an empty data folder leaves an empty server, and can be done again', async () => {
    dataDir = newDataDir('fourth');
    await killedAt('public.row');
    await started(async () => expect(await ask('select from practice')).toEqual([]));
    expect(await run('restore', [big()])).toMatchObject({ code: 0 });
    await started(async () => expect((await ask('select from row')).length).toBeGreaterThan(20_000));
  });

  test('a backup that is told to end leaves nothing', async () => {
    const backup = spawnServer([command('backup'), join(backups, 'ended')], { DATA_DIR: dataDir });
    await expect.poll(() => backup.output(), { interval: 1, timeout: 30_000 }).toContain('public.meta: ');
    backup.kill('SIGINT');
    expect((await backup.exited).code).toBe(1);
    expect(backup.output()).toContain('Called off');
    const killed = spawnServer([command('backup'), join(backups, 'killed')], { DATA_DIR: dataDir });
    await expect.poll(() => killed.output(), { interval: 1, timeout: 30_000 }).toContain('public.meta: ');
    killed.kill('SIGKILL');
    await killed.exited;
    const left = (await readdir(backups)).filter((name) => /^(ended|killed)/.test(name));
    expect(left).toEqual([expect.stringMatching(/^killed\.unfinished-/)]);
    expect(await run('restore', [join(backups, must(left[0], 'a draft'))])).toMatchObject({
      code: 1,
      said: expect.stringContaining('is not a whole backup'),
    });
  });
});
