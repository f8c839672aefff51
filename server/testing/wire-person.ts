// A demo person with a device, over the real wire of a server in another process. Keeps what it had accepted, as a device
// does, and can push it again.

import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import type { Mutation } from '../../src/sync/core/mutation.ts';
import { DEMO_PASSWORD, demoId } from '../ops/demo-people.ts';

export interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it expects
  readonly body: any;
}

export class WirePerson {
  readonly name: string;
  readonly device = newId();
  /** Everything that was accepted, in order. */
  readonly accepted: Mutation[] = [];
  #origin = '';
  #cookie = '';

  constructor(name: 'ana' | 'ben') {
    this.name = name;
  }

  get membership(): string {
    return demoId(`member ${this.name}`);
  }

  async signIn(origin: string): Promise<void> {
    this.#origin = origin;
    const response = await this.#post('/api/auth/sign-in/email', {
      email: `${this.name}@demo.test`,
      password: DEMO_PASSWORD,
    });
    if (response.status !== 200) throw new Error(`${this.name} was not let in: ${response.status}`);
    this.#cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0] ?? '')
      .join('; ');
  }

  /** Comes back to a server without signing in anew. */
  visit(origin: string): void {
    this.#origin = origin;
  }

  /** Writes journal entries as the next mutations, in one push, and keeps what was accepted. */
  async write(count: number): Promise<Answer> {
    const mutations = Array.from({ length: count }, (_, i) => this.#entry(this.accepted.length + 1 + i));
    const answer = await this.push(mutations);
    if (answer.status === 200) this.accepted.push(...mutations);
    return answer;
  }

  push(mutations: readonly Mutation[]): Promise<Answer> {
    return this.#ask('push', { mutations });
  }

  hello(): Promise<Answer> {
    return this.#ask('hello', { protocols: [1], build: 'test' });
  }

  pull(at: { epoch: string | null; cursor: number | null }): Promise<Answer> {
    return this.#ask('pull', { ...at, digest: '', fill: null, ladder: [] });
  }

  async #ask(call: string, body: object): Promise<Answer> {
    const me = { membership: this.membership, device: this.device };
    const response = await this.#post(`/sync/harbor-care/${call}`, { ...me, ...body });
    return { status: response.status, body: await response.json() };
  }

  #post(path: string, body: object): Promise<Response> {
    if (this.#origin === '') throw new Error('no server to speak to');
    return fetch(this.#origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.#origin, cookie: this.#cookie },
      body: JSON.stringify(body),
    });
  }

  #entry(n: number): Mutation {
    const at = new Date().toISOString();
    const args = {
      ...{ id: newId(), by: this.membership, at, zone: 'UTC', client: demoId(`client ${this.name}`) },
      ...{ kind: 'reflection', content: { text: `entry ${n}` } },
    };
    return { n, mid: newId(), name: 'journal.addEntry', v: 1, args, base: 0, at };
  }
}

/** The ids of the entries that mutations wrote. */
export function entryIds(mutations: readonly Mutation[]): string[] {
  return mutations.map(({ args }) => must(args['id'] as string | undefined, 'an id'));
}
