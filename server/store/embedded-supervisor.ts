/**
 * Keeps one postmaster running: starts it over what an earlier run left, starts it again with growing
 * pauses when it dies underneath, on the same socket, and stops it in order. It takes no locks.
 */

import { setTimeout as delay } from 'node:timers/promises';

import { EmbeddedPostgresError } from './embedded-error.ts';
import { systemCode } from './embedded-files.ts';
import { closeSocketFolder, type Home, openSocketFolder } from './embedded-home.ts';
import { stopOrphan } from './embedded-orphan.ts';
import { ClusterBusyError, type Exit, type Postmaster, startPostmaster } from './embedded-postmaster.ts';

/** What happened to the process: codes, pids, milliseconds and counts only. */
export type PostgresLog = (event: { code: string; [key: string]: string | number }) => void;

const BUSY_LIMIT_MS = 20_000;
const BUSY_PAUSE_MS = 100;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
const SETTLED_MS = 60_000;

type State =
  | { kind: 'down' }
  | { kind: 'running'; postmaster: Postmaster }
  | { kind: 'recovering'; done: Promise<void> };

export class Supervisor {
  readonly listeners = new Set<(code: number | null) => void>();
  readonly #home: Home;
  readonly #log: PostgresLog;
  readonly #stopping = new AbortController();
  #state: State = { kind: 'down' };
  #failures = 0;

  constructor(home: Home, log: PostgresLog) {
    this.#home = home;
    this.#log = log;
  }

  /** Starts it, on the socket folder it had when there is one, and gives that folder. */
  async start(again?: string): Promise<string> {
    const until = Date.now() + BUSY_LIMIT_MS;
    for (;;) {
      const orphan = await stopOrphan(this.#home.path);
      if (orphan !== undefined) this.#log({ code: 'postgres-orphan-stopped', pid: orphan });
      const socketFolder = await openSocketFolder(this.#home, again);
      try {
        this.#watch(await startPostmaster(this.#home, socketFolder, this.#stopping.signal), socketFolder);
        return socketFolder;
      } catch (error) {
        if (!(error instanceof ClusterBusyError) || Date.now() > until) throw error;
        await delay(BUSY_PAUSE_MS);
      }
    }
  }

  async stop(): Promise<void> {
    const began = Date.now();
    this.#stopping.abort();
    if (this.#state.kind === 'recovering') await this.#state.done;
    if (this.#state.kind === 'running') await this.#state.postmaster.stop();
    this.#state = { kind: 'down' };
    await closeSocketFolder(this.#home.path);
    this.#log({ code: 'postgres-stopped', ms: Date.now() - began });
  }

  #watch(postmaster: Postmaster, socketFolder: string): void {
    const since = Date.now();
    this.#state = { kind: 'running', postmaster };
    void postmaster.exited.then((exit) => {
      if (this.#stopping.signal.aborted) return;
      if (Date.now() - since > SETTLED_MS) this.#failures = 0;
      this.#state = { kind: 'recovering', done: this.#recover(exit, socketFolder) };
    });
  }

  async #recover(exit: Exit, socketFolder: string): Promise<void> {
    this.#log({ code: 'postgres-exited', exit: exit.signal ?? exit.code ?? 'unknown' });
    for (const listener of this.listeners) listener(exit.code);
    while (!this.#stopping.signal.aborted) {
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
      this.#failures += 1;
      await delay(pause, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#stopping.signal.aborted) return;
      try {
        await this.start(socketFolder);
        this.#log({ code: 'postgres-restarted', attempt: this.#failures });
        return;
      } catch (error) {
        this.#log({ code: 'postgres-restart-failed', attempt: this.#failures, fault: faultOf(error) });
      }
    }
  }
}

function faultOf(error: unknown): string {
  return error instanceof EmbeddedPostgresError ? error.fault : (systemCode(error) ?? 'unknown');
}
