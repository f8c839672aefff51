import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadVapid } from '../effects/push/vapid.ts';
import { createPractice } from '../identity/create-practice.ts';
import { databaseLike } from '../testing/database.ts';
import { createPracticeKeys } from '../identity/practice-keys.ts';
import { insertPerson } from '../identity/person.ts';
import { loadSecret } from '../secret.ts';
import { StartError } from '../start-error.ts';
import { checkSecret } from '../store/secret-mark.ts';
import type { Database } from '../store/database.ts';
import { startMigratedPostgres } from '../testing/database.ts';
import type { MigratedPostgres } from '../testing/database.ts';
import { prepareNext, resealAll, rotateSecretFile, settleSecret } from './rotate-secret.ts';

let postgres: MigratedPostgres;
let database: Database;
let dataDir: string;
let practices: string[];

beforeAll(async () => {
  postgres = await startMigratedPostgres();
});

afterAll(async () => {
  await postgres?.remove();
});

beforeEach(async () => {
  database = await databaseLike(postgres);
  dataDir = await mkdtemp(join(tmpdir(), 'interlude-rotate-'));
  const secret = await loadSecret({ dataDir, secretKey: null });
  await checkSecret(database.db, secret);
  practices = [];
  const owner = { name: 'O', email: 'o@demo.test', password: 'interlude-demo' };
  const { userId } = await insertPerson(database.db, owner);
  for (const slug of ['one', 'two', 'three']) {
    const made = await createPractice(
      { database, secret },
      { slug, name: slug, timezone: 'UTC', owner: { userId, ...owner } },
    );
    practices.push(made.practiceId);
  }
  return async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
});

/** What a start does: load, settle, check; then every practice's key must open. */
async function start(): Promise<Uint8Array> {
  const place = { dataDir, secretKey: null };
  const secret = await settleSecret(database.db, place, await loadSecret(place));
  await checkSecret(database.db, secret);
  const keys = createPracticeKeys({ database, secret });
  for (const practice of practices) {
    const { keyId } = await keys.sealingKey(practice);
    expect(await keys.privateKeyFor(practice)(keyId)).toBeDefined();
  }
  return secret;
}

const textOf = (secret: Uint8Array) => Buffer.from(secret).toString('base64');

test('everything is under the new secret, nothing under the old', async () => {
  const old = await start();
  expect(await rotateSecretFile(database.db, dataDir)).toBe(3);
  const now = await start();
  expect(textOf(now)).not.toBe(textOf(old));
  await expect(checkSecret(database.db, old)).rejects.toThrow(StartError);
  const { keyId } = await createPracticeKeys({ database, secret: old }).sealingKey(practices[0] ?? '');
  const opened = createPracticeKeys({ database, secret: old }).privateKeyFor(practices[0] ?? '')(keyId);
  await expect(opened).rejects.toThrow();
  expect(await readdir(dataDir)).toEqual(['secret.key']);
});

test('killed before the database changed: the old secret goes on, and a second try finishes', async () => {
  const old = await start();
  const next = await prepareNext(dataDir);
  expect(textOf(await start())).toBe(textOf(old));
  await rotateSecretFile(database.db, dataDir);
  expect(textOf(await start())).toBe(textOf(next));
});

test('killed after the database changed: the next start puts the new secret in its place', async () => {
  const from = await start();
  const to = await prepareNext(dataDir);
  await resealAll(database.db, { from, to });
  expect(textOf(await start())).toBe(textOf(to));
  expect((await readFile(join(dataDir, 'secret.key'), 'utf8')).trim()).toBe(textOf(to));
  expect(await readdir(dataDir)).toEqual(['secret.key']);
});

test('killed in the middle of sealing anew: nothing has changed', async () => {
  const from = await start();
  const to = await prepareNext(dataDir);
  await database.db
    .updateTable('sealing_key')
    .set({ sealed_private: Buffer.of(1) })
    .where('practice_id', '=', practices[2] ?? '')
    .execute();
  await expect(resealAll(database.db, { from, to })).rejects.toThrow();
  practices.pop();
  expect(textOf(await start())).toBe(textOf(from));
});

test('two at once end under one secret, and both know it', async () => {
  const outcomes = await Promise.allSettled([1, 2].map(() => rotateSecretFile(database.db, dataDir)));
  expect(outcomes.some((outcome) => outcome.status === 'fulfilled')).toBe(true);
  await start();
});

test('the key by which push services know the server stays the same one', async () => {
  const load = async (secret: Uint8Array) =>
    loadVapid(database.db, { secret, config: { vapid: null }, publicUrl: 'https://care.example' });
  const old = await start();
  const before = await load(old);
  expect(await rotateSecretFile(database.db, dataDir)).toBe(4);
  expect(await load(await start())).toEqual(before);
  await expect(load(old)).rejects.toThrow();
});

test('a secret from the environment is left to the operator', async () => {
  const [from, to] = [await start(), new Uint8Array(40).fill(7)];
  expect(await resealAll(database.db, { from, to })).toBe(3);
  expect(await resealAll(database.db, { from, to })).toBe(0);
  expect(await settleSecret(database.db, { dataDir, secretKey: to }, to)).toBe(to);
  await checkSecret(database.db, to);
  await expect(resealAll(database.db, { from: new Uint8Array(32), to: from })).rejects.toThrow(StartError);
});

test('the command, killed as soon as its new secret lies there, leaves a start that works; run again it finishes', async () => {
  const old = await start();
  const seen = new Promise<void>((resolve) => {
    const watcher = watch(dataDir, (_event, name) => {
      if (name !== 'secret.key.next') return;
      watcher.close();
      resolve();
    });
  });
  const killed = command();
  const ended = once(killed, 'exit');
  await Promise.race([seen, ended]);
  killed.kill('SIGKILL');
  await ended;
  await start();
  const [code] = (await once(command(), 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(textOf(await start())).not.toBe(textOf(old));
  expect((await readdir(dataDir)).filter((name) => !/\.\d+\./.test(name))).toEqual(['secret.key']);
});

function command() {
  const url = postgres.urlOf(database.pool.options.database);
  const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, DATABASE_URL: url };
  const program = join(import.meta.dirname, 'rotate-secret.ts');
  return spawn(process.execPath, ['--import', 'tsx', program], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}
