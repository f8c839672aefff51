// The built app: every file read once at start, found by its exact address and by nothing else, so that no request can
// name a file outside of it. Hashed files are kept for ever by browsers; the rest is asked for each time and answered 304
// where it has not changed.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { must } from '../../src/base/must.ts';
import { StartError } from '../start-error.ts';
import { accepts } from './encoding.ts';
import type { Encoding } from './encoding.ts';
import { isServerPath } from './headers.ts';

export interface StaticFiles {
  /** The answer for a GET or HEAD of the app's files or screens, or null where there is none. */
  answer(request: Request): Response | null;
}

interface Body {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

interface StaticFile {
  readonly type: string;
  readonly cache: string;
  readonly bodies: ReadonlyMap<Encoding | 'identity', Body>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};
const SUFFIX: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };
const ENCODINGS: readonly Encoding[] = ['br', 'gzip'];

/** Reads a built app. Throws StartError where `folder` holds none. */
export async function loadStatic(folder: string): Promise<StaticFiles> {
  const names = new Set(await filesIn(folder));
  if (!names.has('index.html')) throw new StartError(`${folder} holds no built app: run npm run build.`);
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    if (isVariant(name, names)) continue;
    files.set(`/${name.split(sep).join('/')}`, await load(folder, name, names));
  }
  return { answer: (request) => answer(files, request) };
}

function answer(files: ReadonlyMap<string, StaticFile>, request: Request): Response | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  const { pathname } = new URL(request.url);
  const file = files.get(pathname) ?? (isScreen(pathname, request) ? files.get('/index.html') : undefined);
  return file === undefined ? null : answerFile(file, request);
}

/** An address of the app's own: it looks like a page, and a page is asked for. */
function isScreen(pathname: string, request: Request): boolean {
  if (isServerPath(pathname) || pathname.startsWith('/assets/')) return false;
  if (pathname.slice(pathname.lastIndexOf('/')).includes('.')) return false;
  const accept = request.headers.get('accept') ?? '*/*';
  return accept.includes('text/html') || accept.includes('*/*');
}

function answerFile(file: StaticFile, request: Request): Response {
  const wanted = request.headers.get('accept-encoding');
  const encoding = ENCODINGS.find((one) => file.bodies.has(one) && accepts(wanted, one)) ?? 'identity';
  const { bytes, etag } = must(file.bodies.get(encoding), 'a plain body');
  const headers: Record<string, string> = { 'cache-control': file.cache, etag };
  if (file.bodies.size > 1) headers['vary'] = 'Accept-Encoding';
  if (isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  headers['content-type'] = file.type;
  headers['content-length'] = String(bytes.length);
  if (encoding !== 'identity') headers['content-encoding'] = encoding;
  return new Response(request.method === 'HEAD' ? null : bytes, { headers });
}

function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function isVariant(name: string, names: ReadonlySet<string>): boolean {
  return Object.values(SUFFIX).some((suffix) => name.endsWith(suffix) && names.has(name.slice(0, -suffix.length)));
}

async function load(folder: string, name: string, names: ReadonlySet<string>): Promise<StaticFile> {
  const plain = new Uint8Array(await readFile(join(folder, name)));
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  const bodies = new Map<Encoding | 'identity', Body>();
  bodies.set('identity', { bytes: plain, etag: `"${hash}"` });
  for (const encoding of ENCODINGS) {
    const variant = name + SUFFIX[encoding];
    if (!names.has(variant)) continue;
    bodies.set(encoding, {
      bytes: new Uint8Array(await readFile(join(folder, variant))),
      etag: `"${hash}-${encoding}"`,
    });
  }
  const cache = name.startsWith(`assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return { type: TYPES[extname(name)] ?? 'application/octet-stream', cache, bodies };
}
