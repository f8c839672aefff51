import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '../../src/base/must.ts';
import { StartError } from '../start-error.ts';
import { createDiskStore } from './disk-store.ts';
import { fileStoreContract } from './file-store-contract.ts';
import { openFileStore } from './open-file-store.ts';
import { addressOfBucket, createS3Store } from './s3-store.ts';
import { startBucket } from './bucket.fixture.ts';
import type { TestBucket } from './bucket.fixture.ts';

let dataDir = '';
let service: TestBucket;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlude-store-'));
  service = await startBucket();
});
afterAll(async () => {
  await service.remove();
  await rm(dataDir, { recursive: true, force: true });
});

const bucket = (url = service.url) => createS3Store(must(addressOfBucket(url), 'an address'));

describe('on the disk', () => {
  fileStoreContract(() => createDiskStore(dataDir, 0));
});
describe('in a bucket', () => {
  fileStoreContract(() => bucket());
});
describe('in a folder of a bucket', () => {
  fileStoreContract(() => bucket(`${service.url}/some/where`));
});

async function* one(bytes: Uint8Array) {
  yield bytes;
}

test('two servers that write one upload at the same time leave nothing that is not as it was sent', async () => {
  const bytes = new Uint8Array(3_000_000).map((_, i) => i % 251);
  const id = createHash('sha256').update(bytes).digest('hex');
  const place = { practice: 'p', upload: 'a'.repeat(64), size: bytes.length };
  async function* first() {
    yield bytes.subarray(0, 1_100_000);
    // Another server, which has been asked for the same, is quicker.
    await bucket().append(place, one(bytes.subarray(1_100_000, 2_500_000)));
    yield bytes.subarray(1_100_000, 1_200_000);
  }
  await bucket().append(place, first());
  const there = await bucket().arrived('p', place.upload);
  expect(there).toBe(1_200_000);
  await bucket().append(place, one(bytes.subarray(there)));
  expect(await bucket().finish(place, id)).toBe(true);
  expect(await bucket().stored('p', id)).toBe(bytes.length);
});

test('a bucket that does not let us in is told at the start, without its keys', async () => {
  const openAt = (s3Url: string) => openFileStore({ s3Url, dataDir }).catch((error: unknown) => error);
  expect(await openFileStore({ s3Url: service.url, dataDir })).toBeDefined();
  const wrong = [
    [service.url.replace('/interlude', '/elsewhere'), 'no such bucket'],
    [service.url.replace('S3RVER:S3RVER', 'other-key:other-secret'), 'refuses these keys'],
    [service.url.replace(/:\d+\//, ':9/'), 'cannot be reached'],
  ] as const;
  for (const [url, said] of wrong) {
    const error = await openAt(url);
    expect(error).toBeInstanceOf(StartError);
    expect(String(error)).toContain(said);
    expect(String(error)).not.toContain('secret');
  }
});

test('an address names bucket, folder, keys and region', () => {
  expect(addressOfBucket('https://k:s%2Fe@files.example/box/in/it?region=eu-west-1')).toEqual({
    url: 'https://files.example/box/in/it',
    accessKeyId: 'k',
    secretAccessKey: 's/e',
    region: 'eu-west-1',
  });
  expect(addressOfBucket('s3://k:s@box?region=eu-west-1')?.url).toBe('https://s3.eu-west-1.amazonaws.com/box');
  for (const text of ['https://files.example/box', 'https://k:s@files.example/', 'no address'])
    expect(addressOfBucket(text)).toBeNull();
});
