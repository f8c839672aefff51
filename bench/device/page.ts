// The page of the measurements: the real engine, and beside it the bare reference, each called by name from outside.

import { bareDevice } from './page-bare.ts';
import { engineDevice } from './page-engine.ts';
import { historyDevice } from './page-history.ts';

const benchPage = { ...engineDevice, ...bareDevice, ...historyDevice };

export type BenchPage = typeof benchPage;

declare global {
  interface Window {
    benchPage?: BenchPage;
  }
}

window.benchPage = benchPage;
