// A device of a person that says word for word what a test has it say, over the real routes of a server in this process.

import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { said } from '../../src/sync/testing/people.ts';
import type { Mutation } from '../../src/sync/core/mutation.ts';
import { openSealingSession } from '../../src/sync/core/parcel.ts';
import { errorBody } from '../../src/sync/core/error-body.ts';
import { pullAnswer, pushAnswer } from '../../src/sync/core/protocol.ts';
import type { ParcelItem, PullAnswer, PushAnswer } from '../../src/sync/core/protocol.ts';
import type { Name } from './clinic.ts';
import { USER_HEADER } from './sync-server.ts';
import type { SyncServer } from './sync-server.ts';

export class Hand {
  readonly #server: SyncServer;
  readonly #name: Name;
  readonly device: string;
  #lastN = 0;

  constructor(server: SyncServer, name: Name, device = newId()) {
    this.#server = server;
    this.#name = name;
    this.device = device;
  }

  /** The sign-in. */
  get user(): string {
    return this.#server.clinic.people[this.#name].user;
  }

  get member(): string {
    return this.#server.clinic.people[this.#name].member;
  }

  async ask(call: string, body: JsonObject): Promise<{ status: number; body: JsonObject }> {
    const { member, user, practice } = this.#server.clinic.people[this.#name];
    const request = new Request(`http://interlude.test/sync/${practice}/${call}`, {
      method: 'POST',
      headers: { [USER_HEADER]: user },
      body: JSON.stringify({ membership: member, device: this.device, ...body }),
    });
    const response = await this.#server.fetch(request);
    return { status: response.status, body: (await response.json()) as JsonObject };
  }

  /** The answer's status, and the code of what it was refused for. */
  async codeOf(call: string, body: JsonObject): Promise<string> {
    const { status, body: answer } = await this.ask(call, body);
    const refused = errorBody.safeParse(answer);
    return refused.success ? `${status} ${refused.data.error.code}` : `${status}`;
  }

  /** Pushes what must be answered, with news of the server's present life. */
  async push(...mutations: readonly (Mutation | ParcelItem)[]): Promise<PushAnswer> {
    const epoch = (await this.#server.store.practice(this.#server.clinic.people[this.#name].practice))?.epoch ?? null;
    const { body } = await this.ask('push', { epoch, mutations: mutations.map((one) => ({ ...one })) });
    return pushAnswer.parse(body);
  }

  /** The same by the call for those who hold nothing but parcels. */
  async pushParcels(...parcels: readonly ParcelItem[]): Promise<PushAnswer> {
    const { body } = await this.ask('parcels', { parcels: parcels.map((one) => ({ ...one })) });
    return pushAnswer.parse(body);
  }

  /** Pulls what must be answered: all there is, where nothing else is said. */
  async pull(body: JsonObject = {}): Promise<PullAnswer> {
    const all = { epoch: null, cursor: 0, digest: '', fill: null, ladder: [] };
    return pullAnswer.parse((await this.ask('pull', { ...all, ...body })).body);
  }

  /** A mutation under this device's next number. */
  next(name: string, args: JsonObject, more: Partial<Mutation> = {}): Mutation {
    this.#lastN += 1;
    const at = new Date().toISOString();
    return { n: this.#lastN, mid: newId(), name, v: 1, args, base: 0, at, ...more };
  }

  /** A parcel of a mutation, sealed as on this device. */
  async sealed(mutation: Mutation, inHeader: Partial<ParcelItem['header']> = {}): Promise<ParcelItem> {
    const { n, mid } = mutation;
    const header = { user: this.member, device: this.device, n, mid, kind: 'mutation' as const, ...inHeader };
    const session = await openSealingSession(this.#server.sealing);
    const bytes = session.seal(header, new TextEncoder().encode(JSON.stringify(mutation)));
    return { header, sealed: Buffer.from(bytes).toString('base64url') };
  }

  /** Says the arguments that make a card in a client's chart. */
  card(client: Name, card: JsonObject = {}): JsonObject & { id: string } {
    return { ...this.#on(client, newId()), card: { title: 'title', note: 'note', ...card } };
  }

  /** Says the arguments that act on a card. */
  onCard(client: Name, id: string, rest: JsonObject = {}): JsonObject & { id: string } {
    return { ...this.#on(client, id), ...rest };
  }

  #on(client: Name, id: string) {
    return { ...said(this.member), id, client: this.#server.clinic.people[client].client };
  }
}
