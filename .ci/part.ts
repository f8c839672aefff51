// One part of a run: a command in a process group of its own, timed, held to a limit, and ended with all it started, at its
// end or when the run is ended.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { endLeftovers, MARK } from './leftovers.ts';

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
/** The mark of each running part, by its process group. */
const running = new Map<number, string>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void abandon());

let isAbandoned = false;

async function abandon(): Promise<never> {
  isAbandoned = true;
  const marks = [...running.values()];
  for (const group of running.keys()) endGroup(group, 'SIGTERM');
  await Promise.all(marks.map(endLeftovers));
  process.exit(1);
}

/** Runs it to its end. `show`: its words appear as they come; otherwise they are kept. Never throws for its failure. */
export async function runPart({ name, command, env, limitMs }: Part, { show }: { show: boolean }): Promise<PartResult> {
  // A run that is being ended goes on when its part has ended: nothing may begin now that nobody would end.
  if (isAbandoned) await new Promise(() => undefined);
  const startedAt = performance.now();
  const mark = randomUUID();
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env, [MARK]: mark },
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    detached: true,
  });
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => written.push(String(bytes)));
  const limit = limitOf(child.pid, limitMs);
  const ended = await endOf(child, { mark, written });
  limit.clear();
  // What it left behind goes with it.
  await endLeftovers(mark);
  await ended.closed;
  if (limit.passed()) written.push(`${name} took longer than ${limitMs / 1000} s and was ended.\n`);
  if (limit.passed() && show) process.stdout.write(written.at(-1) ?? '');
  const seconds = (performance.now() - startedAt) / 1000;
  return { name, ok: ended.code === 0 && !limit.passed(), seconds, output: written.join('') };
}

async function endOf(
  child: ChildProcess,
  { mark, written }: { mark: string; written: string[] },
): Promise<{ code: number | null; closed: Promise<unknown> }> {
  const closed = once(child, 'close').catch(() => undefined);
  if (child.pid !== undefined) running.set(child.pid, mark);
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return { code, closed };
  } catch (error) {
    written.push(`${String(error)}\n`);
    return { code: null, closed };
  } finally {
    if (child.pid !== undefined) running.delete(child.pid);
  }
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
