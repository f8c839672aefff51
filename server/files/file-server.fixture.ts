// The door of files for tests: the real routes in the real HTTP house over PostgreSQL and a disk of its own, with the session
// said by a header.

import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { declared } from '../../src/features/shared.ts';
import { chartOf } from '../../src/features/space-names.ts';
import { createViewers } from '../accept/viewer.ts';
import { createHttp } from '../http.ts';
import type { Fetch } from '../http.ts';
import { createOriginRule } from '../http/origin.ts';
import { createLog } from '../log.ts';
import { inPractice } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { createHealth } from '../store/health.ts';
import type { Clinic, Name } from '../testing/clinic.ts';
import { startPgServer, USER_HEADER } from '../testing/sync-server.ts';
import { createDiskStore } from './disk-store.ts';
import type { FileStore } from './file-store.ts';
import { createFileTable } from './file-table.ts';
import type { FileLimits } from './quota.ts';
import { fileRoutes } from './routes.ts';

export const PUBLIC_URL = 'http://localhost:8080';

export interface FileServer {
  readonly clinic: Clinic;
  readonly dataDir: string;
  /** As if the disk had no room left. */
  isFull: boolean;
  readonly stored: { readonly files: ReturnType<typeof createFileTable>; readonly fileStore: FileStore };
  readonly fetch: Fetch;
  /** Spaces in which a file has arrived, in order. */
  readonly told: readonly string[];
  /** A request of a member, from a page of ours. */
  ask(who: Name | null, path: string, init?: RequestInit): Promise<Response>;
  /** Begins an upload of a file into Ana's chart, or the named client's. */
  begin(who: Name | null, file: TestFile, into?: Name): Promise<Response>;
  patch(who: Name, location: string, offset: number, bytes: Uint8Array): Promise<Response>;
  /** All of a file in one go. */
  upload(who: Name, file: TestFile): Promise<Response>;
  /** Names of what lies in a folder of the data. */
  lying(folder: 'files' | 'uploads'): Promise<string[]>;
  /** As if what looks at files had found fault with it. */
  findFault(id: string): Promise<void>;
  /** All that has arrived came a day earlier. */
  aDayLater(): Promise<void>;
  remove(): Promise<void>;
}

export interface TestFile {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function someFile(size: number): TestFile {
  const bytes = new Uint8Array(randomBytes(size));
  return { id: digestOf(bytes), bytes };
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const TUS = { 'tus-resumable': '1.0.0' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A server over a migrated, empty database. */
export async function startFileServer(
  database: Database,
  { limits, fileStore: given }: { limits?: FileLimits; fileStore?: FileStore } = {},
): Promise<FileServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interlude-files-'));
  const { clinic, store } = await startPgServer(database);
  const [roomy, full] = [createDiskStore(dataDir), createDiskStore(dataDir, Infinity)];
  const own: FileStore = {
    ...roomy,
    hasRoomFor: (bytes: number) => (served.isFull ? full : roomy).hasRoomFor(bytes),
  };
  const stored = { files: createFileTable(database, limits), fileStore: given ?? own };
  const told: string[] = [];
  const onStored = async (_viewer: unknown, space: string) => void told.push(space);
  const viewers = createViewers(store, declared);
  const sessionOf = async (headers: Headers) => {
    const userId = headers.get(USER_HEADER);
    return userId === null ? null : { userId };
  };
  const fetch = createHttp({
    publicUrl: PUBLIC_URL,
    version: '0',
    origin: createOriginRule(PUBLIC_URL),
    log: createLog({ write: () => undefined }),
    health: createHealth(database),
    files: null,
    mount: (app) => fileRoutes(app, { declared, viewers, sessionOf, onStored, ...stored }),
  });
  const practiceOf = (who: Name | null) => (who === null ? 'willow' : clinic.people[who].practice);
  const ask: FileServer['ask'] = (who, path, init = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has('origin')) headers.set('origin', PUBLIC_URL);
    if (who !== null) headers.set(USER_HEADER, clinic.people[who].user);
    return fetch(new Request(PUBLIC_URL + path, { ...init, headers }));
  };
  const begin: FileServer['begin'] = (who, { id, bytes }, into = 'ana') => {
    const space = chartOf(clinic.people[into].client);
    const metadata = `id ${base64(id)},space ${base64(space)}`;
    const headers = { ...TUS, 'upload-length': String(bytes.length), 'upload-metadata': metadata };
    return ask(who, `/api/files/${practiceOf(who)}`, { method: 'POST', headers });
  };
  const patch: FileServer['patch'] = (who, location, offset, bytes) => {
    const type = 'application/offset+octet-stream';
    const headers = { ...TUS, 'content-type': type, 'upload-offset': String(offset) };
    return ask(who, location, { method: 'PATCH', headers, body: new Blob([new Uint8Array(bytes)]) });
  };
  const served: FileServer = {
    isFull: false,
    clinic,
    dataDir,
    stored,
    fetch,
    told,
    ask,
    begin,
    patch,
    upload: async (who, file) => patch(who, (await begin(who, file)).headers.get('location') ?? '', 0, file.bytes),
    lying: async (folder) => {
      const found = await readdir(join(dataDir, folder), { recursive: true, withFileTypes: true }).catch(() => []);
      return found.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    findFault: async (id) => {
      for (const practice of Object.values(clinic.practiceIds))
        await inPractice(database, practice, async (tx) => {
          await sql`update file set fault = 'type' where id = ${id}`.execute(tx);
        });
    },
    aDayLater: async () => {
      for (const practice of Object.values(clinic.practiceIds))
        await inPractice(database, practice, async (tx) => {
          await sql`update file set created_at = created_at - interval '25 hours'`.execute(tx);
        });
    },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
  return served;
}
