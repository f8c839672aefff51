// Documents over the one socket of our own client (`interlude.1`): each joined under a number, from the sequence that the device
// has; what lies between comes first, then what is new, once it is in the log.

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as z from 'zod/mini';
import { DOC_LIMITS } from '../../src/sync/core/doc-wire.ts';
import type { Frame } from './inbox.ts';
import { MOST_UNREAD } from './outgoing.ts';
import { CLOSE, Seat } from './seat.ts';
import type { SeatCode, SeatParts, Sitter } from './seat.ts';
import type { Told } from './room.ts';

const MOST_CHANNELS = 200;
const SYNC = 0;
const AWARENESS = 1;
const STATE_VECTOR = 0;
const WHOLE = 1;
const UPDATE = 2;

const number = z.number().check(z.int(), z.gte(0));
const frame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('join'), ch: number, document: z.string().check(z.maxLength(120)), after: number }),
  z.object({ t: z.literal('leave'), ch: number }),
]);
type Join = Extract<z.infer<typeof frame>, { t: 'join' }>;

export interface ChannelLine {
  text(frame: object): void;
  binary(bytes: Uint8Array): void;
  /** Resolves when what was sent has left. */
  drained(): Promise<void>;
  /** Ends the whole connection. */
  close(code: number): void;
}

/** One document under its number; null while it is being joined. */
interface Channel {
  seat: Seat | null;
  isOver: boolean;
}

export class Channels {
  readonly #parts: SeatParts;
  readonly #sitter: Sitter;
  readonly #line: ChannelLine;
  readonly #channels = new Map<number, Channel>();

  constructor(parts: SeatParts, sitter: Sitter, line: ChannelLine) {
    [this.#parts, this.#sitter, this.#line] = [parts, sitter, line];
  }

  async take({ bytes, isText }: Frame): Promise<void> {
    if (!isText) return this.#binary(bytes);
    const parsed = frame.safeParse(parseJson(bytes));
    if (!parsed.success) return this.#line.close(CLOSE.frame);
    if (parsed.data.t === 'join') return this.#join(parsed.data);
    this.#over(parsed.data.ch);
  }

  /** Each leaves what is not there for it any more. */
  look(): void {
    for (const { seat } of this.#channels.values()) seat?.lookUntilKnown();
  }

  end(): void {
    for (const ch of [...this.#channels.keys()]) this.#over(ch);
  }

  async #join({ ch, document: name, after }: Join): Promise<void> {
    if (this.#channels.has(ch) || this.#channels.size >= MOST_CHANNELS) return this.#line.close(CLOSE.frame);
    const channel: Channel = { seat: null, isOver: false };
    this.#channels.set(ch, channel);
    // What comes while the device is still being brought up to there waits for its turn, if it is not too much.
    const news: Told[] = [];
    let waiting = 0;
    const tell = {
      now: (more: readonly Told[]) => {
        for (const { update } of more) waiting += update.length;
        if (waiting > MOST_UNREAD) this.#left(ch, CLOSE.again);
        else news.push(...more);
      },
    };
    let seq = 0;
    const line = {
      news: (more: readonly Told[]) => tell.now(more),
      aware: (message: Uint8Array) => this.#line.binary(channelMessage(ch, AWARENESS, message)),
      left: (code: SeatCode) => this.#left(ch, code),
    };
    try {
      const begin = ({ end }: { end: { seq: number } }) => void (seq = end.seq);
      const seat = await Seat.take(this.#parts, this.#sitter, { name, line, begin });
      if (seat === null) return this.#left(ch, CLOSE.notThere);
      if (channel.isOver) return seat.leave();
      channel.seat = seat;
      // Who may read may have changed since it was looked up, and `look` has passed this one by.
      await seat.look();
      if (channel.isOver) return;
      this.#line.text({ t: 'joined', ch, seq, epoch: seat.epoch });
      seat.enter();
      seq = await this.#catchUp(channel, { ch, name, after, seq });
    } catch {
      return this.#left(ch, CLOSE.again);
    }
    tell.now = (more) => {
      for (const one of more) if (!channel.isOver && one.seq > seq) this.#line.binary(updateMessage(ch, one));
    };
    tell.now(news);
  }

  /** Sends what lies between; gives up to where the device has it then. */
  async #catchUp(
    channel: Channel,
    { ch, name, after, seq }: { ch: number; name: string; after: number; seq: number },
  ): Promise<number> {
    for (let from = after; from < seq && !channel.isOver;) {
      await this.#line.drained();
      const viewer = await this.#sitter.viewer();
      const [tail] = viewer
        ? await this.#parts.relay.tails(viewer, [{ name, after: from }], DOC_LIMITS.answerBytes)
        : [];
      if (tail === undefined || channel.isOver) return seq;
      const { snapshot, updates } = tail;
      const all = [...(snapshot ? [{ ...snapshot, isWhole: true } as const] : []), ...updates];
      // A snapshot stands for what lies before it, and may have been made since he has joined.
      const upTo = Math.max(seq, snapshot?.seq ?? 0);
      for (const one of all) if (one.seq <= upTo) this.#line.binary(updateMessage(ch, one));
      if (upTo > seq) return upTo;
      const last = all.at(-1)?.seq ?? seq;
      from = Math.max(from + 1, last);
    }
    return seq;
  }

  async #binary(bytes: Uint8Array): Promise<void> {
    const message = read(bytes);
    if (message === null) {
      // First of all, so that what comes behind it is not looked at.
      this.#line.close(CLOSE.refused);
      return this.#refused('unknown-message');
    }
    // It may have been sent before the device heard that the channel is over.
    const seat = this.#channels.get(message.ch)?.seat;
    if (!seat) return;
    if (message.type === AWARENESS) return seat.aware(message.body);
    // Here a device says by `after` what it has.
    if (message.sub !== STATE_VECTOR) await seat.update(message.body);
  }

  async #refused(code: string): Promise<void> {
    const { relay, onRefused } = this.#parts;
    onRefused(code);
    const viewer = await this.#sitter.viewer();
    if (viewer !== null) relay.noteRefused(viewer, { found: null, session: this.#sitter.session, code });
  }

  #left(ch: number, code: SeatCode): void {
    if (this.#over(ch)) this.#line.text({ t: 'left', ch, code });
  }

  #over(ch: number): boolean {
    const channel = this.#channels.get(ch);
    if (channel === undefined) return false;
    channel.isOver = true;
    this.#channels.delete(ch);
    channel.seat?.leave();
    return true;
  }
}

function read(bytes: Uint8Array) {
  try {
    const decoder = decoding.createDecoder(bytes);
    const ch = decoding.readVarUint(decoder);
    const type = decoding.readVarUint(decoder);
    if (type !== SYNC && type !== AWARENESS) return null;
    const sub = type === SYNC ? decoding.readVarUint(decoder) : UPDATE;
    if (sub > UPDATE) return null;
    const body = decoding.readVarUint8Array(decoder);
    return decoder.pos === bytes.length ? { ch, type, sub, body } : null;
  } catch {
    return null;
  }
}

function updateMessage(ch: number, { seq, update, isWhole }: Pick<Told, 'seq' | 'update' | 'isWhole'>): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const one of [ch, SYNC, seq, isWhole ? WHOLE : UPDATE]) encoding.writeVarUint(encoder, one);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}

function channelMessage(ch: number, type: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const one of [ch, type]) encoding.writeVarUint(encoder, one);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
