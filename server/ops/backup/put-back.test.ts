import { randomUUID } from 'node:crypto';
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { loadVapid } from '../../effects/push/vapid.ts';
import { createPractice } from '../../identity/create-practice.ts';
import { insertPerson } from '../../identity/person.ts';
import { createPracticeKeys } from '../../identity/practice-keys.ts';
import { createJobs } from '../../jobs/jobs.ts';
import { createLog } from '../../log.ts';
import { loadSecret } from '../../secret.ts';
import { StartError } from '../../start-error.ts';
import { markBackedUp, readPoint } from '../../store/backup/backup-point.ts';
import { openDatabase } from '../../store/database.ts';
import type { Database } from '../../store/database.ts';
import { migrate } from '../../store/migrate.ts';
import { MIGRATIONS } from '../../store/migrations.ts';
import { checkSecret } from '../../store/secret-mark.ts';
import { startTestPostgres } from '../../testing/postgres.ts';
import type { TestPostgres } from '../../testing/postgres.ts';
import { alone } from '../reach-database.ts';
import { resealAll, prepareNext } from '../rotate-secret.ts';
import { openBackup } from './check.ts';
import { readManifest, writeManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { createProgress } from './progress.ts';
import { putBack } from './put-back.ts';
import { takeBackup } from './take.ts';

const progress = createProgress(() => undefined);
const NOTHING = new AbortController().signal;

/** A machine: a data folder and a database. */
interface Machine {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly secretKey: Uint8Array | null;
}

let postgres: TestPostgres;
let ground: string;
let from: Machine;
let folder: string;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres?.remove());

beforeEach(async () => {
  ground = await mkdtemp(join(tmpdir(), 'interlude-put-back-'));
  folder = join(ground, 'backup');
  from = await machine('from');
  await open(from, furnish(from, 'willow'));
  return () => rm(ground, { recursive: true, force: true });
});

async function machine(name: string, secretKey: Uint8Array | null = null): Promise<Machine> {
  const database = `m_${randomUUID().replaceAll('-', '')}`;
  const house = openDatabase({ ...postgres.running.connection, ssl: false });
  await house.pool.query(`create database ${database}`);
  await house.close();
  const url = new URL(postgres.url);
  url.pathname = `/${database}`;
  const dataDir = join(ground, name);
  await mkdir(dataDir, { recursive: true });
  return { dataDir, databaseUrl: url.href, secretKey };
}

const open = <T>(on: Machine, work: (database: Database) => Promise<T>) => alone(on, work);

/** What a first start and a set-up leave. */
function furnish(on: Machine, slug: string) {
  return async (database: Database): Promise<void> => {
    await migrate(database.db);
    const secret = await loadSecret(on);
    await checkSecret(database.db, secret);
    const owner = { name: 'O', email: `${slug}@demo.test`, password: 'interlude-demo' };
    const { userId } = await insertPerson(database.db, owner);
    await createPractice({ database, secret }, { slug, name: slug, timezone: 'UTC', owner: { userId, ...owner } });
  };
}

const backUp = (on: Machine = from, abort: AbortSignal = NOTHING) =>
  open(on, (database) => takeBackup({ database, config: on, folder, app: '0.1.0', progress, abort }));

async function restore(on: Machine, mayReplace = true): Promise<string> {
  const backup = await openBackup(folder, { progress, abort: NOTHING });
  const asked = { config: on, backup, mayReplace: async () => mayReplace, progress, abort: NOTHING };
  return open(on, (database) => putBack({ database, ...asked }));
}

/** What a start does with what it finds, down to opening every practice's sealed key. */
async function practicesAt(on: Machine): Promise<string[]> {
  return open(on, async (database) => {
    expect(await migrate(database.db)).toEqual([]);
    const secret = await loadSecret(on);
    await checkSecret(database.db, secret);
    const practices = await database.db.selectFrom('practice').select(['id', 'slug']).orderBy('slug').execute();
    const keys = createPracticeKeys({ database, secret });
    for (const { id } of practices) {
      const { keyId } = await keys.sealingKey(id);
      expect(await keys.privateKeyFor(id)(keyId)).toBeDefined();
    }
    return practices.map(({ slug }) => slug);
  });
}

/** A manifest that was written differently, with a digest that fits. */
async function rewrite(change: Partial<Manifest> & Record<string, unknown>): Promise<void> {
  const { format: _format, ...manifest } = await readManifest(folder);
  await rm(join(folder, 'manifest.json'));
  await rm(join(folder, 'manifest.sha256'));
  await writeManifest(folder, { ...manifest, ...change });
}

test('another machine gets the practices, the secret and the files, and starts', async () => {
  await mkdir(join(from.dataDir, 'files', 'ab'), { recursive: true });
  await writeFile(join(from.dataDir, 'files', 'ab', 'abcd'), Buffer.alloc(100_000, 7));
  await backUp();
  const to = await machine('to');
  await restore(to);
  expect(await practicesAt(to)).toEqual(['willow']);
  expect(await readdir(to.dataDir)).toEqual(['files', 'secret.key']);
  expect(await readFile(join(to.dataDir, 'files', 'ab', 'abcd'))).toEqual(Buffer.alloc(100_000, 7));
});

test('what is there is replaced only where that was agreed to, with its secret', async () => {
  await backUp();
  const to = await machine('to');
  await open(to, furnish(to, 'harbor'));
  await expect(restore(to, false)).rejects.toThrow('Nothing was changed');
  expect(await practicesAt(to)).toEqual(['harbor']);
  const first = await restore(to);
  expect(await practicesAt(to)).toEqual(['willow']);
  expect(await restore(to)).not.toBe(first);
  expect(await practicesAt(to)).toEqual(['willow']);
});

test('a table that is damaged behind its checked digest, and rows that do not fit, change nothing', async () => {
  await backUp();
  const to = await machine('to');
  await open(to, furnish(to, 'harbor'));
  const backup = await openBackup(folder, { progress, abort: NOTHING });
  await appendFile(join(folder, 'tables', 'public.sealing_key.copy'), '\n');
  const put = open(to, (database) =>
    putBack({ database, config: to, backup, mayReplace: async () => true, progress, abort: NOTHING }),
  );
  await expect(put).rejects.toThrow();
  expect(await practicesAt(to)).toEqual(['harbor']);
  expect(await readdir(to.dataDir)).toEqual(['secret.key']);
});

test('while another is connected nothing is replaced', async () => {
  await backUp();
  const to = await machine('to');
  await open(to, async () => {
    await expect(restore(to)).rejects.toThrow('Others are connected');
  });
});

test('tables of another program are left alone', async () => {
  await backUp();
  const to = await machine('to');
  await open(to, (database) => database.pool.query('create table theirs (id int)'));
  await expect(restore(to)).rejects.toThrow('another program');
});

test('a backup of an older version is brought up to this one', async () => {
  const names = Object.keys(MIGRATIONS);
  const old = await machine('old');
  await open(old, async ({ db, pool }) => {
    await migrate(db, Object.fromEntries(Object.entries(MIGRATIONS).slice(0, 2)));
    await checkSecret(db, await loadSecret(old));
    await pool.query('insert into practice (id, slug, version) values ($1, $2, 4)', [newId(), 'aspen']);
  });
  const manifest = await backUp(old);
  expect(manifest.migrations).toEqual(names.slice(0, 2));
  const to = await machine('to');
  await restore(to);
  const [practice] = await open(to, ({ db }) => db.selectFrom('practice').selectAll().execute());
  expect(practice).toMatchObject({ slug: 'aspen', version: 4, backed_up_through: 4 });
  expect(await open(to, ({ db }) => migrate(db))).toEqual([]);
});

test('a backup of a newer version is refused, by its format or its migrations', async () => {
  await backUp();
  await rewrite({ app: '9.0.0', migrations: [...Object.keys(MIGRATIONS), '9999-later'] });
  await expect(openBackup(folder, { progress, abort: NOTHING })).rejects.toThrow('newer version of Interlude (9.0.0)');
  const path = join(folder, 'manifest.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"format": 1', '"format": 2'));
  await expect(openBackup(folder, { progress, abort: NOTHING })).rejects.toThrow('its digest is another');
});

test.each([
  ['a table cut short', 'tables/public.row.copy', (file: string) => truncate(file, 10)],
  ['a table with one byte changed', 'tables/public.practice.copy', flip],
  ['a missing table', 'tables/public.ledger.copy', (file: string) => rm(file)],
  ['another secret', 'secret.key', flip],
  ['a changed file', 'files/abcd', flip],
  ['a changed manifest', 'manifest.json', flip],
  ['no digest of the manifest', 'manifest.sha256', (file: string) => rm(file)],
])('%s is refused, by name', async (_what, file, damage) => {
  await mkdir(join(from.dataDir, 'files'));
  await writeFile(join(from.dataDir, 'files', 'abcd'), 'sealed');
  await backUp();
  await damage(join(folder, file));
  const opened = openBackup(folder, { progress, abort: NOTHING });
  await expect(opened).rejects.toThrow(StartError);
  await expect(opened).rejects.toThrow(file);
});

async function flip(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

test('a manifest that leads out of its folder is refused', async () => {
  await backUp();
  const file = { path: '../../passwd', bytes: 0, sha256: '0'.repeat(64) };
  await expect(rewrite({ files: [file] }).then(() => readManifest(folder))).rejects.toThrow('wrong at files.0.path');
});

test('a secret from the environment is left out, and asked for', async () => {
  const secretKey = new Uint8Array(32).fill(9);
  const own = await machine('own', secretKey);
  await open(own, furnish(own, 'birch'));
  expect((await backUp(own)).secret).toBeNull();
  expect(await readdir(folder)).toEqual(['manifest.json', 'manifest.sha256', 'tables']);
  const to = await machine('to');
  await expect(restore(to)).rejects.toThrow('set SECRET_KEY');
  await expect(restore({ ...to, secretKey: new Uint8Array(32).fill(8) })).rejects.toThrow('another secret');
  await restore({ ...to, secretKey });
  expect(await practicesAt({ ...to, secretKey })).toEqual(['birch']);
});

test('a backup without the secret that the database is under is not made', async () => {
  await rm(join(from.dataDir, 'secret.key'));
  await expect(backUp()).rejects.toThrow('a backup without it is of no use');
  await expect(backUp({ ...from, secretKey: new Uint8Array(32) })).rejects.toThrow('SECRET_KEY is not the one');
  expect((await readdir(ground)).filter((name) => name.startsWith('backup'))).toEqual([]);
});

test('in the middle of a rotation the secret that fits is taken', async () => {
  const old = await loadSecret(from);
  const next = await prepareNext(from.dataDir);
  await open(from, ({ db }) => resealAll(db, { from: old, to: next }));
  await backUp();
  const to = await machine('to');
  await restore(to);
  expect(await practicesAt(to)).toEqual(['willow']);
  expect(await loadSecret(to)).toEqual(next);
});

test('a restore that fails over a half rotated secret leaves both in order', async () => {
  await backUp();
  const to = await machine('to');
  await open(to, furnish(to, 'harbor'));
  const next = await prepareNext(to.dataDir);
  const old = await loadSecret(to);
  await open(to, ({ db }) => resealAll(db, { from: old, to: next }));
  await rewrite({ epoch: randomUUID() });
  const backup = await openBackup(folder, { progress, abort: NOTHING });
  const tables = backup.manifest.tables.map((table) => ({ ...table, rows: table.rows + 1 }));
  const put = open(to, (database) =>
    putBack({
      ...{ database, config: to, mayReplace: async () => true, progress, abort: NOTHING },
      backup: { ...backup, manifest: { ...backup.manifest, tables } },
    }),
  );
  await expect(put).rejects.toThrow('rows came in instead of');
  expect(await practicesAt(to)).toEqual(['harbor']);
  expect(await loadSecret(to)).toEqual(next);
});

test('one that is called off, or cannot be written, leaves nothing', async () => {
  await expect(backUp(from, AbortSignal.abort())).rejects.toThrow();
  await mkdir(folder);
  await expect(backUp()).rejects.toThrow('is there already');
  await chmod(folder, 0o700);
  expect(await readdir(folder)).toEqual([]);
  expect((await readdir(ground)).filter((name) => name.includes('unfinished'))).toEqual([]);
});

test('an empty database is nothing to back up', async () => {
  await expect(backUp(await machine('none'))).rejects.toThrow('nothing to back up');
});

test('the mark moves forward only, only within one life, and never beyond what there is', async () => {
  await open(from, async ({ db }) => {
    const point = await readPoint(db);
    const [id, version] = must(Object.entries(point.versions)[0], 'a practice');
    const marked = async () =>
      (await db.selectFrom('practice').select('backed_up_through as at').executeTakeFirstOrThrow()).at;
    expect(version).toBeGreaterThan(0);
    expect(await markBackedUp(db, { ...point, epoch: randomUUID() })).toBe(0);
    expect(await markBackedUp(db, { ...point, versions: { [id]: version + 1 } })).toBe(0);
    expect(await marked()).toBe(0);
    expect(await markBackedUp(db, point)).toBe(1);
    expect(await marked()).toBe(version);
    expect(await markBackedUp(db, { ...point, versions: { [id]: version - 1 } })).toBe(0);
    expect(await marked()).toBe(version);
  });
});

test('what was still to be told is not told again, jobs are no part of a backup, and the server’s push key outlives it', async () => {
  const at = new Date();
  const session = newId();
  const begin = async (database: Database) => {
    const jobs = createJobs({
      database,
      log: createLog({ write: () => undefined }),
      pollSeconds: 0.5,
      work: {
        look: idle,
        settle: idle,
        sweep: idle,
        files: idle,
        chains: idle,
        clock: idle,
        say: idle,
        mail: idle,
        push: idle,
        invite: idle,
      },
    });
    const end = jobs.begin();
    await vi.waitFor(async () => expect(await tableIn(database, 'jobs.schedule')).toBe(true), { timeout: 30_000 });
    await end();
  };
  const before = await open(from, async (database) => {
    await begin(database);
    const practice = must(await database.db.selectFrom('practice').select('id').executeTakeFirst(), 'a practice').id;
    const { rows } = await database.pool.query<{ id: string }>('select id from identity."user"');
    const run = (text: string, values: unknown[]) => database.pool.query(text, values);
    await run('insert into identity.session (id, expires_at, token, updated_at, user_id) values ($1, $2, $4, $2, $3)', [
      session,
      at,
      rows[0]?.id,
      'token',
    ]);
    await run(`insert into notice values ($1, $2, $2, 'comment', 1, $3, true, true)`, [practice, session, at]);
    await run('insert into notice_member values ($1, $2, $3, null, null)', [practice, session, at]);
    await run(
      `insert into mail (practice_id, id, member_id, day, state, subject, at) values ($1, $2, $2, '2026-06-10', 'waiting', 'x', $3)`,
      [practice, session, at],
    );
    await run(`insert into push_subscription values ($1, $2, $2, $2, 'https://push.example/x', 'k', 'a', $3)`, [
      practice,
      session,
      at,
    ]);
    await run('insert into push_message values ($1, $2, $2, false, $3)', [practice, session, at]);
    return vapidAt(from, database);
  });
  await backUp();
  for (const to of [await machine('to'), from]) {
    await restore(to);
    await open(to, async (database) => {
      for (const table of ['notice', 'push_subscription', 'push_message'])
        expect((await database.pool.query(`select from ${table}`)).rowCount, table).toBe(0);
      expect((await database.pool.query('select state from mail')).rows).toEqual([{ state: 'called-off' }]);
      expect((await database.pool.query('select from notice_member where due_at is not null')).rowCount).toBe(0);
      expect(await tableIn(database, 'jobs.job')).toBe(false);
      expect(await vapidAt(to, database)).toEqual(before);
      await begin(database);
    });
  }
});

const idle = async () => undefined;

async function tableIn(database: Database, name: string): Promise<boolean> {
  const { rows } = await database.pool.query<{ there: boolean }>('select to_regclass($1) is not null as there', [name]);
  return rows[0]?.there === true;
}

async function vapidAt(on: Machine, database: Database) {
  const { publicKey, privateKey } = await loadVapid(database.db, {
    ...{ secret: await loadSecret(on), config: { vapid: null }, publicUrl: 'https://care.example' },
  });
  return { publicKey, privateKey };
}
