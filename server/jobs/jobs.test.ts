import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import type { Database } from '../store/database.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import { createJobs } from './jobs.ts';
import type { Work } from './jobs.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startTestDatabases();
});
afterAll(() => databases.remove());

const idle = async () => undefined;

/** A database that is away whenever a job's end is to be noted, so often. */
function awayAtEnds(database: Database, times: number) {
  const missed: string[] = [];
  const query = (async (text: string, values: unknown[]) => {
    // What pg-boss says to complete jobs, and to fail them, by their ids.
    const isEnd = /^\s*WITH (?:results AS \(\s*UPDATE|deleted_jobs)/.test(text) && text.includes('UNNEST($2::uuid[])');
    if (!isEnd || missed.length >= times) return database.pool.query(text, values);
    missed.push(text);
    throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  }) as Database['pool']['query'];
  return { database: { ...database, pool: { query } as Database['pool'] }, missed };
}

test('a database that is away when a job’s end is to be noted ends no process, and other jobs are done', async () => {
  const { database, missed } = awayAtEnds(await databases.fresh(), 2);
  const done: string[] = [];
  const log = createLog({ write: () => undefined });
  const work = {
    ...{
      look: idle,
      settle: idle,
      sweep: idle,
      files: idle,
      chains: idle,
      clock: idle,
      say: idle,
      push: idle,
      invite: idle,
    },
    mail: async ({ id = '' }: { id?: string }) => {
      done.push(id);
      if (id === 'fails') throw new Error('no');
    },
  };
  const jobs = createJobs({ database, log, pollSeconds: 0.5, work });
  const end = jobs.begin();
  const send = (id: string) => jobs.send({ name: 'mail', data: { practice: 'p', id } });
  await expect
    .poll(
      async () => {
        if (done.length === 0) await send('works');
        return done;
      },
      { timeout: 30_000 },
    )
    .toContain('works');
  await send('fails');
  await send('after');
  await expect.poll(() => done, { timeout: 30_000 }).toEqual(expect.arrayContaining(['fails', 'after']));
  await end();
  expect(missed.length).toBe(2);
});

test('a job under way is told that its node ends, and what it hands on then is done by the next', async () => {
  const database = await databases.fresh();
  const log = createLog({ write: () => undefined });
  const done: string[] = [];
  const under: string[] = [];
  const node = (say: Work) =>
    createJobs({
      ...{ database, log, pollSeconds: 0.5 },
      work: {
        look: idle,
        settle: idle,
        sweep: idle,
        files: idle,
        chains: idle,
        clock: idle,
        push: idle,
        invite: idle,
        mail: idle,
        say,
      },
    });
  const first = node(async ({ practice, id = '' }, { signal }) => {
    under.push(id);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await first.send({ name: 'say', data: { practice, id: 'the rest' } });
  });
  const end = first.begin();
  await expect
    .poll(
      async () => {
        await first.send({ name: 'say', data: { practice: 'p', id: 'all' } });
        return under;
      },
      { timeout: 30_000 },
    )
    .toEqual(['all']);
  await end();
  const endSecond = node(async ({ id = '' }) => void done.push(id)).begin();
  await expect.poll(() => done, { timeout: 30_000 }).toContain('the rest');
  await endSecond();
});
