import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { createLog } from '../log.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import { failingDatabase } from '../testing/failing-calls.ts';
import { checkChains, practicesToCheck } from './check-chains.ts';
import type { Database } from './database.ts';
import { EMPTY_LOG } from './doc-log.ts';
import type { LogEnd } from './doc-log.ts';
import { createPgDocLog } from './pg-doc-log.ts';

const UPDATES = 1203;
const DAY_MS = 24 * 60 * 60_000;

let databases: TestDatabases;
let database: Database;

beforeAll(async () => {
  databases = await startTestDatabases();
  database = await databases.fresh();
});
afterAll(() => databases.remove());

/** A practice with documents of more updates than are read at once, one of them with a snapshot, on the day after. */
async function practice(documents: number) {
  const log = createPgDocLog(database);
  const id = newId();
  await database.pool.query('insert into practice (id, slug) values ($1, $2)', [id, `p-${id.slice(-12)}`]);
  const rows = Array.from({ length: documents }, () => newId());
  for (const row of rows) {
    const place = { name: `d:${row}`, kind: 'd', row, space: 's' };
    let expected: LogEnd = EMPTY_LOG;
    for (const length of [700, UPDATES - 700]) {
      const updates = Array.from({ length }, (_, i) => ({
        ...{ update: Buffer.from(`words ${i}`), by: newId(), userId: 'u', session: 's', claims: [i] },
        at: '2026-03-04T05:06:07.089Z',
      }));
      const end = must((await log.append(id, [{ place, expected, updates }])).get(place.name), 'an end');
      if (end === 'moved') throw new Error('moved');
      if (length === 700) await log.saveSnapshot(id, place.name, { ...end, update: Buffer.from('all'), clients: [] });
      expected = end;
    }
  }
  const lines: Record<string, unknown>[] = [];
  let now = new Date(Date.now() + DAY_MS + 1000);
  const checkOn = (over: Database) =>
    checkChains(
      { database: over, log: createLog({ write: (line) => void lines.push(JSON.parse(line)) }), now: () => now },
      id,
    );
  return {
    id,
    rows,
    lines,
    checkOn,
    isDue: async () => (await practicesToCheck(database, now)).includes(id),
    check: () => checkOn(database),
    nextDay: () => void (now = new Date(now.getTime() + DAY_MS)),
    broken: async () => {
      const { rows: found } = await database.pool.query<{ row_id: string; broken_at: Date }>(
        'select row_id, broken_at from doc where practice_id = $1 and broken_at is not null',
        [id],
      );
      return new Map(found.map((one) => [one.row_id, one.broken_at]));
    },
  };
}

test('what holds is checked once a day, and nothing is said of it', async () => {
  const { isDue, check, nextDay, lines, broken } = await practice(2);
  expect(await practicesToCheck(database, new Date())).toEqual([]);
  expect(await isDue()).toBe(true);
  await check();
  expect(await isDue()).toBe(false);
  nextDay();
  expect(await isDue()).toBe(true);
  await check();
  expect([lines, (await broken()).size]).toEqual([[], 0]);
});

test.each([
  ['a changed byte', `update doc_update set update = 'X' where seq = 601`],
  ['one left out', `delete from doc_update where seq = 500`],
  ['the last one gone', `delete from doc_update where seq = ${UPDATES}`],
  ['all of them gone', `delete from doc_update where true`],
  ['another end', `update doc set digest = 'x' where true`],
  ['a changed snapshot', `update doc_snapshot set update = 'x' where true`],
  ['a snapshot of another chain', `update doc_snapshot set digest = 'x' where true`],
])('%s is told of in the log by its row, each day anew, and keeps no other from its turn', async (_, statement) => {
  const { id, rows, lines, check, nextDay, broken, isDue } = await practice(2);
  await database.pool.query(`${statement} and practice_id = $1 and name = $2`, [id, `d:${rows[0]}`]);
  await check();
  const line = { level: 'error', code: 'document-log-broken', practice: id, document: rows[0], count: UPDATES };
  expect(lines).toMatchObject([line]);
  const since = (await broken()).get(must(rows[0], 'a row'));
  expect(since).toBeInstanceOf(Date);
  expect(await isDue()).toBe(false);
  nextDay();
  await check();
  expect(lines).toMatchObject([line, line]);
  expect(await broken()).toEqual(new Map([[rows[0], since]]));
  expect(JSON.stringify(lines)).not.toContain('words');
});

test('one that cannot even be read is told of as such, and keeps no other from its turn', async () => {
  const { id, rows, lines, check, broken, isDue } = await practice(3);
  // No date can be made of it; the one that is looked at first.
  await database.pool.query(
    `update doc_update set at = 'infinity' where practice_id = $1 and seq = 601 and name =
      (select name from doc where practice_id = $1 order by checked_at limit 1)`,
    [id],
  );
  await check();
  expect(lines).toMatchObject([{ code: 'document-log-broken', practice: id, reason: 'unreadable', count: UPDATES }]);
  expect(rows).toContain(lines[0]?.['document']);
  expect([...(await broken()).keys()]).toEqual([lines[0]?.['document']]);
  expect(await isDue()).toBe(false);
});

test('a connection that is cut, whenever, says nothing of a log', async () => {
  const { lines, checkOn, nextDay, broken } = await practice(1);
  const failing = failingDatabase(database);
  // While the snapshot is read, the first updates, the last ones.
  for (const n of [6, 9, 12, 14, 24]) {
    failing.fail(n, 'cut before');
    await checkOn(failing).catch(() => undefined);
    nextDay();
  }
  expect([lines, (await broken()).size]).toEqual([[], 0]);
});

test('a database that is away ends the check, and nothing is said or marked', async () => {
  const { lines, checkOn, broken, isDue } = await practice(2);
  let asked = 0;
  const away: Database = {
    ...database,
    get db() {
      asked += 1;
      if (asked > 2) throw new Error('Connection terminated unexpectedly');
      return database.db;
    },
  };
  await expect(checkOn(away)).rejects.toThrow('Connection terminated');
  expect([lines, (await broken()).size, await isDue()]).toEqual([[], 0, true]);
});
