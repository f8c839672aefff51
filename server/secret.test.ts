import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveKey, loadSecret, secretFile } from './secret.ts';

let dataDir: string;
const load = () => loadSecret({ dataDir, secretKey: null });

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlude-secret-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

describe('loadSecret', () => {
  it('makes one secret that nobody else may read, also when several start at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, load));
    expect(new Set(all.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
    expect(all[0]?.length).toBe(32);
    expect((await stat(secretFile(dataDir))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['secret.key']);
    expect(await load()).toEqual(all[0]);
  });

  it('makes another one in another folder', async () => {
    const first = await load();
    await rm(secretFile(dataDir));
    expect(await load()).not.toEqual(first);
  });

  it('takes SECRET_KEY instead and makes no file', async () => {
    const secretKey = new Uint8Array(40).fill(9);
    expect(await loadSecret({ dataDir, secretKey })).toBe(secretKey);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it.each(['', 'c2hvcnQ=\n', 'not a key at all, though it is long enough to be one'])(
    'refuses a damaged file and leaves it as it is',
    async (text) => {
      await writeFile(secretFile(dataDir), text);
      await expect(load()).rejects.toThrow(/secret\.key is damaged/);
      expect(await readFile(secretFile(dataDir), 'utf8')).toBe(text);
    },
  );

  it('says that a file cannot be read', async () => {
    await mkdir(secretFile(dataDir));
    await expect(load()).rejects.toThrow(/cannot be read \(EISDIR\)/);
  });
});

it('derives unrelated keys for each purpose, the same each time', () => {
  const secret = new Uint8Array(32).fill(1);
  const auth = deriveKey(secret, 'auth');
  expect(auth).toHaveLength(32);
  expect(deriveKey(secret, 'auth')).toEqual(auth);
  expect(deriveKey(secret, 'sealing')).not.toEqual(auth);
  expect(deriveKey(new Uint8Array(32).fill(2), 'auth')).not.toEqual(auth);
});
