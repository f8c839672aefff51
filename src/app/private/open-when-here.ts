// With the password that somebody has just come in by, private entries are opened, as soon as what it takes is on this device. The
// password is held until then and no longer: not beyond the first time that all has been fetched, and not for more than some minutes.

import { live } from '../../sync/client/live.ts';
import { deriveKeyInWorker } from '../../sync/client/vault/argon.ts';
import type { Workspace } from '../../sync/client/workspace.ts';
import { openWithPassword, renewPassword, ringOf } from './ring.ts';
import type { Ring } from './ring.ts';

const LONGEST_MS = 5 * 60_000;

/** Resolves when it was tried, or there was nothing to open. Where it does not open, the screens ask for the code. */
export async function openWhenHere(workspace: Workspace, password: string): Promise<void> {
  let ring = await ringWhenKnown(workspace);
  if (ring?.keys.length === 0) {
    // They may have been begun on another device since this one last heard.
    await workspace.settled();
    ring = await ringOf(workspace.reader);
  }
  if (ring === null || ring.open.size === ring.keys.length) return;
  await openWithPassword(workspace, password, { derive: deriveKeyInWorker });
}

/** With a password that the server has just taken: from now on it is the one that opens them on another device. */
export async function renewHere(workspace: Workspace, password: string): Promise<void> {
  await renewPassword(workspace, password, { derive: deriveKeyInWorker });
}

function ringWhenKnown({ reader }: Workspace): Promise<Ring | null> {
  return new Promise((resolve) => {
    const end = (ring: Ring | null): void => {
      clearTimeout(timer);
      watching.unsubscribe();
      resolve(ring);
    };
    const timer = setTimeout(() => end(null), LONGEST_MS);
    const watching = live(() => ringOf(reader)).subscribe(
      // Not in the same breath: what is told at once is told before there is something to end.
      (ring) => ring.state !== 'unknown' && setTimeout(() => end(ring)),
      () => end(null),
    );
  });
}
