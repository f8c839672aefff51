import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import { failingDatabase } from '../testing/failing-calls.ts';
import type { Database } from './database.ts';
import { addRefusals, forgetRefusals, REFUSALS_A_DAY, REFUSALS_KEPT_DAYS } from './doc-refusals.ts';
import type { DocRefusal } from './doc-refusals.ts';

let databases: TestDatabases;
let database: Database;
beforeAll(async () => {
  databases = await startTestDatabases();
  database = await databases.fresh();
});
afterAll(() => databases.remove());

const AT = new Date('2026-03-04T05:06:07.089Z');
const DAY_MS = 24 * 60 * 60_000;

async function practice(): Promise<string> {
  const id = newId();
  await database.pool.query('insert into practice (id, slug) values ($1, $2)', [id, `p-${id.slice(-12)}`]);
  return id;
}

const refusal = (change: Partial<DocRefusal> = {}): DocRefusal => ({
  ...{ member: newId(), document: 'd:1', code: 'not-author', session: 's', count: 1, firstAt: AT, lastAt: AT },
  ...change,
});

async function kept(id: string) {
  const { rows } = await database.pool.query<{ document: string; code: string; count: string; session: string }>(
    'select document, code, count::text, session, first_at, last_at from doc_refusal where practice_id = $1 order by count, document',
    [id],
  );
  return rows;
}

test('the same is counted on one line a day, with its first and its last time', async () => {
  const id = await practice();
  const one = refusal();
  const later = new Date(AT.getTime() + 5000);
  await addRefusals(database, id, [one, refusal({ code: 'too-large' })]);
  await addRefusals(database, id, [{ ...one, count: 3, session: 't', firstAt: later, lastAt: later }]);
  await addRefusals(database, id, [{ ...one, count: 9, firstAt: new Date(AT.getTime() + DAY_MS) }]);
  expect(await kept(id)).toMatchObject([
    { code: 'too-large', count: '1' },
    { code: 'not-author', count: '4', session: 't', first_at: AT, last_at: later },
    { code: 'not-author', count: '9' },
  ]);
});

test('a flood of names writes so many lines a day, and is counted beyond them', async () => {
  const id = await practice();
  const member = newId();
  for (let i = 0; i < 3; i++) {
    const some = Array.from({ length: REFUSALS_A_DAY }, (_, k) => refusal({ member, document: `d:${i}-${k}` }));
    await addRefusals(database, id, some);
  }
  const lines = await kept(id);
  expect(lines).toHaveLength(REFUSALS_A_DAY + 1);
  expect(lines.at(-1)).toMatchObject({ document: '', count: String(2 * REFUSALS_A_DAY) });
});

test('many at once count each of them', async () => {
  const id = await practice();
  const one = refusal();
  await Promise.all(Array.from({ length: 8 }, () => addRefusals(database, id, [one])));
  expect(await kept(id)).toMatchObject([{ count: '8' }]);
});

test('what has been kept for long enough goes, and of this practice alone', async () => {
  const [id, other] = [await practice(), await practice()];
  for (const of of [id, other])
    await addRefusals(database, of, [refusal(), refusal({ lastAt: new Date(AT.getTime() + DAY_MS) })]);
  await forgetRefusals(database, id, new Date(AT.getTime() + REFUSALS_KEPT_DAYS * DAY_MS + 1000));
  expect([(await kept(id)).length, (await kept(other)).length]).toEqual([1, 2]);
});

test('lines that the database does not take keep no others, and are counted', async () => {
  const id = await practice();
  const good = [refusal({ code: 'too-large' }), refusal({ count: 2 })];
  const odd = [
    refusal({ session: 'a\u0000b' }),
    refusal({ member: 'nobody' }),
    refusal({ lastAt: null as never }),
    refusal({ firstAt: new Date(Number.NaN) }),
    refusal({ document: randomBytes(9000).toString('hex') }),
  ];
  expect(await addRefusals(database, id, [odd[0], good[0], ...odd.slice(1), good[1]] as DocRefusal[])).toBe(odd.length);
  expect(await kept(id)).toMatchObject([
    { code: 'too-large', count: '1' },
    { code: 'not-author', count: '2' },
  ]);
});

test('a database that is away throws, and has none of the lines', async () => {
  const id = await practice();
  for (const fault of ['cut before', 'cut after'] as const) {
    const failing = failingDatabase(database);
    failing.fail(5, fault);
    await expect(addRefusals(failing, id, [refusal(), refusal()])).rejects.toThrow();
  }
  expect(await kept(id)).toEqual([]);
});
