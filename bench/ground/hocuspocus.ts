// The relay that most use with Yjs, as its authors ship it, with its SQLite extension: installed from the registry into a folder of
// its own that outlives the run, and started in a process of its own.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { must } from '../../src/base/must.ts';
import { spawnCommand } from '../../server/testing/child-server.ts';
import type { ChildServer } from '../../server/testing/child-server.ts';
import { PROBE_FLAGS } from './probed.ts';

const VERSION = '4.7.0';
const PACKAGES = [
  `@hocuspocus/server@${VERSION}`,
  `@hocuspocus/extension-sqlite@${VERSION}`,
  'yjs@13',
  'y-protocols@1',
];
const FOLDER = join(tmpdir(), `interlude-bench-hocuspocus-${VERSION}`);

/** `SIGUSR2` has it say how many times it has stored a document, and when the last time was. */
const PROGRAM = `
import { Server } from '@hocuspocus/server';
import { SQLite } from '@hocuspocus/extension-sqlite';
const { DATABASE, DEBOUNCE } = process.env;
let [stored, at, looks] = [0, 0, 0];
const say = (line) => process.stdout.write(JSON.stringify(line) + '\\n');
const server = new Server({
  port: 0, address: '127.0.0.1', quiet: true, stopOnSignals: false,
  ...(DEBOUNCE !== undefined && { debounce: Number(DEBOUNCE) }),
  extensions: [new SQLite({ database: DATABASE })],
  async afterStoreDocument() { stored += 1; at = Date.now(); },
});
process.on('SIGUSR2', () => say({ code: 'stored-' + (looks += 1), stored, at }));
process.once('SIGTERM', () => process.exit(0));
await server.listen();
say({ code: 'listening', port: server.address.port });
`;

export class Hocuspocus {
  readonly server: ChildServer;
  readonly port: number;
  readonly #folder: string;
  #looks = 0;

  private constructor(server: ChildServer, port: number, folder: string) {
    [this.server, this.port, this.#folder] = [server, port, folder];
  }

  /** `debounceMs: null` leaves it as shipped. */
  static async open({ debounceMs }: { debounceMs: number | null }): Promise<Hocuspocus> {
    await install();
    const folder = await mkdtemp(join(tmpdir(), 'interlude-bench-hp-'));
    const env = {
      DATABASE: join(folder, 'documents.sqlite'),
      ...(debounceMs !== null && { DEBOUNCE: String(debounceMs) }),
    };
    const server = spawnCommand([process.execPath, ...PROBE_FLAGS, 'server.mjs'], { env, cwd: FOLDER });
    const { port } = await server.logged('listening');
    return new Hocuspocus(server, must(port, 'a port'), folder);
  }

  /** How often it has stored a document so far, and when last. */
  async stored(): Promise<{ count: number; at: number }> {
    this.#looks += 1;
    this.server.kill('SIGUSR2');
    const { stored, at } = await this.server.logged(`stored-${this.#looks}`);
    return { count: Number(stored), at: Number(at) };
  }

  async remove(): Promise<void> {
    this.server.kill('SIGTERM');
    await this.server.exited;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function install(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, 'server.mjs'), PROGRAM);
  if (existsSync(join(FOLDER, 'installed'))) return;
  await writeFile(join(FOLDER, 'package.json'), '{"private":true,"type":"module"}');
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', ...PACKAGES], { cwd: FOLDER });
  await writeFile(join(FOLDER, 'installed'), '');
}
