// Who is writing, and who has the conversation open: what the others' pages say of themselves, as it is shown, and what this page says.
// Nobody is told it by a page whose person does not want to be seen typing, and none is shown there either.

import type { Peer } from '../../../sync/client/react-docs.ts';

/** Writing is said anew this often at most while somebody writes, and taken back when he has stopped for so long. */
const SAY_EVERY_MS = 3000;
const STOPPED_MS = 5000;
/** Shown for so long after it was said last: a page that is gone takes nothing back. */
export const SHOWN_MS = 8000;

/** What a page says of itself. That a page is open, only the staff's say, and only the staff are told (`doc.ts`). */
export type Said = { readonly here?: true; readonly typing?: true };

export interface Around {
  /** The reader's own sign-in, and names of the staff by theirs. */
  readonly me: string;
  readonly staff: ReadonlyMap<string, string>;
}

/** Who of the other side is writing at this moment, each once. */
export function typing(peers: readonly Peer[], { me, staff }: Around, now: number): string[] {
  const isOther = ({ user }: Peer) => user !== me && staff.has(user) !== staff.has(me);
  const isTyping = ({ state, heardAt }: Peer) => state['typing'] === true && now < heardAt + SHOWN_MS;
  return usersOf(peers.filter((peer) => isOther(peer) && isTyping(peer)));
}

/** Which others of the staff have it open, for one of them. */
export function alsoHere(peers: readonly Peer[], { me, staff }: Around): string[] {
  if (!staff.has(me)) return [];
  return usersOf(peers.filter(({ user, state }) => user !== me && staff.has(user) && state['here'] === true));
}

const usersOf = (peers: readonly Peer[]) => [...new Set(peers.map(({ user }) => user))];

/** What one page says while somebody writes on it. */
export interface TypingTeller {
  /** Something was typed, or taken away again. */
  typed(text: string): void;
  /** It was sent, or the writer went elsewhere. */
  stop(): void;
}

/** `tell` hears whether somebody writes: now and then while he does, and once when he has stopped. */
export function createTypingTeller(tell: (isTyping: boolean) => void): TypingTeller {
  let toldAt: number | undefined;
  let stopping: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(stopping);
    if (toldAt === undefined) return;
    toldAt = undefined;
    tell(false);
  };
  return {
    typed(text) {
      if (text.trim() === '') return stop();
      clearTimeout(stopping);
      stopping = setTimeout(stop, STOPPED_MS);
      const now = Date.now();
      if (toldAt !== undefined && now < toldAt + SAY_EVERY_MS) return;
      toldAt = now;
      tell(true);
    },
    stop,
  };
}
