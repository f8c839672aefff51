// The bare reference on the device: plain HTTP and plain Dexie with the same keys and indexes, nothing sealed, nothing
// judged, nothing replayed, its transactions as Dexie makes them by itself.

import { Dexie } from 'dexie';
import type { EntityTable } from 'dexie';
import { entryArgs } from '../ground/entries.ts';
import { watched } from './page-watch.ts';

interface BareRow {
  readonly id: string;
}

interface BareEntry {
  readonly n: number;
  readonly sent: 0 | 1;
  readonly mutation: object;
}

class BareDatabase extends Dexie {
  declare row: EntityTable<BareRow, 'id'>;
  declare outbox: EntityTable<BareEntry, 'n'>;

  constructor() {
    super('bare');
    this.version(1).stores({
      row: 'id, space, [space+version], [type+fields.at], [type+space+fields.at], [type+fields.entry]',
      outbox: 'n, sent',
    });
  }
}

const BATCH = 2000;
let database: BareDatabase | null = null;

async function emptyDatabase(): Promise<BareDatabase> {
  database?.close();
  await Dexie.delete('bare');
  return (database = new BareDatabase());
}

/** Fetches so many pages and puts each. */
async function barePull(pages: number) {
  const db = await emptyDatabase();
  await db.open();
  const { ms } = await watched(async () => {
    for (let page = 0; page < pages; page += 1) {
      const answer = await fetch(`/rows?page=${page}`);
      await db.row.bulkPut((await answer.json()) as BareRow[]);
    }
  });
  return { ms, rows: await db.row.count() };
}

/** Keeps so many entries, then sends them in batches and notes each batch as sent. Only the sending is timed. */
async function barePush(count: number) {
  const db = await emptyDatabase();
  const entries = Array.from({ length: count }, (_, i): BareEntry => {
    const args = entryArgs({ client: 'c', by: 'b' }, i);
    return { n: i + 1, sent: 0, mutation: { n: i + 1, mid: args.id, name: 'journal.addEntry', v: 1, args, base: 1 } };
  });
  await db.outbox.bulkPut(entries);
  const { ms } = await watched(async () => {
    for (;;) {
      const batch = await db.outbox.where('sent').equals(0).limit(BATCH).toArray();
      if (batch.length === 0) return;
      const text = JSON.stringify(batch.map(({ mutation }) => mutation));
      const body = await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
      const answer = await fetch('/rows', { method: 'POST', headers: { 'content-encoding': 'gzip' }, body });
      await answer.json();
      await db.outbox.bulkPut(batch.map((entry) => ({ ...entry, sent: 1 })));
    }
  });
  return { ms };
}

export const bareDevice = { barePull, barePush };
