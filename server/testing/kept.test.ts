import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { Database } from '../store/database.ts';
import { startTestDatabases } from './database.ts';
import type { TestDatabases } from './database.ts';
import { faultsSince } from './kept.ts';

const [PRACTICE, MEMBER, DEVICE] = [newId(), newId(), newId()];
let databases: TestDatabases;

beforeAll(async () => {
  databases = await startTestDatabases();
});

afterAll(() => databases.remove());

interface Written {
  /** What the practice wrote by itself has no device. */
  readonly rows: readonly { at: number; own?: true }[];
  readonly ledger: readonly number[];
  readonly version: number;
}

async function faultsOf({ rows, ledger, version }: Written): Promise<string[]> {
  const database: Database = await databases.fresh();
  const { pool } = database;
  await pool.query(`insert into practice (id, slug, version) values ($1, 'willow', $2)`, [PRACTICE, version]);
  for (const { at, own } of rows)
    await pool.query(
      `insert into row (practice_id, type, id, space, version, schema_version, by, device, received_at, changed_at, fields)
       values ($1, 'journalEntry', $2, 'chart:x', $3, 1, $4, $5, now(), now(), '{}')`,
      [PRACTICE, newId(), at, MEMBER, own ? null : DEVICE],
    );
  for (const [i, at] of ledger.entries())
    await pool.query(
      `insert into ledger (practice_id, member_id, device, n, mid, result) values ($1, $2, $3, $4, $5, $6)`,
      [PRACTICE, MEMBER, DEVICE, i + 1, newId(), JSON.stringify({ version: at })],
    );
  return faultsSince(database, { slug: 'willow', since: 0, acknowledged: [] });
}

test('what devices wrote, each with its ledger entry, is as it should be', async () => {
  expect(await faultsOf({ rows: [{ at: 1 }, { at: 2 }], ledger: [1, 2], version: 2 })).toEqual([]);
});

test('an effect without an entry, an entry without an effect, and a number of nobody are told', async () => {
  expect(await faultsOf({ rows: [{ at: 1 }, { at: 2 }], ledger: [1], version: 2 })).toEqual(['ledger at 2']);
  expect(await faultsOf({ rows: [{ at: 1 }], ledger: [1, 2], version: 2 })).toEqual(['effect at 2']);
  expect(await faultsOf({ rows: [{ at: 1 }], ledger: [1], version: 2 })).toEqual(['ledger at 2', 'effect at 2']);
});

test('what the practice wrote by itself is none, again and again, and hides nothing of what devices wrote', async () => {
  const own = { rows: [{ at: 1 }, { at: 4, own: true as const }, { at: 5 }], version: 5 };
  expect(await faultsOf({ ...own, ledger: [1, 5] })).toEqual([]);
  expect(await faultsOf({ ...own, ledger: [1] })).toEqual(['ledger at 5']);
  expect(await faultsOf({ ...own, rows: own.rows.slice(0, 2), ledger: [1, 5] })).toEqual(['effect at 5']);
});
