// Whose turn it is to exchange: one tab or worker at a time for one membership, by a Web Lock held for one run. Whoever waits
// asks the holder for a sign of life; where none comes for a while the holder is frozen, and one of those who wait takes the
// turn from it. That is safe at any moment: what a stopped holder still does is known to the server by `mid`, and pages that
// cross are dropped (`apply.ts`). Holders answer and do not beat by a timer of their own: browsers slow the timers of tabs out
// of sight down to one a minute. A browser without locks has one tab's luck.

const ASK_MS = 2000;
/** With the last question before a take-over and the look every `ASK_MS`, a frozen holder loses its turn within 12 s. */
const SILENT_MS = 8000;

/** The turn was taken from this page while it stood still. What it did is safe, what it left is done by another. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost';
}

/** Waits for the turn, does the work, passes it on. Rejects as `work` does, or with `TurnLost`. */
export async function inTurn<T>(memberId: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator;
  if (locks === undefined) return work();
  const name = `interlude-exchange-${memberId}`;
  const life = new BroadcastChannel(name);
  try {
    for (;;) {
      const waited = await waitInLine(locks, { name, life, work });
      if (waited !== 'silent') return waited.result;
      const taken = await takeFromFrozen(locks, { name, life, work });
      if (taken !== 'alive') return taken.result;
    }
  } finally {
    life.close();
  }
}

interface Turn<T> {
  readonly name: string;
  readonly life: BroadcastChannel;
  readonly work: () => Promise<T>;
}

async function waitInLine<T>(locks: LockManager, turn: Turn<T>): Promise<{ result: T } | 'silent'> {
  const waiting = new AbortController();
  const watch = watchHolder(turn.life, () => waiting.abort());
  try {
    return await held(turn, (hold) =>
      locks.request(turn.name, { signal: waiting.signal }, () => {
        watch.stop();
        return hold();
      }),
    );
  } catch (error) {
    if (watch.gaveUp()) return 'silent';
    throw error;
  } finally {
    watch.stop();
  }
}

/**
 * One at a time takes over, and asks once more before it does: of several that lost patience together, the second must find
 * the first at work.
 */
async function takeFromFrozen<T>(locks: LockManager, turn: Turn<T>): Promise<{ result: T } | 'alive'> {
  const done = await locks.request(`${turn.name}-taking`, async () => {
    if (await answers(turn.life)) return 'alive' as const;
    let began = (): void => {};
    const beginning = new Promise<void>((resolve) => (began = resolve));
    const working = held(turn, (hold) =>
      locks.request(turn.name, { steal: true }, () => {
        began();
        return hold();
      }),
    );
    await Promise.race([beginning, working]);
    return { working };
  });
  return done === 'alive' ? done : done.working;
}

/** Works with the lock that `request` gets; a request that ends before the work does has lost it. */
async function held<T>(
  { life, work }: Turn<T>,
  request: (hold: () => Promise<T>) => Promise<T>,
): Promise<{ result: T }> {
  let isWorking = false;
  const hold = async (): Promise<T> => {
    const stop = answerWhileHolding(life);
    isWorking = true;
    try {
      return await work();
    } finally {
      isWorking = false;
      stop();
    }
  };
  try {
    return { result: await request(hold) };
  } catch (error) {
    throw isWorking ? new TurnLost() : error;
  }
}

function answerWhileHolding(life: BroadcastChannel): () => void {
  const answer = ({ data }: MessageEvent) => {
    if (data === 'who') life.postMessage('alive');
  };
  life.addEventListener('message', answer);
  return () => {
    life.removeEventListener('message', answer);
    // Whoever waits next counts its patience from here.
    life.postMessage('alive');
  };
}

/** Whether a holder says that it is there. */
function answers(life: BroadcastChannel): Promise<boolean> {
  return new Promise((resolve) => {
    const listening = new AbortController();
    const end = (heard: boolean) => {
      clearTimeout(patience);
      listening.abort();
      resolve(heard);
    };
    const patience = setTimeout(() => end(false), ASK_MS);
    life.addEventListener('message', ({ data }) => data === 'alive' && end(true), { signal: listening.signal });
    life.postMessage('who');
  });
}

/** Calls `onSilent` where nothing has been heard of a holder for too long. */
function watchHolder(life: BroadcastChannel, onSilent: () => void) {
  let heardAt = performance.now();
  let gaveUp = false;
  const hear = ({ data }: MessageEvent) => {
    if (data === 'alive') heardAt = performance.now();
  };
  const look = setInterval(() => {
    if (performance.now() - heardAt < SILENT_MS) return life.postMessage('who');
    gaveUp = true;
    clearInterval(look);
    onSilent();
  }, ASK_MS);
  life.addEventListener('message', hear);
  return {
    stop() {
      clearInterval(look);
      life.removeEventListener('message', hear);
    },
    gaveUp: () => gaveUp,
  };
}
