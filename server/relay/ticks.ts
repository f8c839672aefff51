// A tick of a practice: judges what waits in its rooms, appends all of it in one transaction, and only then answers senders and
// tells readers. Who appended elsewhere meanwhile makes a room load and judge again, and so does a refusal by a copy that has
// fallen behind; a commit that fails makes it load anew, and its senders are told to ask again.

import { must } from '../../src/base/must.ts';
import type { Appended, LogEnd, NewUpdate } from '../store/doc-log.ts';
import { appendOf } from './append-of.ts';
import type { Writing } from './append-of.ts';
import type { Outcome, Room, Told, Waiting } from './room.ts';
import type { RoomsParts } from './rooms.ts';

/** How long a tick judges before the loop is everybody's for a turn, and how long in all before it commits. */
const JUDGE_MS = 10;
const STAGE_MS = 50;
/** From the beginning of one tick to that of the next: what comes in quick order shares a transaction. Who comes after a rest waits for nothing. */
const TICK_MS = 5;
const ATTEMPTS = 16;
const FAILED: Outcome = { kind: 'refused', code: 'failed' };

export interface TicksParts extends Pick<RoomsParts, 'log' | 'judge' | 'declared' | 'onTrouble'> {
  /** The rooms of a practice that are open on this node. */
  roomsOf(practiceId: string): readonly Room[];
  /** Has the room's copy made where there is none; what waits in it is ticked then. */
  loaded(room: Room): Promise<void>;
  /** Tells readers what is in the log now. */
  tell(room: Room, news: readonly Told[]): void;
  /** Tells other nodes, and those who look at header rows. */
  tellAppended(rooms: readonly Room[]): void;
}

export class Ticks {
  readonly #parts: TicksParts;
  /** Practices of which a tick is under way. */
  readonly #under = new Map<string, Promise<void>>();
  #turn = 0;

  constructor(parts: TicksParts) {
    this.#parts = parts;
  }

  /** Something waits in rooms of the practice. */
  begin(practiceId: string): void {
    if (!this.#under.has(practiceId)) this.#under.set(practiceId, this.#run(practiceId));
  }

  /** Waits for what is under way. */
  async ended(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under.values());
  }

  /** Ticks until nothing waits. What comes in the same turn of the loop goes into one tick. */
  async #run(practiceId: string): Promise<void> {
    try {
      for (let began = -Infinity; ;) {
        await nextTurn(began + TICK_MS - performance.now());
        const ready = this.#readyIn(practiceId);
        if (ready.length === 0) break;
        began = performance.now();
        await this.#oneTick(ready);
      }
    } catch (error) {
      // Nobody waits for this promise: whatever it was, the others of the practice go on with copies made anew.
      this.#parts.onTrouble('document-tick-failed', error);
      for (const room of this.#parts.roomsOf(practiceId)) answerAgain([...room.reset(), ...room.queue.splice(0)]);
    } finally {
      // At once, and not when the promise has come round: whoever asks from now on begins anew.
      this.#under.delete(practiceId);
    }
  }

  /** Rooms in which something waits that can be judged now. */
  #readyIn(practiceId: string): Room[] {
    const waiting = this.#parts.roomsOf(practiceId).filter((one) => one.queue.length > 0);
    const ready = waiting.filter((room) => room.isLoaded);
    // The others need not wait for these; each comes back here when it is loaded.
    for (const room of waiting) if (!room.isLoaded) this.#parts.loaded(room).catch(() => undefined);
    return ready;
  }

  async #oneTick(rooms: readonly Room[]): Promise<void> {
    const end = performance.now() + STAGE_MS;
    let until = performance.now() + JUDGE_MS;
    const staged: { room: Room; updates: NewUpdate[] }[] = [];
    for (const room of [...rooms].sort((a, b) => a.turn - b.turn)) {
      if (staged.length > 0 && performance.now() >= until) {
        // Those that are left over come first in the next tick.
        if (performance.now() >= end) break;
        await nextTurn(0);
        until = performance.now() + JUDGE_MS;
      }
      this.#turn += 1;
      room.turn = this.#turn;
      const updates = this.#judge(room, until);
      if (room.isStaging) staged.push({ room, updates });
    }
    const writing = staged.filter(({ updates }) => updates.length > 0);
    const refusing: Room[] = [];
    for (const { room, updates } of staged) {
      if (updates.length > 0) continue;
      if (room.isRefusing) refusing.push(room);
      else this.#commit(room, room.end);
    }
    await Promise.all([writing.length > 0 && this.#append(writing), refusing.length > 0 && this.#refuse(refusing)]);
  }

  /**
   * A refusal holds where the copy is as the log is: what this update stands on may just have been appended elsewhere. Where
   * something is appended in the same tick, the append itself finds that out.
   */
  async #refuse(refusing: readonly Room[]): Promise<void> {
    const { practice } = must(refusing[0], 'a room');
    const { log, onTrouble } = this.#parts;
    let seqs: ReadonlyMap<string, number>;
    try {
      seqs = await log.seqs(
        practice.id,
        refusing.map(({ name }) => name),
      );
    } catch (error) {
      onTrouble('document-not-followed', error);
      for (const room of refusing) answerAgain(room.reset());
      return;
    }
    for (const room of refusing) {
      if ((seqs.get(room.name) ?? 0) === room.end.seq) this.#commit(room, room.end);
      else this.#judgeAgain(room, room.reset());
    }
  }

  #judge(room: Room, until: number): NewUpdate[] {
    if (!room.isLoaded) return [];
    if (room.isBroken) {
      for (const waiting of room.queue.splice(0)) waiting.answer(FAILED);
      // It may have been mended: the next who asks looks at the log anew.
      room.unload();
      return [];
    }
    try {
      return room.judge(this.#parts.judge, until);
    } catch (error) {
      this.#parts.onTrouble('document-not-judged', error);
      this.#setAside(room);
      return [];
    }
  }

  /** What could not be judged or applied is tried once more on a copy made anew; a second time it is refused for good. */
  #setAside(room: Room): void {
    const all = room.reset();
    const failed = must(all.at(-1), 'an update');
    if (!failed.hasFailed) {
      failed.hasFailed = true;
      return this.#judgeAgain(room, all);
    }
    failed.answer(FAILED);
    this.#judgeAgain(room, all.slice(0, -1));
  }

  async #append(writing: readonly Writing[]): Promise<void> {
    const { practice } = must(writing[0], 'a room').room;
    const { log, declared, onTrouble } = this.#parts;
    let outcome: ReadonlyMap<string, Appended>;
    try {
      outcome = await log.append(
        practice.id,
        writing.map((one) => appendOf(declared, one)),
      );
    } catch (error) {
      onTrouble('document-not-appended', error);
      // It may be in the log all the same: the copies are made anew, and what readers have missed is told then.
      for (const { room } of writing) {
        room.doubt ??= room.end.seq;
        answerAgain(room.reset());
      }
      return;
    }
    const kept: Room[] = [];
    for (const { room } of writing) {
      const end = outcome.get(room.name) ?? 'moved';
      if (end === 'moved') this.#judgeAgain(room, room.reset());
      else {
        this.#commit(room, end);
        kept.push(room);
      }
    }
    this.#parts.tellAppended(kept);
    for (const room of kept) this.#saveSnapshot(room);
  }

  #commit(room: Room, end: LogEnd): void {
    this.#parts.tell(room, room.committed(end));
    // Whoever joins now begins after what the others have just been told.
    room.tickIsOver();
  }

  #judgeAgain(room: Room, all: readonly Waiting[]): void {
    for (const waiting of [...all].reverse()) {
      waiting.attempts += 1;
      if (waiting.attempts < ATTEMPTS) room.queue.unshift(waiting);
      else waiting.answer({ kind: 'again' });
    }
  }

  #saveSnapshot(room: Room): void {
    const snapshot = room.snapshot();
    if (snapshot === null) return;
    // Without it a load takes longer; the next one is tried when the tail has grown again.
    this.#parts.log.saveSnapshot(room.practice.id, room.name, snapshot).catch(() => undefined);
  }
}

/** When so many milliseconds have passed, or at once in the next turn of the loop. */
function nextTurn(ms: number): Promise<void> {
  return new Promise((resolve) => (ms > 0 ? setTimeout(resolve, ms) : setImmediate(resolve)));
}

/** Nothing was judged, or what was judged could not be kept: all of these ask again. */
export function answerAgain(waiting: readonly Waiting[]): void {
  for (const one of waiting) one.answer({ kind: 'again' });
}
