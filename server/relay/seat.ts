// One document that one connection has open: what is new in it goes out, what the connection sends is judged, and who is there
// is passed on. Whether it is still there for him is asked at each update and whenever relations have changed.

import type { JsonObject } from '../../src/base/json.ts';
import type { Viewer } from '../accept/viewer.ts';
import type { Found } from './access.ts';
import { Present } from './presence.ts';
import type { Presence } from './presence.ts';
import type { Relay } from './relay.ts';
import type { Room, Told } from './room.ts';

/** Final: not signed in, not allowed, not there. To come back from: too busy. */
export const CLOSE = { frame: 4400, session: 4401, refused: 4403, notThere: 4404, again: 4529 } as const;
/** Every row that is written in a space has its readers look; who may no longer read has to be out within a second. */
export const LOOK_EVERY_MS = 300;
/** After a look that the store did not answer. */
const LOOK_AGAIN_MS = 500;
export type SeatCode = (typeof CLOSE)['refused' | 'notThere' | 'again'];

export interface SeatParts {
  readonly relay: Relay;
  readonly presence: Presence;
  /** Hears why somebody was turned away: a code and nothing else. */
  onRefused(code: string): void;
}

/** Whose connection it is. */
export interface Sitter {
  /** Whose client ids its updates are. */
  readonly session: string;
  /** The member as he is now; null where he is none any more. */
  viewer(): Promise<Viewer | null>;
}

/** How the seat speaks to its connection. */
export interface Line {
  news(news: readonly Told[]): void;
  aware(message: Uint8Array): void;
  left(code: SeatCode, reason?: string): void;
}

export class Seat {
  readonly #parts: SeatParts;
  readonly #sitter: Sitter;
  readonly #line: Line;
  readonly #key: string;
  readonly #present: Present;
  readonly #viewer: Viewer;
  /** As its row was when it was looked at last. */
  found: Found;
  /** The life of the server in which it was taken. */
  readonly epoch: string;
  #room: { room: Room; leave(): void } | null = null;
  #hasLeft = false;
  #looking: NodeJS.Timeout | undefined;
  #asked: Promise<Viewer | null> = Promise.resolve(null);

  private constructor(parts: SeatParts, sitter: Sitter, at: { viewer: Viewer; found: Found; line: Line }) {
    [this.#parts, this.#sitter, this.#line, this.found] = [parts, sitter, at.line, at.found];
    this.#viewer = at.viewer;
    const { practice, principal } = at.viewer;
    this.epoch = practice.epoch;
    this.#key = `${practice.id} ${at.found.place.name}`;
    const { sees } = at.found.kind;
    const who = {
      identity: { id: principal.userId },
      session: sitter.session,
      sees: (state: JsonObject) => (sees ? sees(principal, state) : state),
    };
    this.#present = new Present(who, (message) => at.line.aware(message));
  }

  /** Takes a seat; null where the document is not there for him. `begin` runs in the moment from which he hears what is new. */
  static async take(
    parts: SeatParts,
    sitter: Sitter,
    { name, line, begin }: { name: string; line: Line; begin: (room: Room) => void },
  ): Promise<Seat | null> {
    const viewer = await sitter.viewer();
    const found = viewer && (await parts.relay.documentsFor(viewer, [name])).get(name);
    if (!viewer || !found) return null;
    const seat = new Seat(parts, sitter, { viewer, found, line });
    const reader = { hear: (news: readonly Told[]) => line.news(news) };
    seat.#room = await parts.relay.rooms.join(viewer.practice, found, { reader, begin });
    return seat;
  }

  /** From here on he is seen by the others, and told of them. */
  enter(): void {
    if (!this.#hasLeft) this.#parts.presence.join(this.#key, this.#present);
  }

  get room(): Room | null {
    return this.#room?.room ?? null;
  }

  /** Judges an update. A refused one ends the seat: this copy will never be as the server's is. */
  async update(update: Uint8Array): Promise<void> {
    // One after the other: an update that overtook the one it stands on would be refused.
    const asked = this.#asked.then(() => this.#sitter.viewer());
    this.#asked = asked.catch(() => null);
    const viewer = await asked;
    if (this.#hasLeft) return;
    if (viewer === null) return this.#end(CLOSE.refused);
    const { session } = this.#sitter;
    const outcome = await this.#parts.relay.submitTo(viewer, this.found, { update, session, origin: this });
    if (outcome.kind === 'refused')
      this.#end(outcome.code === 'not-there' ? CLOSE.notThere : CLOSE.refused, outcome.code);
    if (outcome.kind === 'again') this.#end(CLOSE.again);
  }

  /** Passes on what he says of himself. */
  aware(message: Uint8Array): void {
    const verdict = this.#parts.presence.say(this.#key, this.#present, message);
    // An id that somebody else speaks for may be his own of a sign-in before: it is his words that do not count, not he.
    if (verdict.kind !== 'refused' || verdict.code === 'client-taken') return;
    this.refused(verdict.code);
    this.#end(CLOSE.refused, verdict.code);
  }

  /** Has it noted that something of his was turned away which the relay has not judged itself. */
  refused(code: string): void {
    this.#parts.relay.noteRefused(this.#viewer, { found: this.found, session: this.#sitter.session, code });
  }

  /** Tells him who is there. */
  tellPresent(): void {
    this.#parts.presence.tell(this.#key, this.#present);
  }

  /** Leaves where the document is not there for him any more. */
  async look(): Promise<void> {
    const { name } = this.found.place;
    const viewer = await this.#sitter.viewer();
    const found = viewer && (await this.#parts.relay.documentsFor(viewer, [name])).get(name);
    if (found) this.found = found;
    else this.#end(CLOSE.notThere);
  }

  /** The same, until it is known: a store that is away proves nothing, and is asked again. */
  lookUntilKnown(): void {
    clearTimeout(this.#looking);
    this.look().catch(() => {
      clearTimeout(this.#looking);
      if (!this.#hasLeft) this.#looking = setTimeout(() => this.lookUntilKnown(), LOOK_AGAIN_MS).unref();
    });
  }

  leave(): void {
    this.#hasLeft = true;
    clearTimeout(this.#looking);
    this.#room?.leave();
    this.#parts.presence.leave(this.#key, this.#present);
  }

  #end(code: SeatCode, reason?: string): void {
    if (this.#hasLeft) return;
    this.leave();
    if (reason !== undefined) this.#parts.onRefused(reason);
    this.#line.left(code, reason);
  }
}
