// The demo's server for journeys in a browser: the program of `npm start` in a process of its own, on a throwaway data folder and
// database that the demo was seeded into. What a journey does behind the devices' backs is done
// here too. People are named by their keys in `ops/demo-people.ts`.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hashPassword } from 'better-auth/crypto';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { careTeamRecord } from '../../src/features/client/schema.ts';
import { chartOf, officeOf } from '../../src/features/space-names.ts';
import { outboxFolder } from '../effects/mailer.ts';
import { FILE_LIMITS } from '../files/quota.ts';
import { demoId } from '../ops/demo-people.ts';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { findRunningPostgres } from '../store/embedded.ts';
import { createPgStore } from '../store/pg-store.ts';
import { spawnServer } from './child-server.ts';
import type { ChildServer } from './child-server.ts';
import { descendantsOf, isAlive } from './processes.ts';
import { copyDemo, removeDemo, seedDemo, settingsOf } from './seeded-demo.ts';
import type { Outside, ServedPlace } from './seeded-demo.ts';

const PROGRAM = 'server/main.ts';
const RELEASE_PROGRAM = 'server/testing/release.fixture.ts';
const LOOK_MS = 100;

export class DemoServer {
  readonly #place: ServedPlace;
  #server: ChildServer;
  #port: number;
  #said = '';
  readonly #publicUrl: string | null;

  /** Starts one on a copy of a demo that was seeded before, or seeds one; browsers may know it by another address than its own. */
  static async open(seeded?: Outside, publicUrl: string | null = null): Promise<DemoServer> {
    return DemoServer.on(await (seeded === undefined ? seedDemo() : copyDemo(seeded)), publicUrl);
  }

  /** Starts one on this place, which nobody else serves. */
  static async on(place: ServedPlace, publicUrl: string | null = null): Promise<DemoServer> {
    const { server, port } = await start(place, { port: 0, publicUrl });
    return new DemoServer({ place, server, port, publicUrl });
  }

  private constructor(given: { place: ServedPlace; server: ChildServer; port: number; publicUrl: string | null }) {
    this.#place = given.place;
    this.#server = given.server;
    this.#port = given.port;
    this.#publicUrl = given.publicUrl;
  }

  get dataDir(): string {
    return this.#place.dataDir;
  }

  get port(): number {
    return this.#port;
  }

  /** Where it listens. */
  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** The one address that all devices use. */
  get origin(): string {
    return this.#publicUrl ?? this.url;
  }

  /** Everything the server wrote, of all its lives. */
  get log(): string {
    return this.#said + this.#server.output();
  }

  /** Ends only the server's own process, as a crash does, and starts it again at once. */
  async crash(): Promise<void> {
    this.#server.kill('SIGKILL');
    await this.#server.exited;
    await this.start();
  }

  /** Ends it in order; returns what of its processes is still there. */
  async end(): Promise<number[]> {
    const all = [this.#server.pid, ...(await descendantsOf(this.#server.pid))];
    this.#server.kill('SIGTERM');
    await this.#server.exited;
    return all.filter(isAlive);
  }

  /** Starts it again, at the same address. */
  async start(clientFolder: string | null = null): Promise<void> {
    this.#said += `${this.#server.output()}\n`;
    const where = { port: this.#port, publicUrl: this.#publicUrl };
    ({ server: this.#server } = await start(this.#place, where, clientFolder));
  }

  /** Starts it again with another release of the app, which lies in this folder; null for the one it had. */
  async release(clientFolder: string | null): Promise<void> {
    await this.end();
    await this.start(clientFolder);
  }

  async remove(): Promise<void> {
    await this.end();
    await removeDemo(this.#place);
  }

  /** Takes a provider off a client's care team, or puts him back, as the office's own commit does. */
  async setTeam(change: { client: string; provider: string; member: boolean }): Promise<void> {
    const { client, provider, member } = change;
    await this.#withDatabase(async (database) => {
      const store = createPgStore(database);
      const practice = must(await store.practice('harbor-care'), 'the demo practice');
      const id = demoId(`team ${client} ${provider}`);
      const clientId = demoId(`client ${client}`);
      const fields = careTeamRecord.parse({ client: clientId, member: demoId(`member ${provider}`), primary: true });
      const done = await store.commit(practice.id, {
        ledger: null,
        expect: { relationsVersion: practice.relationsVersion, lastN: 0, rows: new Map() },
        applied: 1,
        images: [
          {
            type: careTeamRecord.name,
            id,
            space: officeOf(clientId),
            by: demoId('member owner'),
            schemaVersion: careTeamRecord.schemaVersion,
            fields: member ? fields : null,
            order: 0,
            relations: member ? (careTeamRecord.relations?.({ id, fields }) ?? null) : [],
          },
        ],
        entries: [],
        receivedAt: new Date(),
      });
      if (done === 'stale') throw new Error('the care team changed meanwhile');
    });
  }

  /** Ends a person's sessions on the server, as an office does that disables a sign-in. */
  async endSessions(person: string): Promise<void> {
    await this.#withDatabase(async ({ pool }) => {
      await pool.query('delete from identity.session where user_id = $1', [demoId(`user ${person}`)]);
    });
  }

  /** Gives a person another password, as an office does for somebody who has forgotten hers. */
  async changePassword(person: string, password: string): Promise<void> {
    const hash = await hashPassword(password);
    await this.#withDatabase(async ({ pool }) => {
      await pool.query('update identity.account set password = $1 where user_id = $2', [
        hash,
        demoId(`user ${person}`),
      ]);
    });
  }

  /** The tables, of every schema, in which some row has these words in some column. */
  async tablesWith(words: string): Promise<string[]> {
    return this.#withDatabase(async ({ pool }) => {
      const tables = await pool.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema')`,
      );
      const found: string[] = [];
      for (const { name } of tables.rows) {
        const { rows } = await pool.query(`select 1 from ${name} t where position($1 in t::text) > 0 limit 1`, [words]);
        if (rows.length > 0) found.push(name);
      }
      return found;
    });
  }

  /** How many rows of the practice hold these words, and by how many different authors. */
  async rowsWith(words: string): Promise<{ rows: number; authors: string[] }> {
    return this.#withDatabase(async ({ pool }) => {
      const found = await pool.query<{ by: string }>('select by from row where fields::text like $1', [`%${words}%`]);
      return { rows: found.rows.length, authors: [...new Set(found.rows.map(({ by }) => by))] };
    });
  }

  /** The fields of the newest row that has these words. */
  async fieldsWith(words: string): Promise<JsonObject> {
    return this.#withDatabase(async ({ pool }) => {
      const found = await pool.query<{ fields: JsonObject }>(
        'select fields from row where position($1 in fields::text) > 0 order by version desc limit 1',
        [words],
      );
      return must(found.rows[0], 'a row with these words').fields;
    });
  }

  /** Waits until all that was committed has been looked through for news, then lets a day pass over what is to be told. */
  async letADayPass(): Promise<void> {
    await this.#withDatabase(async ({ pool }) => {
      const behind = 'select from practice p join notice_cursor c on c.practice_id = p.id where p.version > c.through';
      while ((await pool.query(behind)).rowCount !== 0) await delay(LOOK_MS);
      await pool.query(`update notice set at = at - interval '25 hours'`);
      await pool.query('update notice_member set due_at = now() where due_at is not null');
      // The sweep of each minute would do it too.
      await pool.query(
        `insert into jobs.job (name, data) select 'settle', jsonb_build_object('practice', id) from practice`,
      );
    });
  }

  /** Waits until nothing is left to be told that is due; gives the letters in the outbox, as they lie there. */
  async letters(): Promise<string[]> {
    await this.#withDatabase(async ({ pool }) => {
      const due = `select from notice_member where due_at <= now() union all select from mail where state = 'waiting'`;
      while ((await pool.query(due)).rowCount !== 0) await delay(LOOK_MS);
    });
    const folder = outboxFolder(this.dataDir);
    const names = await readdir(folder).catch(() => []);
    return Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')));
  }

  /** Makes a client's chart as full of files as it may be, as years of them would; what is returned makes room again. */
  async fillChart(client: string): Promise<() => Promise<void>> {
    const space = chartOf(demoId(`client ${client}`));
    const id = 'f'.repeat(64);
    await this.#withDatabase(async ({ pool }) => {
      await pool.query(
        `insert into file (practice_id, id, space, bytes, by, created_at)
         select id, $1, $2, $3, $4, now() - interval '9 days' from practice where slug = 'harbor-care'`,
        [id, space, FILE_LIMITS.spaceBytes, demoId('member owner')],
      );
    });
    return () =>
      this.#withDatabase(async ({ pool }) => void (await pool.query('delete from file where id = $1', [id])));
  }

  async #withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const running = this.#place.database ?? must(await findRunningPostgres(this.dataDir), 'a running database');
    const database = openDatabase({ ...running, ssl: false, max: 1 });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }
}

async function start(
  place: ServedPlace,
  { port, publicUrl }: { port: number; publicUrl: string | null },
  clientFolder: string | null = null,
): Promise<{ server: ChildServer; port: number }> {
  const program = clientFolder === null ? [PROGRAM] : [RELEASE_PROGRAM, clientFolder];
  const server = spawnServer(program, {
    ...settingsOf(place),
    PORT: String(port),
    ...(publicUrl === null ? {} : { PUBLIC_URL: publicUrl }),
  });
  // The runner's own end must not leave a server behind.
  process.once('exit', () => server.kill('SIGTERM'));
  const { port: taken } = await server.logged('listening');
  return { server, port: must(taken, 'the port it listens on') };
}
