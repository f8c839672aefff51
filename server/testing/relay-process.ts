// Nodes of the relay that are killed again and again: each always at one port, with the next process loaded and waiting.

import { must } from '../../src/base/must.ts';
import { spawnServer } from './child-server.ts';
import type { ChildServer } from './child-server.ts';

const PROGRAM = 'server/testing/relay-process.fixture.ts';

export class RelayProcess {
  readonly #env: Record<string, string>;
  #port = 0;
  #now: ChildServer | null = null;
  #next: ChildServer | null = null;
  #isToEnd = false;
  #tellDeath: (error: Error) => void = () => undefined;
  /** Rejects when the process ends that was not to end. */
  readonly died = new Promise<never>((_, reject) => (this.#tellDeath = reject));

  constructor(env: { DATABASE_URL: string; CLINIC: string }) {
    this.#env = env;
    this.died.catch(() => undefined);
  }

  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    const server = this.#next ?? this.#load();
    [this.#now, this.#next, this.#isToEnd] = [server, null, false];
    void server.exited.then(({ code, signal }) => {
      if (!this.#isToEnd) this.#tellDeath(new Error(`ended with ${signal ?? code}:\n${server.output().slice(-2000)}`));
    });
    await server.logged('loaded');
    server.kill('SIGUSR2');
    this.#port = must((await server.logged('listening')).port, 'a port');
    this.#next = this.#load();
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    this.#isToEnd = true;
    const server = must(this.#now, 'a process');
    server.kill(signal);
    return (await server.exited).code;
  }

  async remove(): Promise<void> {
    this.#isToEnd = true;
    for (const server of [this.#now, this.#next]) {
      server?.kill('SIGKILL');
      await server?.exited;
    }
  }

  #load(): ChildServer {
    const server = spawnServer([PROGRAM], { ...this.#env, PORT: String(this.#port) });
    const end = () => server.kill('SIGKILL');
    process.once('exit', end);
    void server.exited.then(() => process.off('exit', end));
    return server;
  }
}
