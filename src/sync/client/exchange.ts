// The one job that sends and fetches. A write, a poke, the page's becoming visible, the network's return and the clock all
// start the same job; runs never overlap, in this tab or another; trouble is waited out with full jitter.

import type { Line } from './parcels-out.ts';
import type { Desk } from './mutate.ts';
import { sendFiles } from './send-files.ts';
import { isFull } from './store-troubles.ts';
import { visit } from './talk.ts';
import type { Talk } from './talk.ts';
import { inTurn, TurnLost } from './turn.ts';
import { SignInNeeded, Weather, WireError } from './wire.ts';

/** How the exchange stands, apart from how much is unsent. */
export type ExchangeState =
  | { readonly kind: 'idle' }
  /** `heard`: the server has answered in this run. */
  | { readonly kind: 'working'; readonly heard: boolean }
  | { readonly kind: 'offline' }
  /** The server is older than this app and cannot read, or not judge yet, what is next. */
  | { readonly kind: 'held' }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'update-needed' }
  /** There is no room for what is to be fetched. */
  | { readonly kind: 'full' }
  | { readonly kind: 'trouble'; readonly error: unknown };

const BACKOFF_FIRST_MS = 1000;
const BACKOFF_MOST_MS = 5 * 60_000;

export interface Exchange {
  /** Asks for a run. `byPerson`: somebody is waiting, so the backoff starts over. */
  start(reason?: 'byPerson'): void;
  /** Resolves when no run is under way or asked for. */
  settled(): Promise<void>;
  stop(): void;
}

/** `onState` hears every change; `random` spreads retries. */
export function createExchange(
  desk: Desk,
  line: Line,
  { onState, random = Math.random }: { onState: (state: ExchangeState) => void; random?: () => number },
): Exchange {
  let running: Promise<void> | null = null;
  let again = false;
  const talk: Talk = { protocol: null };
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  let isDead = false;
  const post: Line['post'] = async (...asked) => {
    try {
      const answer = await line.post(...asked);
      isDead = false;
      onState({ kind: 'working', heard: true });
      return answer;
    } catch (error) {
      isDead = error instanceof Weather;
      throw error;
    }
  };

  async function run(): Promise<void> {
    do {
      again = false;
      await once();
    } while (again && !stopped);
    running = null;
  }

  async function once(): Promise<void> {
    onState({ kind: 'working', heard: false });
    try {
      const pushed = await inTurn(desk.memberId, () => visit(desk, { ...line, post, isDead }, talk));
      if (stopped) return;
      // Words before files: what is written meanwhile goes out between two pieces of them.
      const hasFiles = (await desk.store.files.countUnsent()) > 0;
      const pause = hasFiles ? await sendFiles(desk.store, line, () => !again && !stopped) : null;
      if (stopped) return;
      onState({ kind: pushed === 'held' ? 'held' : 'idle' });
      if (pushed === 'held') retryLater(null);
      else failures = 0;
      if (pushed !== 'held' && pause !== null) startIn(pause + BACKOFF_FIRST_MS);
    } catch (error) {
      if (stopped) return;
      if (error instanceof TurnLost) {
        // This page stood still and does not know what has been done since.
        again = true;
        return;
      }
      const state = stateOf(error);
      onState(state);
      if (['offline', 'trouble', 'full', 'held'].includes(state.kind)) retryLater(error);
    }
  }

  function retryLater(error: unknown): void {
    const retryAfterMs = error instanceof Weather ? error.retryAfterMs : null;
    const most = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** failures);
    failures += 1;
    startIn((retryAfterMs ?? 0) + BACKOFF_FIRST_MS / 4 + random() * most);
  }

  function startIn(ms: number): void {
    clearTimeout(retry);
    retry = setTimeout(start, ms);
  }

  function start(reason?: 'byPerson'): void {
    if (stopped) return;
    clearTimeout(retry);
    if (reason === 'byPerson') failures = 0;
    if (running) again = true;
    else running = run();
  }

  return {
    start,
    settled: async () => {
      while (running) await running;
    },
    stop() {
      stopped = true;
      clearTimeout(retry);
    },
  };
}

/** What is none of the expected (a full disk, a bug) is shown as trouble and tried again: nothing queued may be stuck. */
function stateOf(error: unknown): ExchangeState {
  if (error instanceof Weather) return { kind: 'offline' };
  if (isFull(error)) return { kind: 'full' };
  if (error instanceof SignInNeeded) return { kind: 'sign-in' };
  if (error instanceof WireError && error.code === 'not-found') return { kind: 'ended' };
  if (error instanceof WireError && error.code === 'client-too-old') return { kind: 'update-needed' };
  if (error instanceof WireError && error.code === 'server-too-old') return { kind: 'held' };
  return { kind: 'trouble', error };
}
