// A command that takes its time: told to end it stops in order, and what went wrong underneath (a full disk, a database that
// went away) is told by its code alone, since PostgreSQL quotes data in its messages.

import { DatabaseError } from 'pg';
import { StartError } from '../start-error.ts';
import { runCommand } from './command.ts';

/** Runs a command to its end. SIGINT and SIGTERM abort it once; `calledOff` says what that leaves. */
export async function runLongCommand(command: (abort: AbortSignal) => Promise<void>, calledOff: string): Promise<void> {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());
  await runCommand(async () => {
    try {
      await command(ending.signal);
    } catch (error) {
      if (ending.signal.aborted) throw new StartError(calledOff);
      throw plain(error);
    }
  });
}

function plain(error: unknown): unknown {
  if (error instanceof DatabaseError) return new StartError(`The database refused (${error.code ?? 'unknown'}).`);
  const { code, path, syscall } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (code === undefined || syscall === undefined) return error;
  return new StartError(`${path ?? 'The connection to the database'} failed (${code}).`);
}
