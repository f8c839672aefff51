import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { bundleServers } from './bundled-servers.ts';

afterEach(() => vi.unstubAllEnvs());

test('programs are bundled, and what the process starts after it is not told that it runs in production', async () => {
  vi.stubEnv('NODE_ENV', undefined);
  const folder = await bundleServers();
  try {
    expect(process.env['NODE_ENV']).toBeUndefined();
    expect((await stat(join(folder, 'server/main.mjs'))).size).toBeGreaterThan(1000);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
