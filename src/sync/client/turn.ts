// Whose turn it is to exchange: one tab or worker at a time for one membership, by a Web Lock held for one run. Whoever holds
// it gives a sign of life; where none has come for a while the holder is frozen, and the next in line takes the turn from it.
// That is safe at any moment: what a stopped holder still does is known to the server by `mid`, and pages that cross are
// dropped (`apply.ts`). A browser without locks has one tab's luck.

const BEAT_MS = 2000;
/** Five beats missed; with the look every beat, a frozen holder loses its turn within 12 s. */
const SILENT_MS = 10_000;

/** Waits for the turn, does the work, passes it on. Rejects as `work` does. */
export async function inTurn<T>(memberId: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator;
  if (locks === undefined) return work();
  const name = turnName(memberId);
  const life = new BroadcastChannel(name);
  const waiting = new AbortController();
  const watch = watchHolder(life, () => waiting.abort());
  const hold = () => {
    watch.stop();
    return beating(life, work);
  };
  try {
    return await locks.request(name, { signal: waiting.signal }, hold);
  } catch (error) {
    if (!watch.gaveUp()) throw error;
    return await locks.request(name, { steal: true }, hold);
  } finally {
    watch.stop();
    life.close();
  }
}

/** Does the work only where nobody has the turn; undefined where somebody has. */
export async function inTurnIfFree<T>(memberId: string, work: () => Promise<T>): Promise<T | undefined> {
  const { locks } = navigator;
  if (locks === undefined) return work();
  const name = turnName(memberId);
  const life = new BroadcastChannel(name);
  try {
    return await locks.request(name, { ifAvailable: true }, (lock) =>
      lock === null ? undefined : beating(life, work),
    );
  } finally {
    life.close();
  }
}

const turnName = (memberId: string) => `interlude-exchange-${memberId}`;

async function beating<T>(life: BroadcastChannel, work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => life.postMessage('alive'), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    // Whoever waits next counts its patience from here.
    life.postMessage('alive');
  }
}

/** Calls `onSilent` where nothing has been heard of a holder for too long. */
function watchHolder(life: BroadcastChannel, onSilent: () => void) {
  let heardAt = performance.now();
  let gaveUp = false;
  life.addEventListener('message', () => (heardAt = performance.now()));
  const look = setInterval(() => {
    if (performance.now() - heardAt < SILENT_MS) return;
    gaveUp = true;
    clearInterval(look);
    onSilent();
  }, BEAT_MS);
  return { stop: () => clearInterval(look), gaveUp: () => gaveUp };
}
