// A device that speaks the wire and nothing else: by plain HTTP, to a server in any process, through any network. It writes
// journal entries, keeps on its own side exactly which answers it received, and sends again under the same numbers what was
// not answered. Whatever a device may not be told in bad weather (that it is signed out, that a number is missing) it throws.

import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { pullAnswer, pushAnswer } from '../../src/sync/core/protocol.ts';
import type { PullAnswer } from '../../src/sync/core/protocol.ts';
import { DEMO_PASSWORD, DEMO_PRACTICES, demoId } from '../ops/demo-people.ts';
import { must } from '../../src/base/must.ts';

/** A person of the demo, signed in. */
export interface WirePerson {
  readonly practice: string;
  readonly member: string;
  /** The client record; of no meaning where the person is none. */
  readonly client: string;
  readonly cookie: string;
}

/** How to reach a server: `url` may be a proxy's, `origin` is the server's own. */
export interface WireWay {
  readonly url: string;
  readonly origin: string;
}

/** One mutation that a device was told was applied. */
export interface Acknowledged {
  readonly member: string;
  readonly device: string;
  readonly n: number;
  readonly mid: string;
  readonly entry: string;
  readonly version: number;
}

interface Unanswered {
  readonly n: number;
  readonly mid: string;
  readonly args: JsonObject & { readonly id: string };
  readonly at: string;
}

const PAUSE_MS = 20;

/** Signs a person of the demo in, named by the key of `ops/demo-people.ts`. */
export async function signInTo({ url, origin }: WireWay, key: string): Promise<WirePerson> {
  const has = (people: readonly { key: string }[]) => people.some((person) => person.key === key);
  const practice = DEMO_PRACTICES.find(({ staff, clients }) => has(staff) || has(clients));
  const { slug, staff, clients } = must(practice, 'a practice');
  const { email } = must(
    [...staff, ...clients].find((person) => person.key === key),
    'a person',
  );
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  });
  if (!answer.ok) throw new Error(`the sign-in was answered ${answer.status}`);
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
  return {
    practice: slug,
    member: demoId(`member ${key}`),
    client: demoId(`client ${key}`),
    cookie: cookie.join('; '),
  };
}

export class WireDevice {
  readonly id = newId();
  readonly acknowledged: Acknowledged[] = [];
  /** How often a server said "not now", and how often none was there. */
  readonly weather = { tryAgain: 0, broken: 0 };
  readonly #way: WireWay;
  readonly #who: WirePerson;
  readonly #dead = new AbortController();
  #unanswered: Unanswered[] = [];
  #made = 0;

  constructor(way: WireWay, who: WirePerson) {
    this.#way = way;
    this.#who = who;
  }

  /** Writes batches of up to `most` entries, one after another, until `stop`; leaves unanswered what then is. */
  async write({ most, stop }: { most: number; stop: AbortSignal }): Promise<void> {
    for (let count = 1; !stop.aborted && !this.#dead.signal.aborted; count = (count % most) + 1) {
      if (this.#unanswered.length === 0) this.make(count);
      if (!(await this.push())) await this.#rest();
    }
  }

  /** Sends until everything it has made is answered. */
  async finish(): Promise<void> {
    while (this.#unanswered.length > 0 && !this.#dead.signal.aborted) if (!(await this.push())) await this.#rest();
  }

  /** Makes entries, as a person does; they wait for `push`. */
  make(count: number): void {
    const { member, client } = this.#who;
    for (let i = 0; i < count; i++) {
      const at = new Date().toISOString();
      const said = { by: member, at, zone: 'America/Chicago', id: newId() };
      const args = { ...said, client, kind: 'reflection', content: { text: `words of ${said.id}` } };
      this.#made += 1;
      this.#unanswered.push({ n: this.#made, mid: newId(), args, at });
    }
  }

  /** Sends what is unanswered, once. False in bad weather: nothing is known then of what was sent. */
  async push(): Promise<boolean> {
    const sent = this.#unanswered;
    const mutations = sent.map((one) => ({ ...one, name: 'journal.addEntry', v: 1, base: 0 }));
    const answer = await this.ask('push', { mutations });
    if (answer === null) return false;
    const { results } = pushAnswer.parse(answer);
    if (results.length !== sent.length) throw new Error(`${sent.length} were sent, ${results.length} answered`);
    for (const [i, { n, mid, args }] of sent.entries()) {
      const result = must(results[i], 'an answer');
      if (result.result !== 'applied' || result.n !== n || result.mid !== mid)
        throw new Error(`${n} ${mid} was answered ${JSON.stringify(result)}`);
      const { version } = result;
      this.acknowledged.push({ member: this.#who.member, device: this.id, n, mid, entry: args.id, version });
    }
    this.#unanswered = [];
    return true;
  }

  /** The device is no more: what it had not sent, or was not answered, is gone with it. */
  destroy(): void {
    this.#dead.abort();
    this.#unanswered = [];
  }

  /** One call; null in bad weather. Any refusal but `try-again` is thrown. */
  async ask(call: 'push' | 'pull' | 'hello', body: JsonObject): Promise<unknown> {
    const { practice, member, cookie } = this.#who;
    try {
      const answer = await fetch(`${this.#way.url}/sync/${practice}/${call}`, {
        method: 'POST',
        headers: { origin: this.#way.origin, cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ membership: member, device: this.id, ...body }),
        signal: this.#dead.signal,
      });
      const text = await answer.text();
      if (answer.status === 200) return JSON.parse(text);
      if (answer.status < 500) throw new UnexpectedAnswer(`${call} was answered ${answer.status} ${text}`);
      this.weather.tryAgain += 1;
    } catch (error) {
      if (error instanceof UnexpectedAnswer) throw error;
      this.weather.broken += 1;
    }
    return null;
  }

  async #rest(): Promise<void> {
    await delay(PAUSE_MS, undefined, { signal: this.#dead.signal }).catch(() => undefined);
  }
}

class UnexpectedAnswer extends Error {}

/** A device that only reads, live: what it has seen, with the version it was seen at. */
export class WireReader {
  readonly seen = new Map<string, number>();
  readonly #device: WireDevice;
  #cursor: number | null = null;

  constructor(way: WireWay, who: WirePerson) {
    this.#device = new WireDevice(way, who);
  }

  /** Pulls until `stop`, whatever the weather. */
  async read(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) await this.pull();
  }

  /** Pulls until nothing is left. */
  async finish(): Promise<void> {
    for (let page = await this.pull(); page === null || page.more; page = await this.pull());
  }

  /** One page; its first begins at the present. */
  async pull(): Promise<PullAnswer | null> {
    const ask = { epoch: null, cursor: this.#cursor, digest: '', fill: null, ladder: [] };
    const answer = await this.#device.ask('pull', ask);
    if (answer === null) {
      await delay(PAUSE_MS);
      return null;
    }
    const page = pullAnswer.parse(answer);
    for (const row of page.rows) this.seen.set(row.id, row.version);
    this.#cursor = page.cursor;
    return page;
  }
}
