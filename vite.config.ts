// The app's build and the unit tests. The service worker precaches every chunk, so that each address opens offline.

import { compileMessage } from '@lingui/message-utils/compileMessage';
import react from '@vitejs/plugin-react';
import { runnerImport } from 'vite';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { budgets } from './.ci/budgets.ts';

/** Few files: on a slow network each costs a round trip. What every screen needs comes in two, words in one a language. */
const CHUNKS = [
  ...['en', 'es', 'ar'].map((locale) => ({
    name: `words-${locale}`,
    test: new RegExp(`/words/${locale}\\.ts$`),
    priority: 3,
  })),
  { name: 'vendor', test: /node_modules/, priority: 2 },
  { name: 'common', test: isCommon, priority: 1 },
];

/** What the first screen of anybody needs; passkeys are fetched by who uses one, samples by tests only. */
function isCommon(id: string): boolean {
  return (
    /\/src\/(base|sync|ui|features\/[a-z-]+\.ts|features\/[a-z-]+\/[a-z-]+\.ts)/.test(id) &&
    !id.includes('/vault/passkey')
  );
}

/** Compiles the catalogues' ICU texts at build time: the parser (7 kB) stays here. */
const compiledWords: Plugin = {
  name: 'compiled-words',
  apply: 'build',
  enforce: 'pre',
  async load(id) {
    if (!/\/words\/(en|es|ar)\.ts$/.test(id)) return null;
    const { module } = await runnerImport<Record<string, Record<string, string>>>(id);
    const [[name, texts] = ['', {}]] = Object.entries(module);
    const compiled = Object.entries(texts).map(([key, text]) => [key, compileMessage(text)]);
    return `export const ${name} = ${JSON.stringify(Object.fromEntries(compiled))};`;
  },
};

export default defineConfig({
  // Dexie's build for browsers with classes of their own: 2 kB less than the one its package names.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
  plugins: [
    compiledWords,
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
        globIgnores: ['icons/shortcut-*', 'icons/maskable-*', 'icons/monochrome-*'],
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
    include: ['src/**/*.test.{ts,tsx}', 'server/**/*.test.ts', '.ci/**/*.test.ts', 'bench/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
