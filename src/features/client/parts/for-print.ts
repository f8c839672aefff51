// Who is to stand on the printed list; in memory only, which a lock empties.

/** So many fit what somebody takes along for a day; more nobody means to print. */
export const PRINT_MOST = 500;

let kept: readonly string[] = [];

/** One more than are printed says that they are too many. */
export const keepForPrint = (ids: readonly string[]): void => void (kept = ids.slice(0, PRINT_MOST + 1));
export const keptForPrint = (): readonly string[] => kept;

/** Those who are chosen, where some are: in the order of the list, and after them who is chosen and not shown; else all that are found. */
export function toPrint(found: readonly { readonly id: string }[], chosen: ReadonlySet<string>): readonly string[] {
  const ids = found.map(({ id }) => id);
  return chosen.size === 0 ? ids : [...new Set([...ids.filter((id) => chosen.has(id)), ...chosen])];
}
