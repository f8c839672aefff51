// A database of which one call fails: the n-th from when that was asked for. The faults are PostgreSQL's own: it refuses the
// statement, or ends the connection before it heard it, or after it has done it and before it could say so.

import { Kysely, PostgresDialect } from 'kysely';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import type { Database, Tables } from '../store/database.ts';

export const CALL_FAULTS = ['refused', 'cut before', 'cut after'] as const;
export type CallFault = (typeof CALL_FAULTS)[number];

export interface FailingDatabase extends Database {
  /** Lets the n-th call from now fail, once. */
  fail(n: number, fault: CallFault): void;
  /** Calls since `fail`; connecting is one, too. */
  readonly calls: number;
}

/** Over a database that goes on to belong to the caller; `close` closes only what was opened here. */
export function failingDatabase(real: Database): FailingDatabase {
  let calls = 0;
  let planned: { readonly n: number; readonly fault: CallFault } | null = null;
  const next = () => {
    calls += 1;
    return planned?.n === calls ? planned.fault : null;
  };

  async function query(client: pg.PoolClient, text: string, values: readonly unknown[]) {
    const fault = next();
    const send = () => client.query(text, [...values]);
    if (fault === null) return send();
    // No living connection refuses to roll back.
    if (fault === 'refused' && text !== 'rollback') return client.query('select 1 / 0');
    const backend = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const end = () => real.pool.query('select pg_terminate_backend($1, 5000)', [backend.rows[0]?.pid]);
    if (fault === 'cut after') await send();
    await end();
    return client.query('select 1');
  }

  const pool: PostgresPool = {
    async connect() {
      if (next() !== null) throw new Error('Connection terminated unexpectedly');
      const client = await real.pool.connect();
      const ask = (text: unknown, values: readonly unknown[] = []): unknown => query(client, String(text), values);
      return { query: ask as PostgresPoolClient['query'], release: () => client.release() };
    },
    end: async () => undefined,
  };
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    pool: real.pool,
    db,
    close: () => db.destroy(),
    fail(n, fault) {
      calls = 0;
      planned = { n, fault };
    },
    get calls() {
      return calls;
    },
  };
}
