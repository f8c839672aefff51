import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { readConfig } from '../config.ts';
import type { RunningHouse } from '../house.ts';
import { createLog } from '../log.ts';
import { startInterlude } from '../start.ts';
import type { Interlude } from '../start.ts';
import { removeDataDir } from '../testing/postgres.ts';
import { accountsTable } from './accounts-table.ts';
import { seedGuarded } from './seed-guarded.ts';

let dataDir: string;
let running: RunningHouse<Interlude>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlude-seed-'));
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0' });
  running = await startInterlude({ config, log: createLog({ least: 'error' }), clientFolder: null });
});
afterAll(async () => {
  await running.stop();
  await removeDataDir(dataDir);
});

it('seeds once, and never beside a real practice', async () => {
  const ground = { ...running, identity: running.rooms.identity };
  const seeded = await seedGuarded(ground);
  const count = () => running.database.pool.query<{ count: number }>('select count(*) from row');
  const { rows } = await count();
  expect(rows[0]?.count).toBeGreaterThan(10);
  expect(await seedGuarded(ground)).toEqual(seeded);
  expect((await count()).rows).toEqual(rows);
  expect(accountsTable(seeded)).toMatch(/^Accounts \(password of all: .+\)\n {2}owner@demo\.test +\S/);

  await running.database.pool.query('insert into practice (id, slug) values ($1, $2)', [newId(), 'a-real-one']);
  await expect(seedGuarded(ground)).rejects.toThrow(/holds a practice that is not of the demo/);
});
