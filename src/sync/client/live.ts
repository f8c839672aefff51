// A read that is done again whenever something it looked at changes. The one place that calls Dexie's `liveQuery`.

import { liveQuery } from 'dexie';
import type { Observable } from 'dexie';

/**
 * Watches a read. Dexie follows a read through native promises only where the function it is given is itself an async
 * function; of another it would hear of what is read first, and of nothing that is read after the first `await`.
 */
export function live<T>(read: () => Promise<T>): Observable<T> {
  return liveQuery(async () => read());
}
