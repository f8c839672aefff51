// How the journeys run: `npx playwright test -c e2e/playwright.config.ts`. No retries: a journey that passes the second time
// has found something.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { STEP_MS } from './pages/front.ts';
import { shareOf, SHARE_OF_DAY } from '../.ci/share-of-day.ts';

const day = process.env[SHARE_OF_DAY];
const { left } = shareOf(day === undefined ? null : Number(day));

export default defineConfig({
  testDir: 'journeys',
  testIgnore: left.faults.map((name) => `${name}.test.ts`),
  ...(left.walks.length > 0 && { grepInvert: new RegExp(left.walks.join('|')) }),
  globalSetup: './before-all.ts',
  outputDir: join(tmpdir(), 'interlude-e2e-results'),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // A busy machine takes three times as long; what hangs is told by the shorter limits of each step.
  timeout: 300_000,
  expect: { timeout: STEP_MS },
  use: { actionTimeout: STEP_MS, navigationTimeout: STEP_MS, screenshot: 'only-on-failure' },
  forbidOnly: true,
  reporter: [['list']],
});
