// A server that is killed again and again: the whole program in a process of its own, on the seeded demo, always at one
// port, with the next process loaded and waiting while one runs. Data may lie in the embedded PostgreSQL or in an outside one.

import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { must } from '../../src/base/must.ts';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { SUPERUSER } from '../store/embedded-cluster.ts';
import { clusterOf, findHome, socketPath } from '../store/embedded-home.ts';
import { spawnServer } from './child-server.ts';
import type { ChildServer } from './child-server.ts';
import { removeDataDir } from './postgres.ts';
import { descendantsOf, isAlive } from './processes.ts';
import type { WireWay } from './wire-device.ts';

const PROGRAM = 'server/testing/standby.fixture.ts';
const SEED = 'server/ops/seed-demo.ts';
const POLL_MS = 10;

export interface KillableOptions {
  /** An outside PostgreSQL; without it, the embedded one. */
  readonly databaseUrl?: string;
  /** Where the data are to lie; it is removed in the end. */
  readonly dataDir?: string;
}

export class KillableServer {
  readonly #dataDir: string;
  readonly #databaseUrl: string | null;
  #port = 0;
  #now: ChildServer | null = null;
  #next: ChildServer | null = null;
  #isToEnd = false;
  #tellDeath: (error: Error) => void = () => undefined;
  /** Rejects when a process ends that was not to end. */
  readonly died = new Promise<never>((_, reject) => (this.#tellDeath = reject));

  /** Seeds the demo and starts. */
  static async open({ databaseUrl, dataDir }: KillableOptions = {}): Promise<KillableServer> {
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'interlude-kill-')));
    const server = new KillableServer(folder, databaseUrl ?? null);
    const seed = spawnServer([SEED], server.#env);
    const { code } = await seed.exited;
    if (code !== 0) throw new Error(`the demo was not seeded:\n${seed.output()}`);
    await server.start();
    return server;
  }

  private constructor(dataDir: string, databaseUrl: string | null) {
    this.#dataDir = dataDir;
    this.#databaseUrl = databaseUrl;
    this.died.catch(() => undefined);
  }

  /** Another process on the same outside PostgreSQL and the same secret, at a port of its own. */
  async another(): Promise<KillableServer> {
    const server = new KillableServer(this.#dataDir, must(this.#databaseUrl, 'an outside PostgreSQL'));
    await server.start();
    return server;
  }

  /** How devices reach it. */
  get way(): WireWay {
    return { url: `http://127.0.0.1:${this.#port}`, origin: `http://localhost:${this.#port}` };
  }

  get pid(): number {
    return this.#running.pid;
  }

  /** Starts it at the port it has always had. */
  async start(): Promise<void> {
    const server = this.#next ?? this.#load();
    this.#now = server;
    this.#next = null;
    this.#isToEnd = false;
    void server.exited.then(({ code, signal }) => {
      const end = `ended with ${signal ?? code}:\n${server.output().slice(-2000)}`;
      if (!this.#isToEnd) this.#tellDeath(new Error(`the server ${end}`));
    });
    await server.logged('loaded');
    server.kill('SIGUSR2');
    const { port } = await server.logged('listening');
    this.#port = must(port, 'the port it listens on');
    this.#next = this.#load();
  }

  /** Ends the process, and nothing else, with no warning. */
  async kill(): Promise<void> {
    this.#isToEnd = true;
    this.#running.kill('SIGKILL');
    await this.#running.exited;
  }

  /** Kills the embedded PostgreSQL underneath, and waits until another has taken its place. */
  async killPostgres(): Promise<void> {
    const killed = await this.#postmaster();
    process.kill(killed, 'SIGKILL');
    while ((await this.#postmaster().catch(() => killed)) === killed || !(await this.#answers())) await delay(POLL_MS);
  }

  /** Tells it to end; gives how it ended, and what of its processes is still there. */
  async end(): Promise<{ code: number | null; left: number[] }> {
    this.#isToEnd = true;
    const family = await descendantsOf(this.#running.pid);
    this.#running.kill('SIGTERM');
    const { code } = await this.#running.exited;
    return { code, left: family.filter(isAlive) };
  }

  /** A connection past the server. An embedded database is at another socket after each start. */
  async database(): Promise<Database> {
    if (this.#databaseUrl !== null) return openDatabase({ connectionString: this.#databaseUrl, max: 1 });
    const home = must(await findHome(this.#dataDir), 'a database');
    const host = dirname(await socketPath(home));
    return openDatabase({ host, user: SUPERUSER, database: 'interlude', ssl: false, max: 1 });
  }

  async remove(): Promise<void> {
    this.#isToEnd = true;
    for (const server of [this.#next, this.#now]) {
      server?.kill(server === this.#now ? 'SIGTERM' : 'SIGKILL');
      await server?.exited;
    }
    await removeDataDir(this.#dataDir);
  }

  async #postmaster(): Promise<number> {
    const home = must(await findHome(this.#dataDir), 'a database');
    const [pid] = (await readFile(join(clusterOf(home), 'postmaster.pid'), 'utf8')).split('\n');
    return Number(pid);
  }

  async #answers(): Promise<boolean> {
    const database = await this.database();
    const answered = database.pool.query('select 1').then(
      () => true,
      () => false,
    );
    return answered.finally(() => database.close());
  }

  get #running(): ChildServer {
    return must(this.#now, 'a server that was started');
  }

  get #env(): Record<string, string> {
    const url = this.#databaseUrl === null ? {} : { DATABASE_URL: this.#databaseUrl };
    return { DATA_DIR: this.#dataDir, PORT: String(this.#port), ...url };
  }

  #load(): ChildServer {
    const server = spawnServer([PROGRAM], this.#env);
    // The runner's own end must not leave a server behind.
    const end = () => server.kill('SIGTERM');
    process.once('exit', end);
    void server.exited.then(() => process.off('exit', end));
    return server;
  }
}
