// The app's build and the unit tests. The service worker precaches every chunk, so that each address opens offline.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import react from '@vitejs/plugin-react';
import { runnerImport } from 'vite';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { budgets } from './.ci/budgets.ts';

/** Tests that build something, and the names of all others: what is left out on the command line is heard only where nothing is here. */
const BUILDING = ['.ci/{budgets,bundled-servers}.test.ts', 'src/**/*.browser.test.ts'];
const NOT_BUILDING = '!(budgets|bundled-servers|*.browser).test.{ts,tsx}';

/** Who may do what, and what may be in a document: the server's to judge, and no client's device has a use for it. */
const JUDGED = /\/src\/features\/(spaces|[a-z-]+\/(policy|doc))\.ts/;

/** Nouns that only staff read of, and what of the design system only they use: not fetched with a client's first screen. */
const OF_STAFF =
  /\/src\/features\/(chart-summary|client|contact|inbox|invitation|protection|saved-view|scheduled-message|task)\/|\/src\/features\/(use-steps|do-acts)\.|\/src\/features\/office-hours\/(words|parts|screens|mutators|queries|schema-hours)|\/src\/features\/chat\/(words\/duty\/|parts\/(saved|setting)\/|screens\/setting-|(mutators-(review|replies|setting|community)|schema-review|queries-replies|queries-duty|schema-du(ty|e)|doc-trail)\.|parts\/(duty-|give-|hand-dialog|inbox-|use-chat-feed|use-duty-|waiting-))|\/src\/features\/journal\/(words\/review\/|(queries-inbox|mutators-review|schema-review)\.ts|parts\/(inbox-|item-|entry-marks|batch|flag-|delegate-|use-review-|use-journal-feed))|\/src\/(ui\/(qr-code|single-keys|keys-dialog)|base\/qr-code)\.|\/src\/sync\/client\/kept-read\./;

/** What no first screen has: a chart's journal looked through, printed and saved. */
const LATER =
  /\/src\/features\/journal\/(history-queries\.|parts\/history\/)|\/src\/app\/export\/|\/node_modules\/fflate\//;

/** A safety plan, beside what its client's device declares of it; what it has in common with contacts that two people have changed. */
const OF_PLAN = /\/src\/features\/safety-plan\/(?!schema\.|words\/)|\/src\/(ui\/two-versions|base\/phone)\./;

/** What forms and lists have in common, and no first screen needs. */
const OF_FORMS =
  /\/src\/features\/(journal\/queries(?!-today|-given-up)[a-z-]*|entry-kind\/mutators)\.ts|\/src\/ui\/((number|scale|choice|select|check)-field|text-area|ladder|badge|use-fault-focus|use-focus-here|save-data)\./;

/** What no first screen says. */
const RARE =
  /\/src\/app\/(rare|notices|private|account\/words)\/|\/src\/features\/(journal\/parts\/history|safety-plan\/words)\//;

/** What only forms and what was written in them say. */
const OF_KINDS = /\/src\/features\/entry-kind\//;

/** What only documents need that several people write at once. */
const OF_DOCS = /\/node_modules\/(yjs|lib0|y-protocols)\//;

/** What sends and fetches, fetched behind the first screen. */
const OF_EXCHANGE =
  /\/src\/sync\/(client\/(exchange|start-exchange|doc-(fetch|again|told|names|outbox|opened)|talk|greet|apply|strict|behind|turn|triggers|socket|(push|pull)-loop|parcels-out|send-files)|core\/(protocol|versions|rebase))\.ts/;

/** What a client's acts take, fetched behind the first screen: what can be done, and how it is done. */
const OF_ACTS =
  /\/src\/(features\/(shared-client-acts|(chat|journal|notification|private-entry|safety-plan)\/mutators|chat\/mutators-(begin|join)|journal\/on-entry|chat\/doc-here)|sync\/(client\/(desk|mutate)|core\/(run|tx|heads|parcel)))\.ts/;

/** Conversations: no first screen has one. */
const OF_CHAT =
  /\/src\/features\/(chat\/|office-hours\/schema-due\.|file\/parts\/photos\/late-media)|\/src\/ui\/(links|linked-text)\./;

/** Messages that go by themselves, or to many, and who answers: what a client's device declares of them are small shapes. */
const OF_AUTOMATIC =
  /\/src\/features\/((automation|broadcast|welcome|queue-age)\/|away\/(?!schema\.ts)|cover\/(?!schema-notice\.ts))|\/src\/app\/(automatic\/|client\/away-notice)/;

const IN_FRAME = /\/src\/(ui|features\/[a-z-]+\/[a-z-]+\.ts)/;
const IN_PARTS = /\/src\/features\/[a-z-]+\/parts\//;
/** What is fetched where there is a photo or a voice note, or a form to add one. */
const PHOTOS =
  /\/src\/features\/(file\/parts\/(photos|voice)\/(?!late-)|journal\/(parts\/media(-field)?|queries-given-up)\.)/;

const isElsewhere = (id: string) =>
  [OF_STAFF, LATER, JUDGED, OF_AUTOMATIC, PHOTOS].some((test) => test.test(id)) ||
  ((OF_CHAT.test(id) || OF_PLAN.test(id)) && !OF_ACTS.test(id));

/**
 * Few files: on a slow network each costs a round trip, and the worker fetches them one by one. What the app's entry needs
 * comes in two; the router and the frame's parts when somebody is about to be in, the nouns' parts with the first screen that
 * has one.
 */
const CHUNKS = [
  { name: 'docs', test: OF_DOCS, priority: 5 },
  { name: 'vendor', test: /node_modules/, tags: ['$initial' as const], priority: 4 },
  { name: 'common', test: /\/src\/(?!app\/main\.tsx)/, tags: ['$initial' as const], priority: 3 },
  { name: 'router', test: (id: string) => /node_modules/.test(id) && !LATER.test(id), priority: 2 },
  { name: 'acts', test: OF_ACTS, priority: 3 },
  {
    name: 'frame',
    test: (id: string) => IN_FRAME.test(id) && !isElsewhere(id) && !OF_FORMS.test(id),
    minShareCount: 2,
    priority: 2,
  },
  // Of the parts, what a first screen needs.
  { name: 'kinds', test: /\/journal\/parts\/(use-kinds|journal-icon)\.|\/app\/client\/begin-entry\./, priority: 2 },
  {
    name: 'parts',
    test: (id: string) => (IN_PARTS.test(id) || OF_FORMS.test(id)) && !isElsewhere(id),
    minShareCount: 2,
    priority: 1,
  },
  { name: 'staff', test: OF_STAFF, minShareCount: 2, priority: 0 },
  { name: 'chat', test: OF_CHAT, minShareCount: 2, priority: 0 },
  { name: 'plan', test: OF_PLAN, minShareCount: 2, priority: 0 },
  { name: 'automatic', test: OF_AUTOMATIC, minShareCount: 2, priority: 0 },
  { name: 'photos', test: PHOTOS, minShareCount: 2, priority: 0 },
  {
    name: 'private',
    test: /\/src\/app\/private\/|\/src\/sync\/client\/(resting-key|vault\/(personal-key|recovery-code))\./,
    minShareCount: 2,
    priority: 0,
  },
  { name: 'later', test: LATER, minShareCount: 2, priority: 0 },
  { name: 'exchange', test: OF_EXCHANGE, priority: 1 },
];

const GROUPS = [
  ['automatic-', OF_AUTOMATIC],
  ['staff-', OF_STAFF],
  ['chat-', OF_CHAT],
  ['rare-', RARE],
  ['kinds-', OF_KINDS],
  ['photos-', PHOTOS],
] as const;
const groupOf = (path: string) => GROUPS.find(([, test]) => test.test(path))?.[0] ?? '';

const WORDS = /\/words\/(?:(?:review|duty)\/)?(en|es|ar)\.ts$/;
const CATALOGUE = /\/words\/((?:review|duty)\/)?catalogue\.ts$/;

/**
 * All words of one language, the app's and every noun's, are one module; those of the staff's nouns, what no first screen says,
 * conversations, what goes by itself, the questions of forms and what is said of photos are others, compiled at build time: one file to fetch, and the parser of ICU texts (7 kB) stays here.
 */
function compiledWords(): Plugin {
  let root = '';
  return {
    name: 'compiled-words',
    apply: 'build',
    enforce: 'pre',
    configResolved: (config) => void (root = config.root),
    resolveId: (source, importer) =>
      importer !== undefined && CATALOGUE.test(importer) && /^\.\/(en|es|ar)\.ts$/.test(source)
        ? `\0interlude/words/${groupOf(importer)}${source.slice(2)}`
        : null,
    async load(id) {
      const [, group = '', locale] =
        /^\0interlude\/words\/(chat-|automatic-|staff-|rare-|kinds-|photos-)?(en|es|ar)\.ts$/.exec(id) ?? [];
      if (!locale) return null;
      const source = join(root, 'src');
      const files = (await readdir(source, { recursive: true })).filter(
        (file) => WORDS.exec(`/${file}`)?.[1] === locale && groupOf(`/src/${file}`) === group,
      );
      const texts = await Promise.all(files.map((file) => textsOf(join(source, file))));
      const compiled = texts.flatMap(Object.entries<string>).map(([key, text]) => [key, compileMessage(text)]);
      return `export const ${locale} = ${JSON.stringify(Object.fromEntries(compiled))};`;
    },
    // Without it a browser learns of the words when it runs the code that fetches them: a round trip late.
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => {
        const words = Object.values(bundle ?? {}).find((file) => file.type === 'chunk' && file.name === 'en');
        if (words === undefined) return [];
        const attrs = { rel: 'modulepreload', crossorigin: true, href: `/${words.fileName}` };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}

async function textsOf(file: string): Promise<Record<string, string>> {
  const { module } = await runnerImport<Record<string, Record<string, string>>>(file);
  return Object.values(module)[0] ?? {};
}

export default defineConfig({
  // Dexie's build for browsers with classes of their own: 2 kB less than the one its package names.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
  plugins: [
    compiledWords(),
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/app',
      filename: 'sw.ts',
      // The page registers it itself, and asks before an update takes over (`app/updates.ts`).
      injectRegister: false,
      registerType: 'prompt',
      manifest: false,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,svg,png,webmanifest,wasm}'],
        // What a system fetches by itself where the app is installed, and no page shows.
        globIgnores: ['icons/*.png'],
      },
    }),
    budgets(),
  ],
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One style sheet: the order of cascade layers is that of the file, whichever chunk comes first.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  worker: { format: 'es' },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/sync', '/relay', '/healthz'].map((path) => [
        path,
        { target: process.env['INTERLUDE_API'] ?? 'http://127.0.0.1:8080', ws: path === '/relay' },
      ]),
    ),
  },
  test: {
    testTimeout: 60_000,
    // A busy machine begins a database, with a practice in it, three times as slowly.
    hookTimeout: 180_000,
    projects: [
      // What keeps nothing outside its tests shares what has been loaded: a fifth of the work. A build leaves something: it tells the
      // whole process, and what is loaded in it later, that it runs in production.
      {
        extends: true,
        test: { name: 'app', isolate: false, include: [`{src,.ci,bench}/**/${NOT_BUILDING}`] },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['server/**/*.test.ts', ...BUILDING],
          globalSetup: 'server/testing/before-all.ts',
        },
      },
    ],
  },
});
