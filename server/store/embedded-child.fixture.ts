/**
 * A server process for the tests of the embedded PostgreSQL: starts it on a data folder, says so in
 * one line of JSON per event, and lives until it is told or made to end. With a uid it first becomes
 * that account, as a server started by an ordinary user is.
 * Arguments: data folder, PostgreSQL programs, uid (0 stays root).
 */

import { startEmbeddedPostgres } from './embedded.ts';

const [dataDir = '', binaries = '', uid = '0'] = process.argv.slice(2);

function say(event: { code: string; [key: string]: string | number }): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

// After the modules are read: the checkout may be closed to that account.
if (uid !== '0') {
  process.setgroups?.([]);
  process.setgid?.(Number(uid));
  process.setuid?.(Number(uid));
}

try {
  const postgres = await startEmbeddedPostgres({ dataDir, binaries, log: say });
  process.once('SIGTERM', () => void postgres.stop());
  process.once('SIGHUP', () => process.exit(3));
  say({ code: 'ready', host: postgres.connection.host, uid: process.getuid?.() ?? -1 });
} catch (error) {
  say({ code: 'refused', message: error instanceof Error ? error.message : 'unknown' });
  process.exitCode = 1;
}
