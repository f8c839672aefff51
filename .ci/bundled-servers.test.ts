import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleServers } from './bundled-servers.ts';

test('programs are bundled, and what runs after it in this process is in the mode that it was in', async () => {
  const mode = process.env['NODE_ENV'];
  expect(mode).toBe('test');
  const folder = await bundleServers();
  try {
    expect(process.env['NODE_ENV']).toBe(mode);
    expect((await stat(join(folder, 'server/main.mjs'))).size).toBeGreaterThan(1000);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
