// Made-up staff for tests and the seed.

import type { Member } from './schema.ts';

export function memberSample(change: Partial<Member> = {}): Member {
  return { name: 'Dr. Min Lee', roles: ['provider'], ...change };
}
