// Who is listening, on this node. A poke says only "there is something": the pull decides what.

import type { Space } from '../../src/sync/core/record.ts';
import type { PracticeState } from '../store/store.ts';

export interface Listener {
  readonly practiceId: string;
  readonly slug: string;
  readonly userId: string;
  readonly memberId: string;
  readonly device: string;
  /** The spaces it may read now; asked anew at every poke, so that a change of relations counts at once. */
  spaces(practice: PracticeState): Promise<ReadonlySet<Space>>;
  poke(): void;
  /** What it may see may be another now: it looks whether what it has open is still there for it. */
  look(): void;
  close(code: number): void;
}

export interface Hub {
  add(listener: Listener): () => void;
  /** Pokes everyone who reads one of the spaces, apart from the device that wrote. */
  pokeSpaces(practice: PracticeState, spaces: ReadonlySet<Space>, exceptDevice: string): Promise<void>;
  /** The same for header rows, which follow documents: who may read what stays as it is, and nobody has to look again. */
  pokeHeaders(practice: PracticeState, spaces: ReadonlySet<Space>): Promise<void>;
  pokeMembers(practiceId: string, memberIds: readonly string[]): void;
  /** Pokes everyone, and has each look again: what he may read may be another now. */
  pokeAll(practiceId: string, exceptDevice: string): void;
  /** Has everyone look again. */
  lookAll(practiceId: string): void;
  /** The practices in which anybody listens. */
  practices(): readonly { readonly id: string; readonly slug: string }[];
  /** Closes every socket of a person, at once. */
  closeUser(userId: string, code: number): void;
  closeAll(code: number): void;
  /** Who listens may have missed something: everybody looks, in every practice. */
  pokeEverybody(): void;
  readonly size: number;
}

export function createHub(): Hub {
  const byPractice = new Map<string, Set<Listener>>();
  const of = (practiceId: string) => byPractice.get(practiceId) ?? new Set();
  const all = () => [...byPractice.values()].flatMap((listeners) => [...listeners]);

  return {
    add(listener) {
      const listeners = of(listener.practiceId);
      byPractice.set(listener.practiceId, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) byPractice.delete(listener.practiceId);
      };
    },
    async pokeSpaces(practice, spaces, exceptDevice) {
      if (spaces.size === 0) return;
      for (const listener of [...of(practice.id)]) {
        // One of whom nothing can be said now looks by himself, and keeps nobody else from hearing.
        const readable = await listener.spaces(practice).catch(() => null);
        if (readable !== null && ![...spaces].some((space) => readable.has(space))) continue;
        listener.look();
        if (readable !== null && listener.device !== exceptDevice) listener.poke();
      }
    },
    async pokeHeaders(practice, spaces) {
      for (const listener of [...of(practice.id)]) {
        const readable = await listener.spaces(practice).catch(() => null);
        if (readable !== null && [...spaces].some((space) => readable.has(space))) listener.poke();
      }
    },
    pokeMembers(practiceId, memberIds) {
      for (const listener of of(practiceId)) if (memberIds.includes(listener.memberId)) listener.poke();
    },
    pokeAll(practiceId, exceptDevice) {
      for (const listener of of(practiceId)) {
        listener.look();
        if (listener.device !== exceptDevice) listener.poke();
      }
    },
    lookAll(practiceId) {
      for (const listener of of(practiceId)) listener.look();
    },
    practices: () =>
      [...byPractice].flatMap(([id, [first]]) => (first === undefined ? [] : [{ id, slug: first.slug }])),
    closeUser(userId, code) {
      for (const listener of all()) if (listener.userId === userId) listener.close(code);
    },
    closeAll(code) {
      for (const listener of all()) listener.close(code);
    },
    pokeEverybody() {
      for (const listener of all()) {
        listener.look();
        listener.poke();
      }
    },
    get size() {
      return all().length;
    },
  };
}
