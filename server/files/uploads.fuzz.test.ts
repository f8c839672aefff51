// Many files over a line that breaks: each arrives once, whole, by its digest, and little is sent twice. `FILES=1000` for a
// long run by hand; `CUTS` is the share of requests whose connection dies on the way, in either direction.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { chartOf } from '../../src/features/space-names.ts';
import { NOTHING_YET } from '../../src/sync/client/database.ts';
import { sendFiles } from '../../src/sync/client/send-files.ts';
import { Weather } from '../../src/sync/client/wire.ts';
import type { Send } from '../../src/sync/client/wire.ts';
import { MemoryDisk } from '../../src/sync/testing/memory-device.ts';
import { chanceOf } from '../../src/sync/testing/random.ts';
import { listen } from '../http/listener.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import { FaultProxy } from '../testing/fault-proxy.ts';
import { USER_HEADER } from '../testing/sync-server.ts';
import { digestOf, PUBLIC_URL, someFile, startFileServer } from './file-server.fixture.ts';
import type { FileServer } from './file-server.fixture.ts';

const FILES = Number(process.env['FILES'] ?? 50);
const CUTS = Number(process.env['CUTS'] ?? 0.3);
const SEED = Number(process.env['SEED'] ?? 20_261_130);
const [LEAST_BYTES, MOST_BYTES] = [40_000, 400_000];
const MOST_TWICE = 0.1;

let databases: TestDatabases;
let server: FileServer;
beforeAll(async () => {
  databases = await startTestDatabases();
  server = await startFileServer(await databases.fresh());
});
afterAll(async () => {
  await server.remove();
  await databases.remove();
});

test(
  `${FILES} files over a line of which ${CUTS * 100} % of requests are cut arrive whole`,
  { timeout: 60_000 + FILES * 2000 },
  async () => {
    const http = await listen({ host: '127.0.0.1', port: 0 });
    http.serve({ fetch: server.fetch, upgrade: (_request, socket) => socket.destroy() });
    const proxy = await FaultProxy.to(http.port);
    const { ana } = server.clinic.people;
    const store = new MemoryDisk().open();
    await store.putState({ ...NOTHING_YET, device: newId(), lastN: 0, sealing: { keyId: 'k', publicKey: 'p' } });
    const chance = chanceOf(SEED);
    let bytes = 0;
    const ids: string[] = [];
    for (let i = 0; i < FILES; i++) {
      const file = someFile(LEAST_BYTES + chance.below(MOST_BYTES - LEAST_BYTES));
      bytes += file.bytes.length;
      ids.push(file.id);
      const rest = { offset: 0, spoilt: 0, hour: '2026-11-30T09', state: 'queued' as const };
      await store.files.put([{ id: file.id, space: chartOf(ana.client), bytes: file.bytes.length, ...rest }]);
      await store.files.putBytes(file.id, file.bytes);
    }
    let cuts = 0;
    let requests = 0;
    const send: Send = (path, init) => {
      requests += 1;
      if (chance.below(1000) < CUTS * 1000) {
        cuts += 1;
        const isUp = chance.below(2) === 0;
        proxy.dropAfter(chance.below(isUp ? MOST_BYTES : 300), isUp ? 'up' : 'down');
      } else proxy.restore();
      const headers = { ...(init.headers as Record<string, string>), origin: PUBLIC_URL, [USER_HEADER]: ana.user };
      return fetch(`http://127.0.0.1:${proxy.port}${path}`, { ...init, headers });
    };
    let visits = 0;
    while ((await store.files.inState('queued', 'uploading')).length > 0) {
      visits += 1;
      await sendFiles(store, { practice: ana.practice, send }).catch((error: unknown) => {
        if (!(error instanceof Weather)) throw error;
      });
    }
    expect((await store.files.inState('stored')).map(({ id }) => id).sort()).toEqual(ids.toSorted());
    expect((await server.lying('files')).sort()).toEqual(ids.toSorted());
    for (const id of ids) {
      const down = await server.ask('lee', `/api/files/${ana.practice}/${id}`);
      expect(digestOf(new Uint8Array(await down.arrayBuffer()))).toBe(id);
    }
    const twice = proxy.carriedUp / bytes - 1;
    process.stdout.write(
      `${FILES} files, ${bytes} bytes; ${requests} requests, ${cuts} to be cut, ${visits} visits; ${proxy.carriedUp} bytes went up: ${(twice * 100).toFixed(1)} % more\n`,
    );
    expect(cuts).toBeGreaterThan(0);
    expect(twice).toBeLessThan(MOST_TWICE);
    await proxy.close();
    await http.close(0);
  },
);
