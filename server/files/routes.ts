// `/api/files/<practice>`: files go up by tus 1.0 (creation, expiration) and come down by their id. Who may create files in a
// space uploads into it, who may read them there reads; policies decide, no noun is known here. "No" and "not there" get the
// same answer. What is kept is ciphertext and has the digest that it is named by.

import { createHash } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { FILE_MAX_BYTES, FILE_RESOURCE, isFileId } from '../../src/sync/core/files.ts';
import { decide } from '../../src/sync/core/policy.ts';
import type { Verb } from '../../src/sync/core/policy.ts';
import type { Space } from '../../src/sync/core/record.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import type { Viewer, Viewers } from '../accept/viewer.ts';
import { HttpRefusal } from '../http/errors.ts';
import type { FileStore } from './file-store.ts';
import type { FileTable, UploadRow } from './file-table.ts';
import { OneWriter } from './one-writer.ts';

export interface FileParts {
  readonly declared: Declarations;
  readonly viewers: Viewers;
  readonly fileStore: FileStore;
  readonly files: FileTable;
  sessionOf(headers: Headers): Promise<{ readonly userId: string } | null>;
  /** Hears of each file that has arrived: whoever may read its space may now fetch it. */
  onStored(viewer: Viewer, space: Space): Promise<void>;
}

const TUS = '1.0.0';
const ABILITIES = {
  'tus-version': TUS,
  'tus-extension': 'creation,expiration',
  'tus-max-size': String(FILE_MAX_BYTES),
};
const PIECES = 'application/offset+octet-stream';
const BASE = '/api/files/:practice';

/** Adds the routes. */
export function fileRoutes(app: Hono, parts: FileParts): void {
  const writers = new OneWriter();
  app.options(BASE, () => said(204, ABILITIES));
  app.post(
    BASE,
    tus(parts, (c, viewer) => create(parts, viewer, c.req.raw.headers)),
  );
  // Hono answers HEAD by the route of GET.
  app.get(
    `${BASE}/uploads/:upload`,
    tus(parts, async (c, viewer) => {
      const row = await uploadOf(parts, viewer, c.req.param('upload') ?? '');
      const offset = await writers.alone(row.id, () => offsetOf(parts, viewer, row));
      return said(200, { ...progress(offset), 'upload-length': String(row.bytes) });
    }),
  );
  app.patch(
    `${BASE}/uploads/:upload`,
    tus(parts, async (c, viewer) => {
      if (c.req.header('content-type') !== PIECES) throw new HttpRefusal('bad-request');
      const row = await uploadOf(parts, viewer, c.req.param('upload') ?? '');
      const from = wholeNumber(c.req.header('upload-offset'));
      return writers.alone(row.id, (signal) => takeIn(parts, viewer, { row, from, body: c.req.raw.body, signal }));
    }),
  );
  app.get(`${BASE}/:id`, async (c) => {
    const viewer = await viewerOf(parts, c);
    return read(parts, viewer, c.req.param('id'));
  });
}

type Answer = (c: Context, viewer: Viewer) => Promise<Response>;

/** A request of the protocol: in its version, of somebody who belongs to the practice. */
function tus(parts: FileParts, answer: Answer) {
  return async (c: Context): Promise<Response> => {
    if (c.req.header('tus-resumable') !== TUS) return said(412, ABILITIES);
    return answer(c, await viewerOf(parts, c));
  };
}

async function viewerOf({ sessionOf, viewers }: FileParts, c: Context): Promise<Viewer> {
  const session = await sessionOf(c.req.raw.headers);
  if (session === null) throw new HttpRefusal('not-signed-in');
  const viewer = await viewers.find(session.userId, c.req.param('practice') ?? '');
  if (viewer === null) throw new HttpRefusal('not-found');
  return viewer;
}

function may(
  { declared }: FileParts,
  { principal, relations }: Viewer,
  { id, space, verb }: { id: string; space: string; verb: Verb },
): boolean {
  const resource = { type: FILE_RESOURCE, id, space, author: principal.memberId };
  return decide(declared.policies, { principal, relations, resource, verb }) === 'allow';
}

/** Begins an upload, or finds the one that was begun: its address follows from who sends what into which space. */
async function create(parts: FileParts, viewer: Viewer, headers: Headers): Promise<Response> {
  const { id, space } = namesIn(headers.get('upload-metadata') ?? '');
  const bytes = wholeNumber(headers.get('upload-length'));
  if (bytes > FILE_MAX_BYTES) throw new HttpRefusal('too-large');
  if (id === undefined || space === undefined || !isFileId(id) || bytes === 0)
    throw new HttpRefusal('invalid', { where: 'upload-metadata' });
  if (!may(parts, viewer, { id, space, verb: 'create' })) throw new HttpRefusal('not-found');
  const { practice, principal } = viewer;
  const upload = createHash('sha256').update(`${principal.memberId} ${bytes} ${id} ${space}`).digest('hex');
  const row = { id: upload, by: principal.memberId, file: id, space, bytes };
  const offset = await offsetOf(parts, viewer, row);
  await expectRoom(parts, bytes - offset);
  const over = await parts.files.open(practice.id, row);
  if (over === 'too-many') throw new HttpRefusal('slow-down', { retryAfter: 60 });
  if (over === 'no-room') throw new HttpRefusal('no-room');
  const location = `/api/files/${practice.slug}/uploads/${upload}`;
  return said(201, { location, ...progress(offset) });
}

/** What is there already needs none. */
async function expectRoom({ fileStore }: FileParts, bytes: number): Promise<void> {
  if (bytes > 0 && !(await fileStore.hasRoomFor(bytes))) throw new HttpRefusal('no-room');
}

/** An upload of the viewer's own, into a space where he may still create files. */
async function uploadOf(parts: FileParts, viewer: Viewer, id: string): Promise<UploadRow> {
  const row = isFileId(id) ? await parts.files.upload(viewer.practice.id, id) : undefined;
  const isOwn = row !== undefined && row.by === viewer.principal.memberId;
  if (!isOwn || !may(parts, viewer, { id: row.file, space: row.space, verb: 'create' }))
    throw new HttpRefusal('not-found');
  return row;
}

/** How much of it need not be sent any more. */
async function offsetOf(parts: FileParts, { practice }: Viewer, row: UploadRow): Promise<number> {
  if (await isStored(parts, practice.id, row)) return row.bytes;
  return parts.fileStore.arrived(practice.id, row.id);
}

async function isStored({ files, fileStore }: FileParts, practice: string, { file, space, bytes }: UploadRow) {
  const rows = await files.find(practice, file);
  return rows.some((row) => row.space === space) && (await fileStore.stored(practice, file)) === bytes;
}

interface Pieces {
  readonly row: UploadRow;
  readonly from: number;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly signal: AbortSignal;
}

/** Adds what comes; with the last byte the file is there, or nothing of it. */
async function takeIn(parts: FileParts, viewer: Viewer, { row, from, body, signal }: Pieces): Promise<Response> {
  const { fileStore, files } = parts;
  const practice = viewer.practice.id;
  const expected = await offsetOf(parts, viewer, row);
  if (from !== expected) throw new HttpRefusal('gap', { expected });
  if (expected === row.bytes && (await isStored(parts, practice, row))) return said(204, progress(expected));
  await expectRoom(parts, row.bytes - expected);
  const place = { practice, upload: row.id, size: row.bytes };
  const { offset, isOver } = await fileStore.append(place, piecesOf(body, signal));
  if (isOver) {
    await fileStore.drop(practice, row.id);
    throw new HttpRefusal('too-large');
  }
  if (offset < row.bytes) return said(204, progress(offset));
  if (!(await fileStore.finish(place, row.file))) throw new HttpRefusal('invalid', { where: 'id' });
  await files.close(practice, row);
  await parts.onStored(viewer, row.space);
  return said(204, progress(offset));
}

/** The body, for as long as nobody else writes. What breaks off is the sender's; what came before it is kept. */
async function* piecesOf(body: Pieces['body'], signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop);
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new HttpRefusal('bad-request');
      });
      if (signal.aborted) throw new HttpRefusal('try-again');
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

const KEPT_S = 31_536_000;

async function read(parts: FileParts, viewer: Viewer, id: string): Promise<Response> {
  const { practice } = viewer;
  const rows = isFileId(id) ? await parts.files.find(practice.id, id) : [];
  const isOpen = rows.some(({ space }) => may(parts, viewer, { id, space, verb: 'read' }));
  // What is no photo and no voice note is given to nobody any more, whoever has put it there.
  if (isOpen && rows.some(({ fault }) => fault !== null)) throw new HttpRefusal('invalid', { where: 'id' });
  const bytes = isOpen ? await parts.fileStore.stored(practice.id, id) : null;
  if (bytes === null) throw new HttpRefusal('not-found');
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(bytes),
    'content-disposition': 'attachment',
    'cache-control': `private, max-age=${KEPT_S}, immutable`,
  };
  return new Response(await parts.fileStore.read(practice.id, id), { headers });
}

const progress = (offset: number) => ({ 'upload-offset': String(offset) });

function said(status: number, headers: Record<string, string>): Response {
  return new Response(null, { status, headers: { 'tus-resumable': TUS, ...headers } });
}

function wholeNumber(text: string | null | undefined): number {
  if (text === null || text === undefined || !/^\d{1,12}$/.test(text)) throw new HttpRefusal('bad-request');
  return Number(text);
}

/** `id` and `space` of `Upload-Metadata`: pairs of a name and its value in base64. */
function namesIn(metadata: string): Partial<Record<'id' | 'space', string>> {
  const pairs = metadata.split(',').map((pair) => pair.trim().split(' '));
  return Object.fromEntries(
    pairs.map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]),
  );
}
