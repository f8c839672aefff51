// Before all journeys: the app is built, and the demo is seeded that each journey's server begins from.

import { builtApp } from '../server/testing/built-app.ts';
import { removeDemo, seedDemo } from '../server/testing/seeded-demo.ts';

/** The variable that names the seeded demo's folder to the workers. */
export const SEEDED = 'SEEDED_DEMO';

export default async function beforeAll(): Promise<() => Promise<void>> {
  await builtApp();
  const seeded = await seedDemo();
  process.env[SEEDED] = seeded;
  return () => removeDemo(seeded);
}
