// Many devices of the demo's people at once, by plain HTTP and sockets: each with an id of its own, people signed in once.

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { SOCKET_PROTOCOL } from '../../src/sync/core/protocol.ts';
import type { WirePerson, WireWay } from '../../server/testing/wire-device.ts';

export class CrowdDevice {
  readonly id = newId();
  readonly #way: WireWay;
  readonly #who: WirePerson;
  #socket: WebSocket | null = null;

  constructor(way: WireWay, who: WirePerson) {
    this.#way = way;
    this.#who = who;
  }

  /** Posts to sync; gives the status with the answer. */
  async ask(call: 'push' | 'pull', body: JsonObject): Promise<{ status: number; answer: unknown }> {
    const { practice, member, cookie } = this.#who;
    const response = await fetch(`${this.#way.url}/sync/${practice}/${call}`, {
      method: 'POST',
      headers: { origin: this.#way.origin, cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ membership: member, device: this.id, ...body }),
    });
    return { status: response.status, answer: await response.json() };
  }

  /** Pulls as a device that has come to this place. */
  pull(at: { epoch: string | null; cursor: number | null }): Promise<{ status: number; answer: unknown }> {
    return this.ask('pull', { ...at, digest: '', fill: null, ladder: [] });
  }

  /** Opens the socket and waits until the server listens. */
  async listen(): Promise<void> {
    const url = `${this.#way.url.replace('http', 'ws')}/relay`;
    const { origin } = this.#way;
    const socket = new WebSocket(url, SOCKET_PROTOCOL, { headers: { cookie: this.#who.cookie }, origin });
    this.#socket = socket;
    await once(socket, 'open');
    const { practice, member } = this.#who;
    socket.send(JSON.stringify({ t: 'open', practice, membership: member, device: this.id }));
    await once(socket, 'message');
  }

  async leave(): Promise<void> {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null || socket.readyState === socket.CLOSED) return;
    const closed = once(socket, 'close');
    socket.close(1000);
    await closed;
  }
}
