// A made-up task, for tests.

import type { Task } from './schema.ts';

export function taskSample(of: Pick<Task, 'client' | 'about' | 'at'> & Partial<Task>): Task {
  return { reason: 'flag', status: 'requested', note: 'Call before noon.', zone: 'America/New_York', ...of };
}
