// The open documents on the line, each joined under a number from the sequence that is here: what is new in one comes by itself, is
// kept, then shown, as what was fetched is. The line is only quicker: where something is missing, or the server sends a document away,
// the server is asked as ever, and the document is joined anew after the run. Fetched with the first document that is opened.

import * as z from 'zod/mini';
import { saidMessage, readChannelNews } from './channel-codec.ts';
import { docKey } from './doc-names.ts';
import { onLineOf, openedBy } from './doc-opened.ts';
import type { OnLine } from './doc-opened.ts';
import { presenceIn } from './doc-presence.ts';
import { takeInCame } from './doc-take-in.ts';
import type { Came } from './doc-take-in.ts';
import type { Desk } from './mutate.ts';

/** The server ends the line where there are more. */
const MOST_CHANNELS = 200;

const count = z.number().check(z.int(), z.gte(0));
const frame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('joined'), ch: count, seq: count, epoch: z.string() }),
  z.object({ t: z.literal('left'), ch: count }),
]);

/** How a page speaks on its line. */
export interface ChannelLine {
  send(data: string | Uint8Array<ArrayBuffer>): void;
}

interface Channel extends OnLine {
  readonly ch: number;
  readonly document: string;
  epoch: string | null;
  /** The same, whether or not all was kept; null before it was joined. */
  life: string | null;
  seq: number;
  isJoined(): void;
  readonly waiting: Came['updates'][number][];
  isKeeping: boolean;
}

export class Channels {
  readonly #desk: Desk;
  readonly #line: ChannelLine;
  readonly #ask: () => void;
  readonly #byCh = new Map<number, Channel>();
  /** Sent away by the server: not joined before something was fetched. */
  readonly #sentAway = new Set<string>();
  readonly #wasAsked = new Set<string>();
  #next = 0;

  /** `ask`: there may be something to fetch. */
  constructor(desk: Desk, line: ChannelLine, ask: () => void) {
    [this.#desk, this.#line, this.#ask] = [desk, line, ask];
  }

  /** Joins what is open and not joined, and leaves the rest; all of it where nobody looks. */
  look(isLooking: boolean): void {
    const opened = isLooking ? [...openedBy(this.#desk).keys()] : [];
    const wanted = new Set(opened.slice(-MOST_CHANNELS));
    for (const channel of [...this.#byCh.values()]) {
      if (wanted.has(channel.document)) continue;
      this.#drop(channel);
      this.#say({ t: 'leave', ch: channel.ch });
    }
    for (const document of wanted) {
      if (!onLineOf(this.#desk).has(document) && !this.#sentAway.has(document)) void this.#join(document);
    }
  }

  /** A run has fetched what there was: what was sent away may be there now. */
  fetched(): void {
    this.#sentAway.clear();
  }

  /** The line has gone, and with it all that was joined on it. */
  lost(): void {
    for (const channel of [...this.#byCh.values()]) this.#drop(channel);
    this.#sentAway.clear();
    this.#wasAsked.clear();
  }

  /** Takes a frame of text; what is none of channels is not for here. */
  text(data: unknown): void {
    const parsed = frame.safeParse(data);
    const channel = parsed.success ? this.#byCh.get(parsed.data.ch) : undefined;
    if (!parsed.success || channel === undefined) return;
    if (parsed.data.t === 'joined') return this.#joined(channel, parsed.data);
    this.#drop(channel);
    this.#sentAway.add(channel.document);
    // Asked once: where it is not there at all, each run would else begin another.
    if (!this.#wasAsked.has(channel.document)) this.#ask();
    this.#wasAsked.add(channel.document);
  }

  /** Takes a message of bytes. */
  bytes(bytes: Uint8Array): void {
    const news = readChannelNews(bytes);
    const channel = news === null ? undefined : this.#byCh.get(news.ch);
    // It may have been sent before the server heard that the channel is left.
    if (news === null || channel === undefined) return;
    if (news.kind === 'update') {
      channel.waiting.push(news);
      void this.#keep(channel);
      return;
    }
    for (const said of news.said) presenceIn(this.#desk, channel.document).hear(said);
  }

  async #join(document: string): Promise<void> {
    this.#next += 1;
    let isJoined = (): void => {};
    const joining = new Promise<void>((resolve) => (isJoined = resolve));
    const unknown = { epoch: null, life: null, seq: 0, joining, isJoined };
    const channel: Channel = { ...unknown, ch: this.#next, document, waiting: [], isKeeping: false };
    this.#byCh.set(channel.ch, channel);
    onLineOf(this.#desk).set(document, channel);
    try {
      const [here] = await this.#desk.store.docs.get([docKey(this.#desk.cipher, document)]);
      channel.seq = here?.seq ?? 0;
    } catch {
      // The store has gone, which is told as news of it.
      return this.#drop(channel);
    }
    if (this.#byCh.has(channel.ch)) this.#say({ t: 'join', ch: channel.ch, document, after: channel.seq });
  }

  #joined(channel: Channel, { seq, epoch }: { seq: number; epoch: string }): void {
    channel.life = epoch;
    this.#wasAsked.delete(channel.document);
    // It has lost some.
    if (seq < channel.seq) this.#ask();
    else channel.epoch = epoch;
    channel.isJoined();
    const { ch, document } = channel;
    presenceIn(this.#desk, document).join((said) => this.#line.send(saidMessage(ch, said)));
  }

  /** Keeps what waits, all that has come meanwhile at once, then shows it. */
  async #keep(channel: Channel): Promise<void> {
    const { document, life: epoch } = channel;
    if (channel.isKeeping || epoch === null) return;
    channel.isKeeping = true;
    try {
      while (channel.waiting.length > 0 && this.#byCh.has(channel.ch)) {
        const updates = channel.waiting.splice(0);
        const outcome = await takeInCame(this.#desk, { document, epoch, updates });
        if (outcome === 'gap') this.#missed(channel);
        else channel.seq = Math.max(channel.seq, updates.at(-1)?.seq ?? 0);
        if (outcome === 'kept') channel.epoch = epoch;
        if (outcome !== 'had') await openedBy(this.#desk).get(document)?.refresh();
      }
    } catch {
      // A full device, or a store that has gone: the run that fetches says so.
      this.#missed(channel);
    } finally {
      channel.isKeeping = false;
    }
  }

  /** Something that came was not kept: it is fetched, until something follows again. */
  #missed(channel: Channel): void {
    channel.epoch = null;
    this.#ask();
  }

  #drop(channel: Channel): void {
    channel.isJoined();
    this.#byCh.delete(channel.ch);
    const onLine = onLineOf(this.#desk);
    if (onLine.get(channel.document) !== channel) return;
    onLine.delete(channel.document);
    presenceIn(this.#desk, channel.document).leave();
  }

  #say(said: object): void {
    this.#line.send(JSON.stringify(said));
  }
}
