// What is asked of a measured server's process, whoever wrote it: its CPU time, the longest stall of its loop, its memory.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChildServer } from '../../server/testing/child-server.ts';

/** Flags of Node for a server that is measured. */
export const PROBE_FLAGS: readonly string[] = [
  '--expose-gc',
  '--import',
  import.meta.resolve('tsx'),
  '--import',
  join(import.meta.dirname, 'probe.fixture.ts'),
];

/** Clock ticks a second, as Linux counts CPU time. */
const TICKS = 100;

export interface Probe {
  /** Since it was asked last. */
  readonly stallMs: number;
  readonly rss: number;
  /** With what lies beside the heap. */
  readonly heap: number;
}

export class Probed {
  readonly #server: ChildServer;
  #looks = 0;

  constructor(server: ChildServer) {
    this.#server = server;
  }

  /** All of its CPU time so far, in milliseconds, to the hundredth of a second. */
  async cpuMs(): Promise<number> {
    const stat = await readFile(`/proc/${this.#server.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1000;
  }

  async probe(): Promise<Probe> {
    this.#looks += 1;
    this.#server.kill('SIGWINCH');
    const line = await this.#server.logged(`probe-${this.#looks}`);
    return { stallMs: Number(line['stallMs']), rss: Number(line['rss']), heap: Number(line['heap']) };
  }
}
