/** How long work may go on before the screen gets its turn. */
const TURN_MS = 12;

/** Long work gives way now and then, so that the screen stays quick: `await pause()` between its small steps. */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return new Promise((resolve) =>
      setTimeout(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
}
