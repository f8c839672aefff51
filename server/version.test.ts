import { expect, test } from 'vitest';
import { RELEASE } from '../src/sync/core/versions.ts';
import { readVersion } from './version.ts';

test('this release is the one that its package names', async () => {
  expect(RELEASE).toBe(await readVersion());
});
