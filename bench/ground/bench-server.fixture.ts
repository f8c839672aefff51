// The whole server as `npm start` runs it, on the demo's people, with two things for measurements: any folder as its app
// (`BENCH_APP`), and on SIGUSR2 its memory after a collection. `BENCH_PRACTICES` more practices have Ana as their client.

import { must } from '../../src/base/must.ts';
import { clientRecord } from '../../src/features/client/schema.ts';
import { officeOf } from '../../src/features/space-names.ts';
import { readConfig } from '../../server/config.ts';
import { createPractice } from '../../server/identity/create-practice.ts';
import { createLog } from '../../server/log.ts';
import { demoId } from '../../server/ops/demo-people.ts';
import { seedDemo } from '../../server/ops/seed.ts';
import type { SeedGround } from '../../server/ops/seed.ts';
import { runProcess } from '../../server/process.ts';
import { startInterlude } from '../../server/start.ts';
import { createPgStore } from '../../server/store/pg-store.ts';

const log = createLog();
let looks = 0;

process.on('SIGUSR2', () => {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  looks += 1;
  log.info({ code: `memory-${looks}`, bytes: rss, count: heapUsed });
});

await runProcess(
  (abort) =>
    startInterlude({
      config: readConfig(process.env),
      log,
      clientFolder: process.env['BENCH_APP'] || null,
      abort,
      seed: async (ground) => {
        await seedDemo(ground);
        const count = Number(process.env['BENCH_PRACTICES'] ?? 0);
        for (let i = 1; i <= count; i += 1) await addPractice(ground, `bench-${i}`);
      },
    }),
  log,
);

async function addPractice(ground: SeedGround, slug: string): Promise<void> {
  const store = createPgStore(ground.database);
  if ((await store.practice(slug)) !== null) return;
  const owner = { userId: demoId('user owner'), name: 'Olivia Grant' };
  await createPractice(ground, { slug, name: slug, timezone: 'America/New_York', owner });
  const { id, relationsVersion } = must(await store.practice(slug), 'the practice just made');
  const client = demoId(`client ${slug}`);
  const fields = clientRecord.parse({
    legalName: 'Ana Torres',
    birthDate: '1991-04-12',
    status: 'active',
    memberId: demoId(`member ${slug}`),
    userId: demoId('user ana'),
  });
  const { name: type, schemaVersion } = clientRecord;
  const relations = clientRecord.relations?.({ id: client, fields }) ?? null;
  const image = { type, id: client, space: officeOf(client), by: client, schemaVersion, fields, order: 0, relations };
  const expect = { relationsVersion, lastN: 0, rows: new Map() };
  const commit = { ledger: null, expect, applied: 1, images: [image], entries: [], receivedAt: new Date() };
  if ((await store.commit(id, commit)) === 'stale') throw new Error('another process makes this practice');
}
