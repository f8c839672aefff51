// One part of a run: a command in a process group of its own, timed, held to a limit, and ended with all it started when
// the run is ended.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..');

export interface Part {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  readonly limitMs: number;
}

export interface PartResult {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  /** What it wrote; empty where it was shown as it came. */
  readonly output: string;
}

const GRACE_MS = 5000;
const running = new Set<number>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const group of running) endGroup(group, 'SIGTERM');
    process.exit(1);
  });
}

/** Runs it to its end. `show`: its words appear as they come; otherwise they are kept. Never throws for its failure. */
export async function runPart({ name, command, env, limitMs }: Part, { show }: { show: boolean }): Promise<PartResult> {
  const startedAt = performance.now();
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    detached: true,
  });
  const written: Buffer[] = [];
  child.stdout?.on('data', (bytes: Buffer) => written.push(bytes));
  child.stderr?.on('data', (bytes: Buffer) => written.push(bytes));
  const group = child.pid;
  if (group !== undefined) running.add(group);
  const limit = limitOf(group, limitMs);
  const code = await once(child, 'close').then(
    ([exit]) => exit as number | null,
    (error: Error) => void written.push(Buffer.from(`${error.message}\n`)),
  );
  limit.clear();
  if (group !== undefined) {
    running.delete(group);
    // What it left behind goes with it.
    endGroup(group, 'SIGKILL');
  }
  if (limit.passed()) written.push(Buffer.from(`${name} took longer than ${limitMs / 1000} s and was ended.\n`));
  const seconds = (performance.now() - startedAt) / 1000;
  return { name, ok: code === 0 && !limit.passed(), seconds, output: Buffer.concat(written).toString() };
}

/** One line per part: what it was, how it ended, how long it took. */
export function lineOf({ name, ok, seconds }: PartResult): string {
  return `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s\n`;
}

/** A program of an installed package. */
export function tool(name: string): string {
  return resolve(ROOT, 'node_modules', '.bin', name);
}

function limitOf(group: number | undefined, limitMs: number) {
  let passed = false;
  const end = (signal: NodeJS.Signals) => {
    passed = true;
    if (group !== undefined) endGroup(group, signal);
  };
  const timers = [setTimeout(end, limitMs, 'SIGTERM'), setTimeout(end, limitMs + GRACE_MS, 'SIGKILL')];
  return { clear: () => timers.forEach(clearTimeout), passed: () => passed };
}

function endGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
