/**
 * Makes the cluster of a home at its first run, all of it or none: initdb fills a draft folder, which
 * takes its name only when it is finished and on disk. What a killed initdb left is swept away.
 */

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { childEnvironment, runAs } from './embedded-account.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { ifThere, ownFolder, renameDurably } from './embedded-files.ts';
import type { Home } from './embedded-home.ts';

/** The one role of the embedded cluster. Only who may enter the socket folder can become it. */
export const SUPERUSER = 'interlude';

const OPTIONS = [
  `--username=${SUPERUSER}`,
  '--encoding=UTF8',
  // PostgreSQL's own C.UTF-8: sorts alike on every machine, whatever locales that machine has.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--auth-local=trust',
  '--auth-host=reject',
];

/** Makes the cluster where there is none; true when it did. Throws `init-failed` with initdb's last word. */
export async function ensureCluster(home: Home): Promise<boolean> {
  await sweepDrafts(home.path);
  if ((await ifThere(lstat(home.data))) !== undefined) return false;
  const draft = join(home.path, `new-${randomBytes(4).toString('hex')}`);
  await ownFolder(draft, 0o700, home.account);
  await initialise(home, draft);
  await renameDurably(draft, home.data);
  return true;
}

async function sweepDrafts(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    // An initdb whose server was killed may still be writing: its folder is taken from under it.
    if (/^new-[0-9a-f]{8}$/.test(name)) await rm(join(home, name), { recursive: true, force: true, maxRetries: 10 });
  }
}

function initialise(home: Home, draft: string): Promise<void> {
  const child = spawn(join(home.binaries, 'bin', 'initdb'), [`--pgdata=${draft}`, ...OPTIONS], {
    ...runAs(home.account),
    cwd: '/',
    env: childEnvironment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) return resolve();
      const why =
        said
          .trim()
          .split('\n')
          .find((line) => line.includes('error:')) ?? said.trim();
      reject(new EmbeddedPostgresError('init-failed', `initdb ended with ${signal ?? code}: ${why}`));
    });
  });
}
