// Passkeys and the Argon2 worker in a real Chromium, under the content security policy of the product: the authenticator is
// Chromium's virtual one, the server an empty page and the two modules as Vite builds them.

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { bytesToHex } from '@noble/hashes/utils.js';
import { chromium } from 'playwright';
import type { Browser, CDPSession, JSHandle, Page } from 'playwright';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../../../../.ci/browser.ts';
import { ARGON_COST, deriveKey } from './argon-derive.ts';

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; base-uri 'none'";
const AUTHENTICATOR = {
  protocol: 'ctap2',
  ctap2Version: 'ctap2_1',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  hasPrf: true,
  automaticPresenceSimulation: true,
} as const;

let server: Server;
let browser: Browser;
let page: Page;
let cdp: CDPSession;
let complaints: string[];

async function bundle(): Promise<Map<string, string>> {
  const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: { passkey: file('./passkey.ts'), argon: file('./argon.ts') },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  if (!('output' in built)) throw new Error('Expected one build');
  const texts = built.output.map((part) => [`/${part.fileName}`, part.type === 'chunk' ? part.code : part.source]);
  return new Map(texts.map(([path, text]) => [String(path), String(text)]));
}

async function serve(scripts: Map<string, string>): Promise<Server> {
  const started = createServer((request, response) => {
    const script = scripts.get(request.url ?? '');
    response.setHeader('Content-Security-Policy', POLICY);
    response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? '<!doctype html><title>Vault</title>');
  });
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return started;
}

async function authenticator(more: Record<string, boolean> = {}): Promise<string> {
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...AUTHENTICATOR, ...more },
  });
  return authenticatorId;
}

/** A module of the page. As text, since the test runner rewrites `import()` in code. */
function moduleOf<Module>(path: string): Promise<JSHandle<Module>> {
  return page.evaluateHandle<Module>(`import('${path}')`);
}

/** Makes a passkey in the page; bytes come back as lists of numbers. */
async function create(): Promise<{ status: string; credentialId?: number[]; salt?: number[]; kek?: number[] }> {
  const passkey = await moduleOf<typeof import('./passkey.ts')>('/passkey.js');
  return passkey.evaluate(async ({ createPasskey }) => {
    const made = await createPasskey({ userHandle: Uint8Array.of(1, 2), userName: 'ana', rpName: 'Test' });
    if (made.status !== 'ok') return made;
    return { status: 'ok', credentialId: [...made.credentialId], salt: [...made.salt], kek: [...made.kek] };
  });
}

async function ask(credentialId: number[], salt: number[]): Promise<{ status: string; kek?: number[] }> {
  const passkey = await moduleOf<typeof import('./passkey.ts')>('/passkey.js');
  return passkey.evaluate(
    async ({ passkeyKek }, [id, saltBytes]) => {
      const asked = await passkeyKek(Uint8Array.from(id), Uint8Array.from(saltBytes));
      return asked.status === 'ok' ? { status: 'ok', kek: [...asked.kek] } : asked;
    },
    [credentialId, salt] as const,
  );
}

async function support(): Promise<string> {
  const passkey = await moduleOf<typeof import('./passkey.ts')>('/passkey.js');
  return passkey.evaluate(({ passkeySupport }) => passkeySupport());
}

beforeAll(async () => {
  server = await serve(await bundle());
  browser = await chromium.launch({
    args: [...CHROMIUM_FLAGS],
    executablePath: findChromium() ?? chromium.executablePath(),
  });
}, 20_000);
afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
});
afterEach(async () => {
  await page.context().close();
});

test('a passkey gives the same key again for its salt, and another for another salt', async () => {
  await authenticator();
  const { status, credentialId = [], salt = [], kek = [] } = await create();
  expect(status).toBe('ok');
  expect([salt.length, kek.length]).toEqual([32, 32]);
  expect(await ask(credentialId, salt)).toEqual({ status: 'ok', kek });
  const another = await ask(credentialId, salt.toReversed());
  expect(another.status).toBe('ok');
  expect(another.kek).not.toEqual(kek);
});

test('one passkey stands for one person: another does not answer for it', async () => {
  const first = await authenticator();
  const { credentialId = [], salt = [] } = await create();
  await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: first });
  await authenticator();
  await create();
  expect(await ask(credentialId, salt)).toEqual({ status: 'cancelled' });
});

test('where results come only on get, the key is asked for at once', async () => {
  await authenticator({ hasPrf: false, hasHmacSecret: true });
  const { status, credentialId = [], salt = [], kek = [] } = await create();
  expect(status).toBe('ok');
  expect(await ask(credentialId, salt)).toEqual({ status: 'ok', kek });
});

test('an authenticator without the extension is unsupported', async () => {
  await authenticator({ hasPrf: false });
  expect(await create()).toEqual({ status: 'unsupported' });
});

test('a person who is not verified gets no key', async () => {
  const authenticatorId = await authenticator();
  const { credentialId = [], salt = [] } = await create();
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  expect(await ask(credentialId, salt)).toEqual({ status: 'cancelled' });
});

test('support is told without asking anything', async () => {
  expect(await support()).toBe('unknown');
  await authenticator();
  expect(await support()).toBe('supported');
});

test('the worker derives the same key as here, at full cost, under the policy, and the page stays responsive', async () => {
  const argon = await moduleOf<typeof import('./argon.ts')>('/argon.js');
  const input = { password: 'contraseña', salt: [...Array(16).keys()], ...ARGON_COST };
  const { key, frames } = await argon.evaluate(async ({ deriveKeyInWorker }, given) => {
    let counted = 0;
    const counting = setInterval(() => counted++, 4);
    const derived = await deriveKeyInWorker({ ...given, salt: Uint8Array.from(given.salt) });
    clearInterval(counting);
    return { key: [...derived], frames: counted };
  }, input);
  const here = await deriveKey({ ...input, salt: Uint8Array.from(input.salt) });
  expect(bytesToHex(Uint8Array.from(key))).toBe(bytesToHex(here));
  expect(frames).toBeGreaterThan(5);
  expect(complaints).toEqual([]);
});

test('what the worker cannot do is a typed failure, and no worker stays', async () => {
  const argon = await moduleOf<typeof import('./argon.ts')>('/argon.js');
  const failure = await argon.evaluate(async ({ deriveKeyInWorker, DerivationFailed }) => {
    const input = { password: 'a', salt: new Uint8Array(1), memoryKib: 64, passes: 1 };
    return deriveKeyInWorker(input).catch((error: unknown) => error instanceof DerivationFailed);
  });
  expect(failure).toBe(true);
  await expect.poll(() => page.workers().length).toBe(0);
});
