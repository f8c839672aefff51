// What nodes on one database tell each other: short messages by NOTIFY, many in one, and one connection that listens. A message
// says only that there is something; what it is, each looks up. A node whose connection has broken hears nothing meanwhile: it is
// told that it may have missed something as soon as it listens again.

import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { sql } from 'kysely';
import type { JsonObject } from '../../src/base/json.ts';
import type { Database } from './database.ts';

export interface NodeWire {
  /** Soon, and with others; lost where the database is away. */
  tell(message: JsonObject): void;
  /** Hears what other nodes tell, and when something may have been missed. Returns how to stop. */
  listen(ears: NodeEars): () => Promise<void>;
}

export interface NodeEars {
  hear(message: JsonObject): void;
  /** It listens from now on: what was told before may have been missed. */
  missed(): void;
}

/** Where there is one node only. */
export const NO_OTHER_NODES: NodeWire = { tell: () => undefined, listen: () => async () => undefined };

const CHANNEL = 'interlude_relay';
/** PostgreSQL takes payloads below 8,000 bytes. */
const MOST_BYTES = 7500;
/** Each word costs a transaction: under load many wait for one. */
const GATHER_MS = 15;
const AGAIN_MS = 250;
/** A connection that died without a word is found out within two of these. */
const BEAT_MS = 10_000;

export function createPgNodeWire(database: Database, { beatMs = BEAT_MS }: { beatMs?: number } = {}): NodeWire {
  const own = randomUUID();
  let waiting: string[] = [];
  let isSending = false;

  async function send(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    while (waiting.length > 0) {
      const payload = payloadOf(own, waiting);
      // One that is lost is looked up by the others' next sweep.
      await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(database.db).catch(() => undefined);
    }
    isSending = false;
  }

  return {
    tell(message) {
      const text = JSON.stringify(message);
      // The same again says nothing more.
      if (!waiting.includes(text)) waiting.push(text);
      if (isSending) return;
      isSending = true;
      void send();
    },
    listen: (ears) => listen(database, { own, beatMs }, ears),
  };

  /** As many as there is room for; the rest waits for the next. */
  function payloadOf(from: string, texts: string[]): string {
    let bytes = from.length + 20;
    let count = 0;
    for (const text of texts) {
      bytes += Buffer.byteLength(text) + 1;
      if (bytes > MOST_BYTES && count > 0) break;
      count += 1;
    }
    waiting = texts.slice(count);
    return `{"from":"${from}","said":[${texts.slice(0, count).join(',')}]}`;
  }
}

function listen(
  database: Database,
  { own, beatMs }: { own: string; beatMs: number },
  ears: NodeEars,
): () => Promise<void> {
  let isOver = false;
  let connection: pg.PoolClient | null = null;
  let timer: NodeJS.Timeout | undefined;
  let beating: NodeJS.Timeout | undefined;
  let under: Promise<void> = open();

  async function open(): Promise<void> {
    try {
      const client = await database.pool.connect();
      connection = client;
      client.on('notification', ({ payload }) => heard(payload, own, ears));
      client.once('error', () => lost(client));
      client.once('end', () => lost(client));
      await answeredWithin(beatMs, client.query(`listen ${CHANNEL}`));
      if (isOver) return;
      ears.missed();
      beat(client);
    } catch {
      if (connection === null) again();
      else lost(connection);
    }
  }

  /** Who only listens would never learn that nothing can come any more. */
  function beat(client: pg.PoolClient): void {
    beating = setTimeout(() => {
      answeredWithin(beatMs, client.query('select 1')).then(
        () => {
          if (connection === client) beat(client);
        },
        () => lost(client),
      );
    }, beatMs);
    beating.unref();
  }

  function lost(client: pg.PoolClient): void {
    if (connection !== client) return;
    connection = null;
    clearTimeout(beating);
    client.removeAllListeners('notification');
    client.release(true);
    again();
  }

  function again(): void {
    if (isOver) return;
    timer = setTimeout(() => (under = open()), AGAIN_MS);
  }

  return async () => {
    isOver = true;
    clearTimeout(timer);
    clearTimeout(beating);
    await under;
    const client = connection;
    connection = null;
    client?.removeAllListeners('notification');
    client?.release(true);
  };
}

/** Throws where no answer has come by then. */
async function answeredWithin(ms: number, asked: Promise<unknown>): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error('no answer')), ms);
  });
  try {
    await Promise.race([asked, silence]);
  } finally {
    clearTimeout(late);
    // Its answer may still come, or its end.
    asked.catch(() => undefined);
  }
}

function heard(payload: string | undefined, own: string, ears: NodeEars): void {
  const { from, said } = parse(payload);
  if (from === own) return;
  for (const message of said) ears.hear(message);
}

function parse(payload: string | undefined): { from: string; said: JsonObject[] } {
  try {
    return JSON.parse(payload ?? '') as { from: string; said: JsonObject[] };
  } catch {
    return { from: '', said: [] };
  }
}
