// The hub and the rooms of several nodes as one: who writes on one node pokes, closes and is heard on all of them. Each node does
// what it can at once for its own, and tells the others that there is something; they look it up.

import * as z from 'zod/mini';
import type { JsonObject } from '../../src/base/json.ts';
import type { NodeWire } from '../store/node-wire.ts';
import type { Store } from '../store/store.ts';
import type { Hub } from './hub.ts';
import type { Presence } from './presence.ts';
import type { Rooms } from './rooms.ts';

const told = z.discriminatedUnion('t', [
  z.object({ t: z.literal('doc'), practice: z.string(), name: z.string(), seq: z.number() }),
  z.object({
    t: z.literal('spaces'),
    slug: z.string(),
    spaces: z.array(z.string()),
    except: z.string(),
    /** Only headers have changed; who does not know the word has all look again. */
    headers: z.optional(z.boolean()),
  }),
  z.object({ t: z.literal('members'), practice: z.string(), ids: z.array(z.string()) }),
  z.object({ t: z.literal('all'), practice: z.string(), except: z.string() }),
  z.object({ t: z.literal('user'), id: z.string(), code: z.number() }),
  z.object({
    t: z.literal('here'),
    document: z.string(),
    session: z.string(),
    message: z.string(),
  }),
  z.object({ t: z.literal('who'), document: z.string() }),
]);
type Told = z.infer<typeof told>;

/** Spaces in one message: it has to fit. */
const SPACES = 50;
const MEMBERS = 100;
/** How often a node looks whether its open rooms, or those who may read in them, have missed anything. */
const SWEEP_MS = 20_000;

/** The hub, on all nodes. */
export function acrossNodes(hub: Hub, wire: NodeWire): Hub {
  const tell = (message: Told & JsonObject) => wire.tell(message);
  return {
    add: (listener) => hub.add(listener),
    practices: () => hub.practices(),
    lookAll: (practiceId) => hub.lookAll(practiceId),
    closeAll: (code) => hub.closeAll(code),
    pokeEverybody: () => hub.pokeEverybody(),
    get size() {
      return hub.size;
    },
    async pokeSpaces(practice, spaces, except) {
      if (spaces.size === 0) return;
      for (const some of inPieces([...spaces], SPACES))
        tell({ t: 'spaces', slug: practice.slug, spaces: some, except });
      await hub.pokeSpaces(practice, spaces, except);
    },
    async pokeHeaders(practice, spaces) {
      for (const some of inPieces([...spaces], SPACES))
        tell({ t: 'spaces', slug: practice.slug, spaces: some, except: '', headers: true });
      await hub.pokeHeaders(practice, spaces);
    },
    pokeMembers(practice, ids) {
      for (const some of inPieces(ids, MEMBERS)) tell({ t: 'members', practice, ids: some });
      hub.pokeMembers(practice, ids);
    },
    pokeAll(practice, except) {
      tell({ t: 'all', practice, except });
      hub.pokeAll(practice, except);
    },
    closeUser(id, code) {
      tell({ t: 'user', id, code });
      hub.closeUser(id, code);
    },
  };
}

/** Hears the other nodes for the hub and the rooms of this one. Returns how to stop. */
export function hearNodes(parts: {
  hub: Hub;
  rooms: Rooms;
  wire: NodeWire;
  store: Pick<Store, 'practice'>;
  presence: Presence;
}): () => Promise<void> {
  const { hub, rooms, wire, store, presence } = parts;
  const hearing = { hub, store, presence, following: new Following(rooms) };
  // A store that is away tells nothing: what was missed is looked up when it is back.
  const relations = new Relations(hub, store);
  const catchUp = () => {
    void relations.look();
    void rooms.followAll().catch(() => undefined);
    presence.tellFar();
  };
  const sweep = setInterval(catchUp, SWEEP_MS).unref();
  const stop = wire.listen({
    hear(message) {
      const parsed = told.safeParse(message);
      if (parsed.success) void hear(hearing, parsed.data).catch(() => undefined);
    },
    missed() {
      hub.pokeEverybody();
      catchUp();
    },
  });
  return async () => {
    clearInterval(sweep);
    await stop();
  };
}

/** Who may read what may have changed without anybody having heard of it: the practice says whether. */
export class Relations {
  readonly #hub: Hub;
  readonly #store: Pick<Store, 'practice'>;
  readonly #seen = new Map<string, number>();

  constructor(hub: Hub, store: Pick<Store, 'practice'>) {
    [this.#hub, this.#store] = [hub, store];
  }

  /** Where it is so, or cannot be said, all who listen look again. */
  async look(): Promise<void> {
    for (const { id, slug } of this.#hub.practices()) {
      const now = (await this.#store.practice(slug).catch(() => null))?.relationsVersion;
      if (now !== undefined && now === this.#seen.get(id)) continue;
      if (now === undefined) this.#seen.delete(id);
      else this.#seen.set(id, now);
      this.#hub.lookAll(id);
    }
  }
}

/** What is told while a look is under way goes into the next. */
class Following {
  readonly #rooms: Rooms;
  #waiting = new Map<string, Map<string, number>>();
  #isLooking = false;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  async add({ practice, name, seq }: Extract<Told, { t: 'doc' }>): Promise<void> {
    const seqs = this.#waiting.get(practice) ?? new Map<string, number>();
    this.#waiting.set(practice, seqs.set(name, Math.max(seq, seqs.get(name) ?? 0)));
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#waiting.size > 0) {
      await new Promise(setImmediate);
      const all = this.#waiting;
      this.#waiting = new Map();
      // A store that is away tells nothing: the next sweep does.
      for (const [id, some] of all) await this.#rooms.follow(id, some).catch(() => undefined);
    }
    this.#isLooking = false;
  }
}

interface Hearing {
  readonly hub: Hub;
  readonly following: Following;
  readonly store: Pick<Store, 'practice'>;
  readonly presence: Presence;
}

async function hear({ hub, following, store, presence }: Hearing, said: Told): Promise<void> {
  switch (said.t) {
    case 'doc':
      return following.add(said);
    case 'spaces': {
      const practice = await store.practice(said.slug);
      const spaces = new Set(said.spaces);
      if (practice === null) return;
      if (said.headers === true) return hub.pokeHeaders(practice, spaces);
      return hub.pokeSpaces(practice, spaces, said.except);
    }
    case 'members':
      return hub.pokeMembers(said.practice, said.ids);
    case 'all':
      return hub.pokeAll(said.practice, said.except);
    case 'here':
    case 'who':
      return presence.hear(said);
    case 'user':
      return hub.closeUser(said.id, said.code);
  }
}

function inPieces<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
