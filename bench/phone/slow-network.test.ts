import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { SlowNetwork } from './slow-network.ts';

const LINE = { bytesPerSecond: 100_000, roundTripMs: 100 };
const BYTES = 20_000;
const closing: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openLine(): Promise<{ network: SlowNetwork; url: string }> {
  const server = createServer((_request, response) => response.end(Buffer.alloc(BYTES, 'x')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => void server.close());
  const network = await SlowNetwork.to((server.address() as AddressInfo).port, LINE);
  closing.push(() => network.close());
  return { network, url: `http://127.0.0.1:${network.port}/` };
}

async function load(url: string): Promise<number> {
  const startedAt = performance.now();
  const body = await (await fetch(url, { headers: { connection: 'close' } })).text();
  expect(body).toBe('x'.repeat(BYTES));
  return performance.now() - startedAt;
}

test('an answer takes its bytes, a round trip, and one more for the connection', async () => {
  const { network, url } = await openLine();
  const took = await load(url);
  expect(took).toBeGreaterThan(2 * LINE.roundTripMs + (BYTES / LINE.bytesPerSecond) * 1000 - 60);
  expect(network.bytesDown).toBeGreaterThan(BYTES);
});

test('connections share the line', async () => {
  const { url } = await openLine();
  const took = await Promise.all([load(url), load(url), load(url)]);
  expect(Math.max(...took)).toBeGreaterThan(2 * LINE.roundTripMs + ((3 * BYTES) / LINE.bytesPerSecond) * 1000 - 60);
});

test('a cut line refuses', async () => {
  const { network, url } = await openLine();
  network.cut();
  await expect(fetch(url)).rejects.toThrow();
});
