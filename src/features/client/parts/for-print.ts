// Who is to stand on the printed list; in memory only, which a lock empties.

/** So many fit what somebody takes along for a day; more nobody means to print. */
export const PRINT_MOST = 500;

let kept: readonly string[] = [];

export const keepForPrint = (ids: readonly string[]): void => void (kept = ids);
export const keptForPrint = (): readonly string[] => kept;
