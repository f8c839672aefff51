// What every store of files promises, as tests that run on each of them.

import { createHash, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FileStore } from './file-store.ts';

const PRACTICE = 'p-1';
const MB = 1024 * 1024;

/** Declares the tests; `open` gives a handle on the same store each time, as another server would have it. */
export function fileStoreContract(open: () => FileStore): void {
  let upload = '';
  beforeEach(() => {
    upload = randomBytes(32).toString('hex');
  });

  const some = (size: number) => {
    const bytes = new Uint8Array(randomBytes(size));
    return { bytes, id: createHash('sha256').update(bytes).digest('hex') };
  };
  const placeOf = (size: number) => ({ practice: PRACTICE, upload, size });
  async function* pieces(...all: Uint8Array[]) {
    yield* all;
  }
  const readAll = async (store: FileStore, id: string) =>
    new Uint8Array(await new Response(await store.read(PRACTICE, id)).arrayBuffer());

  // A matcher looks at each of millions of bytes by itself.
  const bytesEqual = (one: Uint8Array, other: Uint8Array) => Buffer.from(one).equals(other);

  describe('an upload', () => {
    test('grows by what comes, is known to every server, and becomes the file that it says it is', async () => {
      const { bytes, id } = some(3 * MB + 17);
      const place = placeOf(bytes.length);
      expect(await open().arrived(PRACTICE, upload)).toBe(0);
      let at = 0;
      for (const size of [1, 5, 300_000, MB, 0, bytes.length]) {
        const next = await open().append(place, pieces(bytes.subarray(at, at + size)));
        at = Math.min(bytes.length, at + size);
        expect(next).toEqual({ offset: at, isOver: false });
        expect(await open().arrived(PRACTICE, upload)).toBe(at);
      }
      expect(await open().stored(PRACTICE, id)).toBeNull();
      expect(await open().finish(place, id)).toBe(true);
      expect(await open().stored(PRACTICE, id)).toBe(bytes.length);
      expect(bytesEqual(await readAll(open(), id), bytes)).toBe(true);
      expect(await open().arrived(PRACTICE, upload)).toBe(0);
    });

    test('that breaks off keeps what had come', async () => {
      const { bytes, id } = some(2 * MB);
      const place = placeOf(bytes.length);
      async function* broken() {
        yield bytes.subarray(0, 700_000);
        throw new Error('the line');
      }
      await expect(open().append(place, broken())).rejects.toThrow('the line');
      expect(await open().arrived(PRACTICE, upload)).toBe(700_000);
      await open().append(place, pieces(bytes.subarray(700_000)));
      expect(await open().finish(place, id)).toBe(true);
      expect(bytesEqual(await readAll(open(), id), bytes)).toBe(true);
    });

    test('takes no more than it is to have, and says so', async () => {
      const { bytes } = some(1000);
      expect(await open().append(placeOf(600), pieces(bytes.subarray(0, 400), bytes.subarray(400)))).toEqual({
        offset: 600,
        isOver: true,
      });
      expect(await open().arrived(PRACTICE, upload)).toBe(600);
    });

    test('of other bytes than its name says is dropped, and there is no such file', async () => {
      const [{ bytes }, { id }] = [some(1000), some(1000)];
      await open().append(placeOf(1000), pieces(bytes));
      expect(await open().finish(placeOf(1000), id)).toBe(false);
      expect(await open().stored(PRACTICE, id)).toBeNull();
      expect(await open().arrived(PRACTICE, upload)).toBe(0);
    });

    test('that was dropped is gone, and others are not', async () => {
      const other = randomBytes(32).toString('hex');
      await open().append(placeOf(10), pieces(some(10).bytes));
      await open().append({ ...placeOf(10), upload: other }, pieces(some(4).bytes));
      await open().drop(PRACTICE, upload);
      await open().drop(PRACTICE, upload);
      expect(await open().arrived(PRACTICE, upload)).toBe(0);
      expect(await open().arrived(PRACTICE, other)).toBe(4);
    });
  });

  test('a file of one practice is not there in another', async () => {
    const { bytes, id } = some(100);
    await open().append(placeOf(100), pieces(bytes));
    await open().finish(placeOf(100), id);
    expect(await open().stored('p-2', id)).toBeNull();
    await expect((async () => new Response(await open().read('p-2', id)).arrayBuffer())()).rejects.toThrow();
  });
}
