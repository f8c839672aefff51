// Starts a real S3-compatible service for tests, in a process of its own, with one bucket and a folder for what is put there, and
// takes both away again.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { must } from '../../src/base/must.ts';

export interface TestBucket {
  /** As `S3_URL` names the bucket. */
  readonly url: string;
  remove(): Promise<void>;
}

const PROGRAM = join(import.meta.dirname, '../../node_modules/s3rver/bin/s3rver.js');

export async function startBucket(bucket = 'interlude'): Promise<TestBucket> {
  const folder = await mkdtemp(join(tmpdir(), 'interlude-s3-'));
  const options = ['--directory', folder, '--address', '127.0.0.1', '--port', '0', '--configure-bucket', bucket];
  const child = spawn(process.execPath, [PROGRAM, ...options, '--no-vhost-buckets'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const port = await portSaid(createInterface(child.stdout));
  return {
    // The only keys that it knows.
    url: `http://S3RVER:S3RVER@127.0.0.1:${port}/${bucket}`,
    async remove() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function portSaid(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const found = /listening on \S*:(\d+)/.exec(line);
    if (found !== null) return must(found[1], 'a port');
  }
  throw new Error('the service did not start');
}
