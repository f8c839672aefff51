// When an open store must lock, as a pure fold over what was noticed and when. Promises that once locked it stays locked, and that
// every notice is judged by the clock first: the key press that wakes a sleeping laptop comes too late to count as activity.

/** Milliseconds. `hiddenMs` null: being out of sight does not lock by itself. */
export type IdleLimits = { readonly idleMs: number; readonly hiddenMs: number | null };

export type IdleState =
  | { readonly status: 'open'; readonly activeAt: number; readonly seenAt: number; readonly hiddenAt: number | null }
  | { readonly status: 'locked' };

/** `look` is only the clock; `restored` is a page that the browser brought back as it had left it. */
export type IdleNotice = 'input' | 'hidden' | 'visible' | 'look' | 'restored';

/** A clock that steps back further than this is not being corrected, it is being set. */
const STEP_BACK_MS = 60_000;
/** A page in sight that did not look for so long was asleep; a busy one never is. */
const ASLEEP_MS = 60_000;

/** An open store, just used. `at` is milliseconds since 1970. */
export function idleOpen(at: number, isHidden: boolean): IdleState {
  return { status: 'open', activeAt: at, seenAt: at, hiddenAt: isHidden ? at : null };
}

/** The state after a notice at `at`. */
export function idleNext(
  state: IdleState,
  { notice, at }: { readonly notice: IdleNotice; readonly at: number },
  limits: IdleLimits,
): IdleState {
  if (state.status === 'locked' || notice === 'restored' || isOver(state, at, limits)) return { status: 'locked' };
  const seen = { ...state, seenAt: at };
  if (notice === 'input') return { ...seen, activeAt: at };
  if (notice === 'hidden') return { ...seen, hiddenAt: state.hiddenAt ?? at };
  if (notice === 'visible') return { ...seen, hiddenAt: null };
  return seen;
}

function isOver(state: IdleState & { status: 'open' }, at: number, { idleMs, hiddenMs }: IdleLimits): boolean {
  if (at < state.seenAt - STEP_BACK_MS) return true;
  if (at - state.activeAt >= idleMs) return true;
  if (hiddenMs === null) return false;
  if (state.hiddenAt !== null) return at - state.hiddenAt >= hiddenMs;
  // A closed lid often sends no word that the page is hidden: the hole in the looks stands for it.
  return at - state.seenAt >= Math.max(hiddenMs, ASLEEP_MS);
}
