// A made-up absence for tests and the seed.

import type { Away } from './schema.ts';

export function awaySample(text = 'I am on leave and read this when I am back.'): Away {
  return { isOn: true, once: { from: '2026-01-01T00:00:00.000Z', text } };
}
