// Brings a server up and down: port, secret, store, migrations, then the rooms (identity, sync, relay) that the caller
// furnishes. Promises: a start that fails or is called off leaves nothing behind; `stop` ends sockets, lets what is under
// way finish, and leaves no process.

import { setTimeout as delay } from 'node:timers/promises';
import type { Hono } from 'hono';
import type pg from 'pg';
import { publicUrlOf } from './config.ts';
import type { Config } from './config.ts';
import { answerHealth, createHttp } from './http.ts';
import { refusalResponse } from './http/errors.ts';
import { listen } from './http/listener.ts';
import type { Listener, Upgrade } from './http/listener.ts';
import { createOriginRule } from './http/origin.ts';
import type { OriginRule } from './http/origin.ts';
import { loadStatic } from './http/static.ts';
import type { Log } from './log.ts';
import { settleSecret } from './ops/rotate-secret.ts';
import { loadSecret } from './secret.ts';
import { StartError } from './start-error.ts';
import { openDatabase } from './store/database.ts';
import type { Database } from './store/database.ts';
import { startEmbeddedPostgres } from './store/embedded.ts';
import { createHealth } from './store/health.ts';
import { migrate } from './store/migrate.ts';
import { checkSecret } from './store/secret-mark.ts';
import { readVersion } from './version.ts';

/** What the rooms are built on. */
export interface Ground {
  readonly config: Config;
  readonly publicUrl: string;
  readonly origin: OriginRule;
  readonly database: Database;
  readonly secret: Uint8Array;
  readonly log: Log;
}

/** What stands in the house: its routes, its sockets, and how they end. */
export interface Rooms {
  mount(app: Hono): void;
  readonly upgrade: Upgrade;
  /** Tells every socket to come back later (1012). */
  closeSockets(): void;
  /** Starts what runs by itself, once the house is open; the returned function ends it, before all else ends. */
  begin(): () => Promise<void>;
}

export interface HouseOptions<Furnished extends Rooms> {
  readonly config: Config;
  readonly log: Log;
  /** Where the built app lies; null serves none. */
  readonly clientFolder: string | null;
  readonly abort?: AbortSignal;
  /** Builds the rooms; runs before the first request is let in. */
  readonly furnish: (ground: Ground) => Promise<Furnished>;
}

export interface RunningHouse<Furnished extends Rooms> extends Ground {
  readonly url: string;
  readonly rooms: Furnished;
  /** Safe to call twice. */
  stop(): Promise<void>;
}

const DRAIN_MS = 5000;
const CLOSE_POOL_MS = 2000;
const CONNECT_MS = 10_000;

/** Starts a server. Throws StartError or EmbeddedPostgresError for what an operator can mend. */
export async function startHouse<Furnished extends Rooms>(
  options: HouseOptions<Furnished>,
): Promise<RunningHouse<Furnished>> {
  const undo = new Undo(options.log);
  try {
    return await build(options, undo);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function build<Furnished extends Rooms>(
  { config, log, clientFolder, abort, furnish }: HouseOptions<Furnished>,
  undo: Undo,
): Promise<RunningHouse<Furnished>> {
  const files = clientFolder === null ? null : await loadStatic(clientFolder);
  const version = await readVersion();
  const listener = await listen(config);
  undo.add(() => listener.close(DRAIN_MS));
  answerNotYet(listener, version);
  const loaded = await loadSecret(config);
  const database = await openStore(config, log, undo);
  abort?.throwIfAborted();
  for (const migration of await migrate(database.db)) log.info({ code: 'migrated', migration });
  const secret = await settleSecret(database.db, config, loaded);
  await checkSecret(database.db, secret);
  const publicUrl = publicUrlOf(config, listener.port);
  const origin = createOriginRule(publicUrl);
  const ground = { config, publicUrl, origin, database, secret, log };
  abort?.throwIfAborted();
  const rooms = await furnish(ground);
  // Sockets first, then what is under way; only then may the store go.
  undo.add(() => listener.close(DRAIN_MS));
  undo.add(async () => rooms.closeSockets());
  abort?.throwIfAborted();
  const mount = (app: Hono) => rooms.mount(app);
  const fetch = createHttp({ publicUrl, version, origin, log, health: createHealth(database), files, mount });
  listener.serve({ fetch, upgrade: (...request) => rooms.upgrade(...request) });
  undo.add(rooms.begin());
  log.info({ code: 'listening', port: listener.port, pid: process.pid });
  return { ...ground, url: publicUrl, rooms, stop: () => undo.run() };
}

function answerNotYet(listener: Listener, version: string): void {
  listener.serve({
    fetch: async (request) =>
      new URL(request.url).pathname === '/healthz'
        ? answerHealth({ status: 'unavailable', reason: 'starting' }, version)
        : refusalResponse('try-again', { retryAfter: 1 }),
    upgrade: (_request, socket) => socket.destroy(),
  });
}

async function openStore(config: Config, log: Log, undo: Undo): Promise<Database> {
  if (config.databaseUrl !== null) return openPool({ connectionString: config.databaseUrl }, undo);
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log: (event) => log.info(event) });
  undo.add(() => postgres.stop());
  return openPool({ ...postgres.connection, ssl: false }, undo);
}

async function openPool(connection: pg.PoolConfig, undo: Undo): Promise<Database> {
  const database = openDatabase({ ...connection, connectionTimeoutMillis: CONNECT_MS });
  // A query that hangs must not keep the process: PostgreSQL ends it when it stops.
  undo.add(() => Promise.race([database.close(), delay(CLOSE_POOL_MS, undefined, { ref: false })]));
  try {
    (await database.pool.connect()).release();
    return database;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    throw new StartError(`The database cannot be reached (${typeof code === 'string' ? code : 'no answer'}).`);
  }
}

/** What has been started, to be ended in reverse; a step that fails does not keep the others. */
class Undo {
  readonly #log: Log;
  readonly #steps: (() => Promise<unknown>)[] = [];
  #running: Promise<void> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  run(): Promise<void> {
    return (this.#running ??= this.#run());
  }

  async #run(): Promise<void> {
    for (const step of this.#steps.toReversed()) {
      await step().catch((error: unknown) => this.#log.error({ code: 'stop-failed' }, error));
    }
  }
}
