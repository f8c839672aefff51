// A made-up welcome, for tests.

import type { Welcome } from './schema.ts';

export function welcomeSample(text = 'Good that you are here.'): Welcome {
  return { isOn: true, text };
}
