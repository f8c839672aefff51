// Looks that are asked for more often than they are needed: one for all who ask at the same time, and not too soon after the last.

/** Whoever asks while a look is under way gets its answer; who asks after it begins another. */
export function shared<T>(look: () => Promise<T>): () => Promise<T> {
  let under: Promise<T> | null = null;
  return () => (under ??= look().finally(() => (under = null)));
}

/** At once, or as soon as so many milliseconds have passed since the last time; asked for many times meanwhile, it is done once. */
export function atMostEvery(ms: number, act: () => void): () => void {
  let at = -Infinity;
  let timer: NodeJS.Timeout | null = null;
  const go = () => {
    [at, timer] = [performance.now(), null];
    act();
  };
  return () => {
    if (timer !== null) return;
    const wait = at + ms - performance.now();
    if (wait <= 0) go();
    else timer = setTimeout(go, wait).unref();
  };
}
