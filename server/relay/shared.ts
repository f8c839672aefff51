// One look for all who ask at the same time.

/** Whoever asks while a look is under way gets its answer; who asks after it begins another. */
export function shared<T>(look: () => Promise<T>): () => Promise<T> {
  let under: Promise<T> | null = null;
  return () => (under ??= look().finally(() => (under = null)));
}
