// A real server in a process of its own for one measurement, on a throwaway folder with the demo's people in it, and a way
// past it to fill charts.

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { journalEntryRecord, journalReviewRecord } from '../../src/features/journal/schema.ts';
import { chartOf } from '../../src/features/space-names.ts';
import { demoId } from '../../server/ops/demo-people.ts';
import { openDatabase } from '../../server/store/database.ts';
import type { Database } from '../../server/store/database.ts';
import { SUPERUSER } from '../../server/store/embedded-cluster.ts';
import { findHome, socketPath } from '../../server/store/embedded-home.ts';
import { createPgStore } from '../../server/store/pg-store.ts';
import { spawnCommand } from '../../server/testing/child-server.ts';
import type { ChildServer } from '../../server/testing/child-server.ts';
import { removeDataDir } from '../../server/testing/postgres.ts';
import type { WireWay } from '../../server/testing/wire-device.ts';
import { entryFields } from './entries.ts';
import { Probed } from './probed.ts';

const PROGRAM = 'bench/ground/bench-server.fixture.ts';
const PRACTICE = 'harbor-care';
const COMMIT_ROWS = 2000;

export interface BenchServerOptions {
  /** An outside PostgreSQL; without it, the embedded one. */
  readonly databaseUrl?: string;
  /** The folder that is served as the app. */
  readonly app?: string;
  /** So many practices besides the demo's. */
  readonly practices?: number;
  /** More of Node, such as `--cpu-prof`. */
  readonly nodeFlags?: readonly string[];
}

export class BenchServer {
  readonly port: number;
  readonly database: Database;
  /** Of use where it was started with `PROBE_FLAGS`. */
  readonly probed: Probed;
  readonly #dataDir: string;
  readonly #server: ChildServer;
  #looks = 0;

  static async open(options: BenchServerOptions = {}): Promise<BenchServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'interlude-bench-'));
    const env = {
      DATA_DIR: dataDir,
      PORT: '0',
      BENCH_APP: options.app ?? '',
      BENCH_PRACTICES: String(options.practices ?? 0),
      ...(options.databaseUrl !== undefined && { DATABASE_URL: options.databaseUrl }),
    };
    const flags = ['--expose-gc', ...(options.nodeFlags ?? []), ...(process.env['SERVER_FLAGS']?.split(' ') ?? [])];
    const server = spawnCommand([process.execPath, ...flags, '--import', 'tsx', PROGRAM], { env });
    // The runner's own end must not leave a server behind.
    const end = () => server.kill('SIGTERM');
    process.once('exit', end);
    void server.exited.then(() => process.off('exit', end));
    const { port } = await server.logged('listening');
    return new BenchServer({
      dataDir,
      server,
      port: must(port, 'the port it listens on'),
      database: await databaseOf(dataDir, options.databaseUrl),
    });
  }

  private constructor(given: { dataDir: string; server: ChildServer; port: number; database: Database }) {
    this.port = given.port;
    this.database = given.database;
    this.#dataDir = given.dataDir;
    this.#server = given.server;
    this.probed = new Probed(given.server);
  }

  get way(): WireWay {
    return { url: `http://127.0.0.1:${this.port}`, origin: `http://localhost:${this.port}` };
  }

  /** Its log so far. */
  get log(): string {
    return this.#server.output();
  }

  /** Bytes of the process and of its heap, after a collection. */
  async memory(): Promise<{ rss: number; heap: number }> {
    this.#looks += 1;
    this.#server.kill('SIGUSR2');
    const line = await this.#server.logged(`memory-${this.#looks}`);
    return { rss: Number(line['bytes']), heap: Number(line['count']) };
  }

  /**
   * Writes so many entries into the chart of a demo client, as that client's own; with a `reader`, all but the newest `unseen`
   * as seen by that member of the care team, and `first` of them there already.
   */
  async fillChart(key: string, count: number, seen?: { reader: string; unseen: number; first: number }): Promise<void> {
    const store = createPgStore(this.database);
    const { id: practiceId } = must(await store.practice(PRACTICE), 'the demo practice');
    const [client, by] = [demoId(`client ${key}`), demoId(`member ${key}`)];
    const { name: type, schemaVersion } = journalEntryRecord;
    for (let from = 0; from < count; from += COMMIT_ROWS) {
      const length = Math.min(COMMIT_ROWS, count - from);
      const space = chartOf(client);
      const images = Array.from({ length }, (_, order) => {
        const fields = entryFields(client, (seen?.first ?? 0) + from + order);
        return { type, id: newId(), space, by, schemaVersion, fields, order, relations: null };
      });
      const reviews =
        seen && reviewsOf(images.slice(0, Math.max(0, count - seen.unseen - from)), demoId(`member ${seen.reader}`));
      const { relationsVersion } = must(await store.practice(PRACTICE), 'the demo practice');
      const expect = { relationsVersion, lastN: 0, rows: new Map() };
      const all = [...images, ...(reviews ?? [])];
      const commit = {
        ledger: null,
        expect,
        applied: seen ? COMMIT_ROWS * 2 : length,
        images: all,
        entries: [],
        receivedAt: new Date(),
      };
      if ((await store.commit(practiceId, commit)) === 'stale') throw new Error('somebody else has written');
    }
  }

  async remove(): Promise<void> {
    await this.database.close();
    this.#server.kill('SIGTERM');
    await this.#server.exited;
    await removeDataDir(this.#dataDir);
  }
}

/** One review of each, after them all. */
function reviewsOf<Image extends { id: string; order: number; fields: JsonObject }>(
  entries: readonly Image[],
  by: string,
) {
  return entries.map((entry): Image => {
    const { at, zone } = entry.fields;
    const fields = { entry: entry.id, at: at ?? null, zone: zone ?? null };
    return { ...entry, type: journalReviewRecord.name, id: newId(), by, fields, order: COMMIT_ROWS + entry.order };
  });
}

async function databaseOf(dataDir: string, databaseUrl: string | undefined): Promise<Database> {
  if (databaseUrl !== undefined) return openDatabase({ connectionString: databaseUrl, max: 2 });
  const home = must(await findHome(dataDir), 'a database');
  const host = dirname(await socketPath(home));
  return openDatabase({ host, user: SUPERUSER, database: 'interlude', ssl: false, max: 2 });
}
