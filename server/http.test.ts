import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, createGzip, gunzipSync, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import * as z from 'zod/mini';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBody } from '../src/sync/core/error-body.ts';
import { LIMITS } from '../src/sync/core/protocol.ts';
import { createHttp } from './http.ts';
import { readJson } from './http/body.ts';
import { HttpRefusal } from './http/errors.ts';
import { listen } from './http/listener.ts';
import type { Listener } from './http/listener.ts';
import { createOriginRule } from './http/origin.ts';
import { precompress } from './http/precompress.ts';
import { loadStatic } from './http/static.ts';
import { createLog } from './log.ts';
import type { Health } from './store/health.ts';

const EPOCH = '0190f3a0-7b1c-7c3e-9d2a-1a2b3c4d5e6f';
const SCRIPT = `const words = ${JSON.stringify('interlude '.repeat(500))};\n`;
const greeting = z.object({ name: z.string(), tags: z.array(z.object({ n: z.number() })) });

let folder: string;
let listener: Listener;
let health: Health = { status: 'ok', epoch: EPOCH };
const logged: string[] = [];

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Asks without any of fetch's own decompressing, header adding or path cleaning. */
function ask(path: string, options: RequestOptions & { body?: Buffer | string | Readable } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { body, ...rest } = options;
    const asked = httpRequest({ host: '127.0.0.1', port: listener.port, path, agent: false, ...rest }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject);
    if (body instanceof Readable) body.on('error', () => undefined).pipe(asked);
    else asked.end(body);
  });
}

const post = (path: string, body: Buffer | string | Readable, headers: Record<string, string> = {}) =>
  ask(path, { method: 'POST', body, headers: { origin: ours(), ...headers } });
const ours = () => `http://localhost:${listener.port}`;
const codeOf = (answer: Answer) => errorBody.parse(JSON.parse(answer.body.toString())).error.code;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interlude-dist-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  const files = {
    'index.html': `<!doctype html><title>Interlude</title>${'<p>x</p>'.repeat(200)}`,
    'sw.js': 'self.skip = 1;',
    'manifest.webmanifest': '{}',
    'assets/app-abc123.js': SCRIPT,
    'assets/font-abc.woff2': 'font',
    'assets/argon-abc.wasm': 'wasm',
    'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'dist', name), text);
  await writeFile(join(folder, 'secret.key'), 'the secret');
  await precompress(join(folder, 'dist'));
  listener = await listen({ host: '127.0.0.1', port: 0 });
  const publicUrl = ours();
  const fetch = createHttp({
    publicUrl,
    version: '1.2.3',
    origin: createOriginRule(publicUrl),
    log: createLog({ write: (line) => logged.push(line) }),
    health: async () => health,
    files: await loadStatic(join(folder, 'dist')),
    mount: (app) => {
      app.post('/sync/:practice/echo', async (c) => c.json(await readJson(c.req.raw, greeting)));
      app.post('/api/auth/echo', async (c) => c.text(await c.req.text()));
      app.get('/api/long', (c) => c.json({ words: 'interlude '.repeat(500) }));
      app.get('/api/short', (c) => c.json({ words: 'interlude' }));
      app.get('/api/bug', () => {
        throw new Error('Ana Example, anorexia');
      });
      app.get('/api/slow-down', () => {
        throw new HttpRefusal('slow-down', { retryAfter: 7.2 });
      });
      app.get('/api/elsewhere', () => Response.redirect('http://localhost/sign-in'));
    },
  });
  listener.serve({ fetch, upgrade: (_request, socket) => socket.destroy() });
});

afterAll(async () => {
  await listener.close(100);
  await rm(folder, { recursive: true, force: true });
});

describe('headers', () => {
  const everywhere = [
    '/',
    '/today',
    '/assets/app-abc123.js',
    '/nothing.png',
    '/healthz',
    '/api/nothing',
    '/api/bug',
    '/api/elsewhere',
  ];
  it.each(everywhere)('guards %s', async (path) => {
    const { headers } = await ask(path);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; " +
        "media-src 'self' blob:; font-src 'self'; manifest-src 'self'; worker-src 'self'; " +
        `connect-src 'self' ws://localhost:${listener.port}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('publickey-credentials-get=(self)');
    // Voice notes; nothing else of the device.
    expect(headers['permissions-policy']).toContain('microphone=(self), ');
    expect(headers['permissions-policy']).toContain('camera=(), ');
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('says wss and HSTS where pages come by https', async () => {
    const publicUrl = 'https://care.example';
    const parts = {
      publicUrl,
      version: '1',
      origin: createOriginRule(publicUrl),
      log: createLog({ write: () => undefined }),
    };
    const fetch = createHttp({ ...parts, health: async () => health, files: null, mount: () => undefined });
    const { headers } = await fetch(new Request('https://care.example/healthz'));
    expect(headers.get('content-security-policy')).toContain("connect-src 'self' wss://care.example;");
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  });

  it.each(['/api/short', '/sync/x/pull', '/healthz'])('keeps %s out of caches', async (path) => {
    expect((await ask(path)).headers['cache-control']).toBe('no-store');
  });
});

describe('health', () => {
  it('tells version and epoch', async () => {
    const answer = await ask('/healthz');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body.toString())).toEqual({ status: 'ok', version: '1.2.3', epoch: EPOCH });
  });

  it('says why not', async () => {
    health = { status: 'unavailable', reason: 'store-away' };
    const answer = await ask('/healthz');
    health = { status: 'ok', epoch: EPOCH };
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body.toString())).toEqual({ status: 'unavailable', reason: 'store-away' });
  });
});

describe('origin', () => {
  it.each(['localhost', '127.0.0.1', '[::1]'])('takes our own page under the name %s', async (host) => {
    const body = '{"name":"Ana","tags":[]}';
    expect((await post('/sync/x/echo', body, { origin: `http://${host}:${listener.port}` })).status).toBe(200);
  });

  it.each(['http://localhost', 'http://localhost:1', 'https://localhost', 'http://evil.example', 'null', ''])(
    'refuses %j',
    async (origin) => {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const answer = await ask('/sync/x/echo', { method, headers: { origin } });
        expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden-origin']);
      }
    },
  );

  it('refuses a change without any Origin', async () => {
    const answer = await ask('/api/auth/echo', { method: 'POST', body: 'x' });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden-origin']);
  });

  it('knows no second name for a public host', () => {
    const rule = createOriginRule('https://care.example');
    expect(rule.allows('https://care.example')).toBe(true);
    expect(rule.allows('https://www.care.example')).toBe(false);
    expect(rule.allows('http://care.example')).toBe(false);
    expect(rule.allows(undefined)).toBe(false);
  });
});

describe('errors', () => {
  it.each([
    '/api/nothing',
    '/sync/harbor-care/nothing',
    '/relay/x',
    '/nothing.png',
    '/assets/gone-123',
    '/assets/gone.js',
  ])('has nothing at %s', async (path) => {
    const answer = await ask(path, { headers: { accept: 'text/html' } });
    expect([answer.status, codeOf(answer)]).toEqual([404, 'not-found']);
  });

  it('tells nothing of a bug, neither the client nor the log', async () => {
    const answer = await ask('/api/bug');
    expect([answer.status, codeOf(answer)]).toEqual([500, 'try-again']);
    expect(answer.body.toString() + logged.join('')).not.toMatch(/Ana|anorexia/);
    expect(logged.join('')).toContain('"code":"request-failed","method":"GET","route":"/api/bug","error":"Error"');
  });

  it('says when to come back', async () => {
    const answer = await ask('/api/slow-down');
    expect([answer.status, codeOf(answer), answer.headers['retry-after']]).toEqual([429, 'slow-down', '8']);
  });

  it('logs the pattern of a route, not its address', async () => {
    await post('/sync/harbor-care/echo', '{"name":"Ana","tags":[]}');
    const line = logged.at(-1) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      code: 'request',
      method: 'POST',
      route: '/sync/:practice/echo',
      status: 200,
    });
    expect(line).not.toMatch(/harbor|Ana/);
  });

  it('survives what is no HTTP of any sort', async () => {
    const raw = connect(listener.port, '127.0.0.1');
    raw.write('GET http://[bad HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n');
    for await (const chunk of raw) expect(String(chunk)).toMatch(/^HTTP\/1\.1 400/);
    expect((await ask('/healthz')).status).toBe(200);
  });
});

describe('bodies', () => {
  it.each(['{"name":', '', 'name'])('calls %j unreadable', async (body) => {
    const answer = await post('/sync/x/echo', body);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'bad-request']);
  });

  it('names what does not fit', async () => {
    const answer = await post('/sync/x/echo', '{"name":"Ana","tags":[{"n":1},{"n":"two"}]}');
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body.toString()).error).toMatchObject({ code: 'invalid', where: 'tags.1.n' });
  });

  it('reads gzip', async () => {
    const answer = await post('/sync/x/echo', gzipSync('{"name":"Ana","tags":[]}'), { 'content-encoding': 'gzip' });
    expect(JSON.parse(answer.body.toString())).toEqual({ name: 'Ana', tags: [] });
  });

  it.each([
    ['gzip', 'no gzip at all'],
    ['gzip', gzipSync('{"name":"Ana","tags":[]}').subarray(0, 20)],
    ['br', '{}'],
  ])('refuses broken or strange %s', async (encoding, body) => {
    const answer = await post('/sync/x/echo', body, { 'content-encoding': encoding });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'bad-request']);
  });

  it('refuses what is too large, announced or not', async () => {
    const large = Buffer.alloc(LIMITS.bodyBytes + 1, ' ');
    expect(codeOf(await post('/sync/x/echo', large))).toBe('too-large');
    const unannounced = await post('/sync/x/echo', Readable.from([large]), { 'transfer-encoding': 'chunked' });
    expect([unannounced.status, codeOf(unannounced)]).toEqual([413, 'too-large']);
  });

  it('lets sign-in bodies be small only', async () => {
    expect((await post('/api/auth/echo', 'x'.repeat(1000))).status).toBe(200);
    expect((await post('/api/auth/echo', 'x'.repeat(70_000))).status).toBe(413);
  });

  it('stops inflating a bomb of 100 MB', async () => {
    const chunks: Buffer[] = [];
    const zeros = Readable.from(
      (function* () {
        for (let i = 0; i < 100; i++) yield Buffer.alloc(1024 * 1024);
      })(),
    );
    for await (const chunk of zeros.pipe(createGzip())) chunks.push(chunk as Buffer);
    const bomb = Buffer.concat(chunks);
    expect(bomb.length).toBeLessThan(200_000);
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 1);
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => post('/sync/x/echo', bomb, { 'content-encoding': 'gzip' })),
    );
    clearInterval(watch);
    for (const answer of answers) expect([answer.status, codeOf(answer)]).toEqual([413, 'too-large']);
    expect(peak - before).toBeLessThan(80 * 1024 * 1024);
  });
});

describe('compression of answers', () => {
  it('gzips long JSON where it is taken', async () => {
    const answer = await ask('/api/long', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(JSON.parse(gunzipSync(answer.body).toString())).toEqual({ words: 'interlude '.repeat(500) });
    expect(answer.body.length).toBeLessThan(500);
  });

  it.each([undefined, 'identity', 'gzip;q=0', 'br'])('leaves it plain for %j', async (encoding) => {
    const answer = await ask('/api/long', { headers: encoding === undefined ? {} : { 'accept-encoding': encoding } });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(answer.body.toString())).toEqual({ words: 'interlude '.repeat(500) });
  });

  it('leaves short JSON plain', async () => {
    const answer = await ask('/api/short', { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });
});

describe('the app', () => {
  it.each(['/', '/today', '/clients/0190f3a0-7b1c-7c3e-9d2a-1a2b3c4d5e6f', '/p/harbor-care/'])(
    'gives its page for %s',
    async (path) => {
      const answer = await ask(path, { headers: { accept: 'text/html,*/*;q=0.8' } });
      expect(answer.body.toString()).toContain('<title>Interlude');
      expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
    },
  );

  it('gives no page to what asks for something else', async () => {
    expect((await ask('/today', { headers: { accept: 'application/json' } })).status).toBe(404);
    expect((await post('/today', '')).status).toBe(404);
  });

  it.each([
    ['/assets/app-abc123.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/font-abc.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
    ['/assets/argon-abc.wasm', 'application/wasm', 'public, max-age=31536000, immutable'],
    ['/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/manifest.webmanifest', 'application/manifest+json; charset=utf-8', 'no-cache'],
    ['/icon.svg', 'image/svg+xml', 'no-cache'],
  ])('serves %s', async (path, type, cache) => {
    const { headers, status } = await ask(path);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, type, cache]);
  });

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
  ] as const)('is compressed beforehand: %s', async (accepted, encoding, inflate) => {
    const answer = await ask('/assets/app-abc123.js', { headers: { 'accept-encoding': accepted } });
    expect(answer.headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    expect(inflate(answer.body).toString()).toBe(SCRIPT);
  });

  it('answers 304 where nothing changed, per encoding', async () => {
    for (const encoding of ['br', 'gzip', 'identity']) {
      const headers = { 'accept-encoding': encoding };
      const first = await ask('/', { headers });
      const again = await ask('/', { headers: { ...headers, 'if-none-match': `"other", W/${first.headers.etag}` } });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, first.headers.etag]);
    }
    const plain = (await ask('/')).headers.etag ?? '';
    const other = await ask('/', { headers: { 'accept-encoding': 'br', 'if-none-match': plain } });
    expect(other.status).toBe(200);
  });

  it('answers HEAD without a body', async () => {
    const answer = await ask('/assets/app-abc123.js', { method: 'HEAD' });
    expect([answer.status, answer.body.length, answer.headers['content-length']]).toEqual([
      200,
      0,
      String(SCRIPT.length),
    ]);
  });

  it.each([
    '/../secret.key',
    '/assets/../../secret.key',
    '/..%2fsecret.key',
    '/%2e%2e/secret.key',
    '/assets/..%5c..%5csecret.key',
    '/assets/%00/../../secret.key',
    '//secret.key',
    '/etc/passwd',
    '/assets/app-abc123.js.br',
  ])('lets nobody out by %s', async (path) => {
    const answer = await ask(path, { headers: { accept: 'text/html' } });
    expect(answer.body.toString()).not.toMatch(/the secret|root:/);
    expect(answer.body.toString()).toMatch(/^\{"error"|<title>Interlude/);
  });
});

it('ends the socket that does not go, and the answer that does not come, once the time is over', async () => {
  const stubborn = await listen({ host: '127.0.0.1', port: 0 });
  stubborn.serve({
    fetch: () => new Promise<Response>(() => undefined),
    upgrade: (_request, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  });
  const socket = connect(stubborn.port, '127.0.0.1');
  socket.write('GET /relay HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await once(socket, 'data');
  const waiting = fetch(`http://127.0.0.1:${stubborn.port}/`).catch(() => 'cut');
  const gone = once(socket, 'close');
  const began = performance.now();
  await stubborn.close(200);
  expect(performance.now() - began).toBeGreaterThan(190);
  await gone;
  expect(await waiting).toBe('cut');
});
