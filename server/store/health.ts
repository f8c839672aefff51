// Whether the store answers, and which life of the database this is. Asked by anyone at any rate: all who ask at the same
// time share one look.

import { sql } from 'kysely';
import type { Database } from './database.ts';

export type Health =
  | { readonly status: 'ok'; readonly epoch: string }
  | { readonly status: 'unavailable'; readonly reason: 'starting' | 'store-away' | 'store-slow' };

const PATIENCE_MS = 1500;

/** Gives a check that resolves within 1.5 s and never throws. */
export function createHealth(database: Pick<Database, 'db'>): () => Promise<Health> {
  let underWay: Promise<Health> | undefined;
  return () => (underWay ??= look(database).finally(() => (underWay = undefined)));
}

async function look(database: Pick<Database, 'db'>): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'unavailable', reason: 'store-slow' }), PATIENCE_MS);
  });
  try {
    return await Promise.race([readEpoch(database), late]);
  } catch {
    return { status: 'unavailable', reason: 'store-away' };
  } finally {
    clearTimeout(timer);
  }
}

async function readEpoch({ db }: Pick<Database, 'db'>): Promise<Health> {
  const { rows } = await sql<{ value: string }>`select value from meta where key = 'epoch'`.execute(db);
  const epoch = rows[0]?.value;
  return epoch === undefined ? { status: 'unavailable', reason: 'store-away' } : { status: 'ok', epoch };
}
