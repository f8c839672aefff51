// Long files, with their length and SHA-256 taken on the way. Written ones are through to the disk when the call returns.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Digest } from './manifest.ts';

export interface Watch {
  readonly abort: AbortSignal;
  /** Called with every piece's length. */
  readonly passed: (bytes: number) => void;
}

/** Writes a new file, readable by its owner only. Throws where it is there already, or when called off. */
export async function writeDigested(
  source: AsyncIterable<Uint8Array>,
  file: string,
  { abort, passed }: Watch,
): Promise<Digest> {
  const meter = new Meter(passed);
  const sink = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(source, (pieces: AsyncIterable<Uint8Array>) => meter.over(pieces), sink, { signal: abort });
  return meter.digest();
}

/** The digest of a file as it lies there. */
export async function digestOf(file: string, { abort, passed }: Watch): Promise<Digest> {
  const meter = new Meter(passed);
  for await (const _piece of meter.over(createReadStream(file, { highWaterMark: 2 ** 18, signal: abort })));
  return meter.digest();
}

/** The pieces of a file; throws `fault` after the last one where it is no longer what it was. */
export async function* readDigested(
  file: string,
  { expected, fault, abort, passed }: Watch & { readonly expected: Digest; readonly fault: () => Error },
): AsyncGenerator<Uint8Array> {
  const meter = new Meter(passed);
  yield* meter.over(createReadStream(file, { highWaterMark: 2 ** 16, signal: abort }));
  const { bytes, sha256 } = meter.digest();
  if (bytes !== expected.bytes || sha256 !== expected.sha256) throw fault();
}

class Meter {
  readonly #hash = createHash('sha256');
  readonly #passed: (bytes: number) => void;
  #bytes = 0;

  constructor(passed: (bytes: number) => void) {
    this.#passed = passed;
  }

  async *over(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.#hash.update(piece);
      this.#bytes += piece.length;
      this.#passed(piece.length);
      yield piece;
    }
  }

  digest(): Digest {
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}
