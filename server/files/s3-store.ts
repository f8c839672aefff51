// Files in a bucket of an S3-compatible service, so that any number of servers have the same ones. What is there of an upload are
// objects under `uploads/`, each named by the offset at which it begins; a whole one becomes a single object under `files/`, by
// one request that carries its digest. Keeps nothing on this server. Does not copy the bucket for backups: files never change and
// are never removed, so that it always has what the rows of any backup name (ADR 18).

import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { must } from '../../src/base/must.ts';
import type { Appended, FileStore, UploadPlace } from './file-store.ts';

export interface BucketAddress {
  /** Of the bucket, with a folder in it where one is named; no slash at its end. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

const DEFAULT_REGION = 'us-east-1';
/** What comes is put by so many bytes; a shorter piece at the end is put anew with what follows it. */
const PIECE_BYTES = 1024 * 1024;
const ANSWER_MS = 60_000;

/** Reads `https://key:secret@host/bucket/folder?region=…` or `s3://key:secret@bucket?region=…` (Amazon's); null for anything else. */
export function addressOfBucket(text: string): BucketAddress | null {
  const given = URL.canParse(text) ? new URL(text) : null;
  if (given === null || given.username === '' || given.password === '') return null;
  const region = given.searchParams.get('region') ?? DEFAULT_REGION;
  const host = given.protocol === 's3:' ? `https://s3.${region}.amazonaws.com/${given.host}` : given.origin;
  const url = `${host}${given.pathname}`.replace(/\/+$/, '');
  if (given.protocol !== 's3:' && given.pathname.length < 2) return null;
  return {
    url,
    accessKeyId: decodeURIComponent(given.username),
    secretAccessKey: decodeURIComponent(given.password),
    region,
  };
}

/** What keeps us from the bucket, in words for an operator; null where nothing does. Writes nothing. */
export async function troubleOfBucket(address: BucketAddress): Promise<string | null> {
  try {
    await createBucket(address).list('uploads/');
    return null;
  } catch (error) {
    if (!(error instanceof BucketError)) return 'the service cannot be reached';
    if (error.status === 404) return 'there is no such bucket';
    return error.status === 403 ? 'the service refuses these keys' : `the service answers ${error.status}`;
  }
}

/** A store in this bucket. */
export function createS3Store(address: BucketAddress): FileStore {
  const bucket = createBucket(address);
  const folderOf = (practice: string, upload: string) => `uploads/${practice}/${upload}/`;
  const fileOf = (practice: string, id: string) => `files/${practice}/${id.slice(0, 2)}/${id}`;
  const drop = async (practice: string, upload: string) => {
    for (const { key } of await bucket.list(folderOf(practice, upload))) await bucket.remove(key);
  };
  return {
    arrived: async (practice, upload) => endOf(await piecesIn(bucket, folderOf(practice, upload))),
    append: (place, bytes) => append(bucket, { ...place, folder: folderOf(place.practice, place.upload) }, bytes),
    async finish({ practice, upload }, id) {
      const pieces = await piecesIn(bucket, folderOf(practice, upload));
      const whole = Buffer.concat(await Promise.all(pieces.map(({ key }) => bucket.get(key))));
      const isIt = createHash('sha256').update(whole).digest('hex') === id;
      if (isIt) await bucket.put(fileOf(practice, id), whole, id);
      await drop(practice, upload);
      return isIt;
    },
    drop,
    stored: (practice, id) => bucket.length(fileOf(practice, id)),
    read: (practice, id) => bucket.stream(fileOf(practice, id)),
    // How much a bucket holds is its owner's bill: what members and spaces may have is limited by the table.
    hasRoomFor: async () => true,
  };
}

interface Piece {
  readonly key: string;
  /** In bytes from the upload's beginning. */
  readonly from: number;
  readonly size: number;
}

const endOf = (pieces: readonly Piece[]): number => {
  const last = pieces.at(-1);
  return last === undefined ? 0 : last.from + last.size;
};

/**
 * What is there without a gap, in order. Two servers may have written the same upload for a while: a piece that does not begin
 * where another ends is passed by.
 */
async function piecesIn(bucket: Bucket, folder: string): Promise<Piece[]> {
  const found = await bucket.list(folder);
  const pieceByFrom = new Map(found.map(({ key, size }) => [Number(key.slice(folder.length)), { key, size }]));
  const pieces: Piece[] = [];
  for (let from = 0; ;) {
    const piece = pieceByFrom.get(from);
    if (piece === undefined || piece.size === 0) return pieces;
    pieces.push({ ...piece, from });
    from += piece.size;
  }
}

interface Growing extends UploadPlace {
  readonly folder: string;
}

async function append(bucket: Bucket, { folder, size }: Growing, bytes: AsyncIterable<Uint8Array>): Promise<Appended> {
  const pieces = await piecesIn(bucket, folder);
  const short = pieces.at(-1);
  let isOver = false;
  let offset = endOf(pieces);
  let from = offset;
  let waiting: Uint8Array[] = [];
  // Else somebody who sends byte by byte would fill the bucket with objects.
  if (short !== undefined && short.size < PIECE_BYTES) {
    waiting = [await bucket.get(short.key)];
    ({ from } = short);
  }
  let putUpTo = offset;
  const put = async () => {
    if (putUpTo === offset) return;
    await bucket.put(`${folder}${from}`, Buffer.concat(waiting));
    [from, putUpTo, waiting] = [offset, offset, []];
  };
  try {
    for await (const chunk of bytes) {
      const fits = chunk.subarray(0, size - offset);
      isOver = fits.length < chunk.length;
      waiting.push(fits);
      offset += fits.length;
      if (offset - from >= PIECE_BYTES) await put();
      if (isOver) break;
    }
  } finally {
    await put();
  }
  return { offset, isOver };
}

/** An answer of the service that is not the one wanted. */
class BucketError extends Error {
  readonly status: number;

  constructor(method: string, status: number) {
    super(`the bucket answered ${status} to ${method}`);
    this.name = 'BucketError';
    this.status = status;
  }
}

interface Bucket {
  put(key: string, bytes: Uint8Array<ArrayBuffer>, digest?: string): Promise<void>;
  get(key: string): Promise<Uint8Array<ArrayBuffer>>;
  stream(key: string): Promise<ReadableStream<Uint8Array>>;
  length(key: string): Promise<number | null>;
  remove(key: string): Promise<void>;
  /** What lies under these first letters of a key. */
  list(prefix: string): Promise<{ readonly key: string; readonly size: number }[]>;
}

/** The few requests of S3's API that are needed, signed (Signature Version 4). */
function createBucket({ url, region, ...keys }: BucketAddress): Bucket {
  const client = new AwsClient({ ...keys, region, service: 's3', retries: 2 });
  const { pathname } = new URL(url);
  const [, name = '', ...folders] = pathname.split('/');
  const root = url.slice(0, url.length - pathname.length + 1 + name.length);
  const base = folders.length === 0 ? '' : `${folders.join('/')}/`;
  const urlOf = (key: string) => `${root}/${base}${key}`;
  async function ask(method: string, address: string, init: RequestInit = {}): Promise<Response> {
    const answer = await client.fetch(address, { ...init, method, signal: AbortSignal.timeout(ANSWER_MS) });
    if (answer.ok || (answer.status === 404 && method !== 'GET')) return answer;
    await answer.body?.cancel();
    throw new BucketError(method, answer.status);
  }
  const get = async (key: string) => new Uint8Array(await (await ask('GET', urlOf(key))).arrayBuffer());
  return {
    async put(key, bytes, digest) {
      // Signed with the digest the service refuses other bytes than these.
      const headers = { 'x-amz-content-sha256': digest ?? createHash('sha256').update(bytes).digest('hex') };
      const answer = await ask('PUT', urlOf(key), { body: bytes, headers });
      if (!answer.ok) throw new BucketError('PUT', answer.status);
    },
    get,
    stream: async (key) => must((await ask('GET', urlOf(key))).body, 'the bytes of a file'),
    async length(key) {
      const answer = await ask('HEAD', urlOf(key));
      return answer.ok ? Number(answer.headers.get('content-length')) : null;
    },
    remove: async (key) => void (await ask('DELETE', urlOf(key))),
    async list(prefix) {
      const query = new URLSearchParams({ 'list-type': '2', prefix: base + prefix });
      const text = await (await ask('GET', `${root}?${query.toString()}`)).text();
      return [...text.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, one = '']) => ({
        key: textIn(one, 'Key').slice(base.length),
        size: Number(textIn(one, 'Size')),
      }));
    },
  };
}

/** Keys are letters, digits, hyphens and slashes: nothing in them is written otherwise in XML. */
const textIn = (xml: string, tag: string): string => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? '';
