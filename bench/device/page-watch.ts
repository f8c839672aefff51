// What a page measures of itself: how long its thread was blocked, and what came down the line for its requests.

/** Runs the work; milliseconds it took, and of every block of the thread over 50 ms, the longest first. */
export async function watched<T>(work: () => Promise<T>): Promise<{ result: T; ms: number; blocks: number[] }> {
  const blocks: number[] = [];
  const observer = new PerformanceObserver((list) => blocks.push(...list.getEntries().map((entry) => entry.duration)));
  observer.observe({ type: 'longtask' });
  const startedAt = performance.now();
  const result = await work();
  const ms = performance.now() - startedAt;
  // A block is told after it has ended.
  await new Promise((resolve) => setTimeout(resolve));
  blocks.push(...observer.takeRecords().map((entry) => entry.duration));
  observer.disconnect();
  return { result, ms, blocks: blocks.sort((a, b) => b - a) };
}

/** Bytes of the bodies that came for requests to this path, in order, as they were on the wire. */
export function bodiesFrom(path: string): number[] {
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  return entries.filter(({ name }) => new URL(name).pathname === path).map(({ encodedBodySize }) => encodedBodySize);
}
