// The app's build and the unit tests. The service worker precaches every chunk, so that each address opens offline.

import react from '@vitejs/plugin-react';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
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
  ],
  build: { target: 'es2022', sourcemap: false, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
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
