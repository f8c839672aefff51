// A device's way to the server, in one process: each request is delivered, lost or doubled as the test says, and everything
// that crossed is kept for the test to look at.

import { gunzipSync } from 'node:zlib';
import type { Send } from '../client/wire.ts';

/**
 * What happens to one request. `late`: the device gives up, the server gets it when `deliverLate` is called. `held`: the
 * server has answered, the device gets it when `release` is called.
 */
export type Fault = 'none' | 'lose-request' | 'lose-answer' | 'twice' | 'late' | 'held';

/** The server as a device meets it: where requests go, and what says who is signed in. */
export interface Door {
  deliver(request: Request): Promise<Response>;
  readonly headers: Record<string, string>;
}

export class FaultyWire {
  online = true;
  /** One for each coming request; none is left: delivered. */
  readonly faults: Fault[] = [];
  /** What went out, and every answer that a server gave to it, whether it came through or not. */
  readonly crossed: { path: string; body: string; status: number; answer: string }[] = [];
  #late: (() => Promise<unknown>)[] = [];
  #held: (() => void)[] = [];

  constructor(readonly door: Door) {}

  readonly send: Send = async (path, init) => {
    const fault = this.faults.shift() ?? 'none';
    if (!this.online || fault === 'lose-request') throw new TypeError('no network');
    const { body } = init;
    const bytes = body instanceof Blob ? await body.arrayBuffer() : body;
    const go = () => this.#cross(path, { ...init, body: bytes ?? null });
    if (fault === 'late') {
      this.#late.push(go);
      throw new TypeError('timed out');
    }
    if (fault === 'twice') await go();
    const response = await go();
    if (fault === 'held') await new Promise<void>((resolve) => this.#held.push(resolve));
    if (fault === 'lose-answer') throw new TypeError('cut off');
    return response;
  };

  /** Lets requests arrive that their device has long given up. */
  async deliverLate(): Promise<void> {
    for (const go of this.#late.splice(0)) await go();
  }

  /** What was under way is gone with its connections, as when the server goes down. */
  dropLate(): void {
    this.#late = [];
  }

  /** How many answers wait for `release`. */
  get held(): number {
    return this.#held.length;
  }

  release(): void {
    for (const go of this.#held.splice(0)) go();
  }

  async #cross(path: string, init: RequestInit) {
    const headers = { ...(init.headers as Record<string, string>), ...this.door.headers };
    const { signal: _, credentials: _credentials, ...plain } = init;
    const response = await this.door.deliver(new Request(`http://interlude.test${path}`, { ...plain, headers }));
    const answer = await response.text();
    const { ok, status } = response;
    this.crossed.push({ path, body: textOf(init.body), status, answer });
    return { ok, status, headers: response.headers, json: async (): Promise<unknown> => JSON.parse(answer) };
  }
}

/** What was sent, as a text: a test that looks for words in it must find them where they went out compressed too. */
function textOf(body: RequestInit['body']): string {
  if (body instanceof ArrayBuffer) return gunzipSync(new Uint8Array(body)).toString('utf8');
  return typeof body === 'string' ? body : '';
}
