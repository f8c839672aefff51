// A server in a process of its own, read by its log: what a test may do to it is what a terminal may.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { BUNDLED_SERVERS } from '../../.ci/given.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');

type Line = { code?: string; port?: number } & Record<string, unknown>;

export interface ChildServer {
  readonly pid: number;
  /** Everything it wrote, both streams. */
  output(): string;
  /** The first log line with this code, past or to come. Rejects when the process ends without it. */
  logged(code: string): Promise<Line>;
  /** Nobody reads any more what it writes, as when a terminal or a pipe of its log is closed. */
  stopListening(): void;
  kill(signal: NodeJS.Signals): void;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Spawns a program of ours, as a group of its own: as it was bundled for this run, or `node --import tsx <program>`. */
export function spawnServer([program = '', ...args]: string[], env: Record<string, string>): ChildServer {
  const named = relative(ROOT, resolve(ROOT, program));
  const bundled = join(process.env[BUNDLED_SERVERS] ?? '', named.replace(/\.ts$/, '.mjs'));
  const run =
    process.env[BUNDLED_SERVERS] && existsSync(bundled)
      ? ['--enable-source-maps', bundled]
      : ['--import', 'tsx', program];
  return spawnCommand([process.execPath, ...run, ...args], { env });
}

/** Spawns a command that runs a server, as a group of its own. */
export function spawnCommand(
  [command = '', ...args]: string[],
  { env, cwd = process.cwd() }: { env: Record<string, string>; cwd?: string },
): ChildServer {
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  }
  const find = (code: string) => lines.map(parse).find((line) => line.code === code);
  return {
    pid: child.pid ?? 0,
    output: () => lines.join('\n'),
    stopListening() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    kill: (signal) => void child.kill(signal),
    exited,
    logged: (code) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = find(code);
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
        void exited.then(() => reject(new Error(`ended without ${code}:\n${lines.join('\n')}`)));
      }),
  };
}

function parse(line: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return {};
  }
}
