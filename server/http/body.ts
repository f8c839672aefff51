// Reads JSON bodies, plain or gzip. The limit holds for what comes out of decompression, and inflating stops there: a
// small bomb costs no more memory than an honest body.

import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { safeParse } from 'zod/v4/core';
import type { $ZodType, output } from 'zod/v4/core';
import { LIMITS } from '../../src/sync/core/protocol.ts';
import { HttpRefusal } from './errors.ts';

/**
 * The body as the schema gives it. Throws HttpRefusal: `too-large` past the limit (bytes, after decompression),
 * `bad-request` where it is no JSON or another encoding, `invalid` with the path of the first mismatch.
 */
export async function readJson<Schema extends $ZodType>(
  request: Request,
  schema: Schema,
  limit: number = LIMITS.bodyBytes,
): Promise<output<Schema>> {
  return fitted(schema, parseJson(await readText(request, limit)));
}

/** What was read as the schema gives it. Throws HttpRefusal `invalid` with the path of the first mismatch. */
export function fitted<Schema extends $ZodType>(schema: Schema, body: unknown): output<Schema> {
  const parsed = safeParse(schema, body);
  if (parsed.success) return parsed.data;
  throw new HttpRefusal('invalid', { where: parsed.error.issues[0]?.path.map(String).join('.') ?? '' });
}

async function readText(request: Request, limit: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new HttpRefusal('too-large');
  if (request.body === null) throw new HttpRefusal('bad-request');
  const room = new Room(limit);
  try {
    if (isGzip(request)) {
      const source = Readable.fromWeb(request.body as ReadableStream);
      await pipeline(source, createGunzip(), async (chunks: AsyncIterable<Uint8Array>) => room.take(chunks));
    } else await room.take(request.body as ReadableStream<Uint8Array>);
  } catch (error) {
    if (room.isOver) throw new HttpRefusal('too-large');
    // A stream that breaks off or is no gzip is the client's doing, not ours.
    throw error instanceof HttpRefusal ? error : new HttpRefusal('bad-request');
  }
  return room.text();
}

function isGzip(request: Request): boolean {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') throw new HttpRefusal('bad-request');
  return encoding === 'gzip';
}

class Room {
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async take(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of chunks) {
      this.#bytes += chunk.length;
      // Thrown through a pipeline an error may come out as another: the caller asks `isOver`.
      if (this.isOver) throw new HttpRefusal('too-large');
      this.#chunks.push(chunk);
    }
  }

  get isOver(): boolean {
    return this.#bytes > this.#limit;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpRefusal('bad-request');
  }
}
