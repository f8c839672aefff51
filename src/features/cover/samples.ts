// A made-up cover for tests.

import type { Cover } from './schema.ts';

export function coverSample(fields: Pick<Cover, 'absent' | 'member'> & Partial<Cover>): Cover {
  return {
    start: '2026-06-10T00:00:00.000Z',
    end: '2026-06-20T00:00:00.000Z',
    status: 'accepted',
    at: '2026-06-01T00:00:00.000Z',
    zone: 'UTC',
    ...fields,
  };
}
