// The bare reference on the server: plain HTTP with gzip, rows that lie in memory as they would go out, and one PostgreSQL
// transaction for each batch that comes in. It also serves the page.

import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { newId } from '../../src/base/ids.ts';
import type { Database } from '../../server/store/database.ts';

export interface BareParts {
  readonly folder: string;
  readonly database: Database;
  readonly pages: readonly (readonly object[])[];
}

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

export class BareServer {
  readonly #server: Server;
  readonly #parts: BareParts;
  readonly #files = new Map<string, Buffer>();

  static async open(parts: BareParts): Promise<BareServer> {
    const bare = new BareServer(parts);
    const entries = await readdir(parts.folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      bare.#files.set(path.slice(parts.folder.length), await readFile(path));
    }
    await parts.database.pool.query('create table if not exists bare (id uuid primary key, fields jsonb not null)');
    bare.#server.listen(0, '127.0.0.1');
    await once(bare.#server, 'listening');
    return bare;
  }

  private constructor(parts: BareParts) {
    this.#parts = parts;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.writeHead(500).end());
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bare');
    if (pathname !== '/rows') return this.#file(pathname, response);
    const json =
      request.method === 'POST' ? await this.#keep(request) : this.#parts.pages[Number(searchParams.get('page'))];
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    response.writeHead(200, headers).end(await promisify(gzip)(JSON.stringify(json)));
  }

  #file(pathname: string, response: ServerResponse): void {
    const name = pathname === '/' ? '/index.html' : pathname;
    const bytes = this.#files.get(name);
    if (bytes === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? '' }).end(bytes);
  }

  async #keep(request: IncomingMessage): Promise<object> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = JSON.parse(String(await promisify(gunzip)(Buffer.concat(chunks)))) as object[];
    const client = await this.#parts.database.pool.connect();
    try {
      await client.query('begin');
      const ids = sent.map(() => newId());
      const texts = sent.map((one) => JSON.stringify(one));
      await client.query('insert into bare select * from unnest($1::uuid[], $2::jsonb[])', [ids, texts]);
      await client.query('commit');
      return ids.map((id, i) => ({ id, n: i }));
    } finally {
      client.release();
    }
  }
}
