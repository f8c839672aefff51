// Where a device is measured: the page built, the real server with charts filled, and the bare server with the same rows.

import { DEMO_PASSWORD, demoId } from '../../server/ops/demo-people.ts';
import { chartOf } from '../../src/features/space-names.ts';
import { LIMITS } from '../../src/sync/core/protocol.ts';
import { BenchServer } from '../ground/bench-server.ts';
import { BareServer } from './bare-server.ts';
import { BenchDevice } from './bench-device.ts';
import { buildPage } from './page-build.ts';

export interface BenchPlace {
  readonly server: BenchServer;
  readonly folder: string;
  remove(): Promise<void>;
}

/** Builds the page and starts a server with these charts: how many entries, by the key of the client. */
export async function openPlace(charts: Readonly<Record<string, number>> = {}): Promise<BenchPlace> {
  const page = await buildPage();
  const server = await BenchServer.open({ app: page.folder });
  for (const [key, count] of Object.entries(charts)) await server.fillChart(key, count);
  return {
    server,
    folder: page.folder,
    async remove() {
      await server.remove();
      await page.remove();
    },
  };
}

/** The bare server over the rows of a client's chart, in the engine's form and page size. */
export async function openBare({ server, folder }: BenchPlace, key: string | null): Promise<BareServer> {
  const rows = key === null ? [] : await chartRows(server, key);
  const pages = Array.from({ length: Math.ceil(rows.length / LIMITS.page) }, (_, i) =>
    rows.slice(i * LIMITS.page, (i + 1) * LIMITS.page),
  );
  return BareServer.open({ folder, database: server.database, pages });
}

async function chartRows({ database }: BenchServer, key: string): Promise<object[]> {
  const found = await database.pool.query<object>(
    'select type, id, space, version, by, received_at as at, fields from row where space = $1 order by version desc',
    [chartOf(demoId(`client ${key}`))],
  );
  return found.rows;
}

/** A device of a demo client with an empty store, signed in. */
export async function takeDevice({ server }: BenchPlace, key: string): Promise<BenchDevice> {
  const device = await BenchDevice.take(server.port);
  await setUpAnew(device, key);
  return device;
}

/** The same device as if it had never been here. */
export function setUpAnew(device: BenchDevice, key: string): Promise<void> {
  return device.call('setUp', { email: `${key}@demo.test`, password: DEMO_PASSWORD, practice: 'harbor-care' });
}

/** The client record of a demo person. */
export const clientOf = (key: string): string => demoId(`client ${key}`);
