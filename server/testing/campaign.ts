// Load and blows: devices write into one practice while something is done to the server, then what they were told is held
// against PostgreSQL. A reader pulls all the while: no cursor of his may have passed an entry by.

import type { Chance } from '../../src/sync/testing/random.ts';
import type { Database } from '../store/database.ts';
import { faultsSince, versionOf } from './kept.ts';
import { signInTo, WireDevice, WireReader } from './wire-device.ts';
import type { Acknowledged, WirePerson, WireWay } from './wire-device.ts';

/** Two devices of one person among them; all write into one practice. */
const WRITERS = ['ana', 'ana', 'ben', 'dana'] as const;
const SLUG = 'harbor-care';
const MOST_AT_ONCE = 5;

interface Ground {
  readonly ways: readonly [WireWay, ...WireWay[]];
  database(): Promise<Database>;
}

export interface Round {
  /** Done to the server while everybody writes; what it returns is awaited before the devices are asked to finish. */
  readonly blow: () => Promise<unknown>;
  /** The devices die in the moment of the blow, and nobody sends again what they had under way. */
  readonly destroys: boolean;
}

export class Campaign {
  readonly acknowledged: Acknowledged[] = [];
  readonly weather = { tryAgain: 0, broken: 0 };
  readonly #ground: Ground;
  readonly #people: ReadonlyMap<string, WirePerson>;
  readonly #reader: WireReader;
  #writers: WireDevice[];
  #since: number;
  readonly #begun: number;

  /**
   * Signs everybody in. `ways` lead to a server, or to several on one database: the writers take them in turn. `database`
   * is a connection past the server, made anew for every look.
   */
  static async begin(ways: Ground['ways'], database: Ground['database']): Promise<Campaign> {
    const ground = { ways, database };
    const [way] = ways;
    const people = new Map<string, WirePerson>();
    for (const key of new Set([...WRITERS, 'lee'])) people.set(key, await signInTo(way, key));
    const begun = await looking(ground, (found) => versionOf(found, SLUG));
    const campaign = new Campaign(ground, people, begun);
    await campaign.#reader.finish();
    return campaign;
  }

  private constructor(ground: Ground, people: ReadonlyMap<string, WirePerson>, begun: number) {
    this.#ground = ground;
    this.#people = people;
    this.#reader = new WireReader(ground.ways[0], this.#person('lee'));
    this.#writers = this.#newDevices();
    this.#begun = begun;
    this.#since = begun;
  }

  /** Lets everybody write, strikes at a moment of chance, waits until all is well, and says what is wrong then. */
  async round({ blow, destroys }: Round, chance: Chance): Promise<string[]> {
    const ending = new AbortController();
    const at = { answers: chance.below(30), ms: chance.below(60) };
    const writing = this.#writers.map((writer) => writer.write({ most: MOST_AT_ONCE, stop: ending.signal }));
    const work = Promise.all([...writing, this.#reader.read(ending.signal)]);
    await Promise.race([this.#momentAfter(at), work]);
    const struck = blow();
    if (destroys) for (const writer of this.#writers) writer.destroy();
    await struck;
    ending.abort();
    await work;
    await Promise.all(this.#writers.map((writer) => writer.finish()));
    return this.#judge(destroys);
  }

  /** As after each round, over everything since the beginning. */
  async faults(): Promise<string[]> {
    const all = { slug: SLUG, since: this.#begun, acknowledged: this.acknowledged };
    return looking(this.#ground, (database) => faultsSince(database, all));
  }

  async #judge(destroyed: boolean): Promise<string[]> {
    const acknowledged = this.#writers.flatMap((writer) => writer.acknowledged.splice(0));
    this.acknowledged.push(...acknowledged);
    for (const { weather } of this.#writers) {
      this.weather.tryAgain += weather.tryAgain;
      this.weather.broken += weather.broken;
      weather.tryAgain = weather.broken = 0;
    }
    if (destroyed) this.#writers = this.#newDevices();
    await this.#reader.finish();
    const faults = await looking(this.#ground, async (database) => {
      const found = await faultsSince(database, { slug: SLUG, since: this.#since, acknowledged });
      this.#since = await versionOf(database, SLUG);
      return found;
    });
    return [...faults, ...this.#passedBy(acknowledged)];
  }

  /** What the reader, who may read it, has not seen or has seen otherwise. */
  #passedBy(acknowledged: readonly Acknowledged[]): string[] {
    const readable = new Set(['ana', 'ben'].map((key) => this.#person(key).member));
    return acknowledged
      .filter(({ member, entry, version }) => readable.has(member) && this.#reader.seen.get(entry) !== version)
      .map(({ mid }) => `passed by: ${mid}`);
  }

  /** Under load: after so many answers, and then some milliseconds. */
  async #momentAfter({ answers, ms }: { answers: number; ms: number }): Promise<void> {
    const pause = (length: number) => new Promise((resolve) => setTimeout(resolve, length));
    while (this.#writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0) < answers) await pause(1);
    await pause(ms);
  }

  #newDevices(): WireDevice[] {
    const { ways } = this.#ground;
    return WRITERS.map((key, i) => new WireDevice(ways[i % ways.length] ?? ways[0], this.#person(key)));
  }

  #person(key: string): WirePerson {
    const person = this.#people.get(key);
    if (person === undefined) throw new Error(`${key} was not signed in`);
    return person;
  }
}

async function looking<T>(ground: Ground, look: (database: Database) => Promise<T>): Promise<T> {
  const database = await ground.database();
  try {
    return await look(database);
  } finally {
    await database.close();
  }
}
