// The rooms that are open on this node. Each is loaded once, however many come at once; what is sent to it is judged and kept
// by the ticks of its practice, and what other nodes append is followed.

import type * as Y from 'yjs';
import { must } from '../../src/base/must.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import type { DocLog, LoggedUpdate, Tail } from '../store/doc-log.ts';
import type { Space } from '../../src/sync/core/record.ts';
import type { Found } from './access.ts';
import { Room } from './room.ts';
import type { Judge, Outcome, PracticeName, Reader, Told, Waiting } from './room.ts';
import { answerAgain, Ticks } from './ticks.ts';

export interface RoomsParts {
  readonly log: DocLog;
  readonly judge: Judge;
  readonly declared: Declarations;
  now(): Date;
  /** Hears what has gone wrong; nothing of what was in it. */
  onTrouble(code: RoomTrouble, error?: unknown): void;
  /** Hears what this node has appended. */
  onAppended(practice: PracticeName, news: readonly { readonly name: string; readonly seq: number }[]): void;
  /** Hears of spaces in which header rows have changed. */
  onHeaders(practice: PracticeName, spaces: ReadonlySet<Space>): void;
}

export type RoomTrouble =
  | 'document-log-broken'
  | 'document-not-loaded'
  | 'document-not-appended'
  | 'document-not-judged'
  | 'document-not-followed'
  | 'document-not-told'
  | 'document-tick-failed';

const IDLE_MS = 10_000;
const SWEEP_MS = 5_000;
/** How often a room is loaded at most where others appended while it was being loaded. */
const LOADS = 3;

export class Rooms {
  readonly #parts: RoomsParts;
  readonly #rooms = new Map<string, Room>();
  readonly #loading = new Map<Room, Promise<void>>();
  readonly #ticks: Ticks;
  readonly #sweep: NodeJS.Timeout;
  #isClosed = false;

  constructor(parts: RoomsParts) {
    this.#parts = parts;
    this.#ticks = new Ticks({
      ...parts,
      roomsOf: (id) => [...this.#rooms.values()].filter(({ practice }) => practice.id === id),
      loaded: (room) => this.#loaded(room),
      tell: (room, news) => this.#tell(room, news),
      tellAppended: (rooms) => this.#tellAppended(rooms),
    });
    this.#sweep = setInterval(() => this.#unloadIdle(), SWEEP_MS).unref();
  }

  /** Judges an update and keeps it, or says why not. Updates of one document are judged in the order of asking. */
  submit(practice: PracticeName, found: Found, sent: Pick<Waiting, 'writer' | 'update' | 'origin'>): Promise<Outcome> {
    return new Promise((answer) => {
      const at = this.#parts.now().toISOString();
      this.#roomOf(practice, found).queue.push({ ...sent, at, attempts: 0, hasFailed: false, answer });
      this.#ticks.begin(practice.id);
    });
  }

  /** Lets a reader in; `begin` runs on the loaded room in the moment from which he hears what is new. */
  async join(practice: PracticeName, found: Found, { reader, begin }: { reader: Reader; begin: (room: Room) => void }) {
    const room = this.#roomOf(practice, found);
    await this.read(room, () => {
      // Who is here already may still be waiting to be told; the new one then hears of it twice, which changes nothing.
      if (room.readers.size === 0) room.told = room.end.seq;
      begin(room);
      room.readers.add(reader);
    });
    const leave = () => {
      room.readers.delete(reader);
      // Else what comes from here on would be looked up again and again, to be told to nobody.
      if (room.readers.size === 0) room.told = null;
    };
    return { room, leave };
  }

  /** Runs `look` on the room's copy, as the log has it; what it throws is for who has asked. */
  async read(room: Room, look: () => void): Promise<void> {
    for (let done = false; !done;) {
      await this.#loaded(room);
      await new Promise<void>((resolve, reject) => {
        room.whenCommitted(() => {
          room.usedAt = performance.now();
          done = room.doc !== null;
          try {
            if (done) look();
            resolve();
          } catch (error) {
            // His alone: what others wait for goes on.
            reject(error as Error);
          }
        });
      });
    }
  }

  /** What the log root of a document holds by now, wherever it was appended; where it is not open here it is loaded. */
  lengthOf(practice: PracticeName, found: Found, root: string): Promise<number> {
    return this.look(practice, found, (doc) => doc.getArray(root).length);
  }

  /** Runs `look` on a document as the log has it by now, wherever it was appended; it may not change or keep the copy. */
  async look<T>(practice: PracticeName, found: Found, look: (doc: Y.Doc) => T): Promise<T> {
    let seen: { readonly value: T } | null = null;
    const room = this.#roomOf(practice, found);
    if (room.isLoaded) await this.follow(practice.id, await this.#parts.log.seqs(practice.id, [room.name]));
    await this.read(room, () => void (room.doc && (seen = { value: look(room.doc) })));
    return must<{ readonly value: T }>(seen, 'a look').value;
  }

  /** Other nodes have appended to these, up to there: readers here hear of it. One look for all of them. */
  async follow(practiceId: string, seqs: ReadonlyMap<string, number>): Promise<void> {
    const behind: Room[] = [];
    for (const [name, seq] of seqs) {
      const room = this.#rooms.get(keyOf(practiceId, name));
      if (room === undefined) continue;
      // What is being loaded may be from before.
      await this.#loading.get(room)?.catch(() => undefined);
      if ((room.isLoaded && room.end.seq < seq) || (room.told ?? seq) < seq) behind.push(room);
    }
    if (behind.length === 0) return;
    const asks = behind.map((room) => ({ name: room.name, after: Math.min(room.told ?? room.end.seq, room.end.seq) }));
    const tails = await this.#parts.log.tails(practiceId, asks, Number.MAX_SAFE_INTEGER);
    for (const [i, tail] of tails.entries()) {
      const room = must(behind[i], 'a room');
      room.whenCommitted(() => this.#takeTail(room, tail));
    }
  }

  #takeTail(room: Room, { seq: end, snapshot, updates }: Tail): void {
    if (room.isLoaded && end > room.end.seq && !this.#follows(room, updates)) room.unload();
    const base: Told[] = snapshot === null ? [] : [{ ...snapshot, origin: null, isWhole: true }];
    this.#tell(room, [...base, ...updates.map(({ seq, update }) => ({ seq, update, origin: null }))]);
  }

  /** What cannot be done with this copy may be with one made anew. */
  #follows(room: Room, updates: readonly LoggedUpdate[]): boolean {
    try {
      return room.follow(updates);
    } catch (error) {
      this.#parts.onTrouble('document-not-followed', error);
      return false;
    }
  }

  /** Looks up what others have appended to every room that somebody has open here, and what became of appends without an answer. */
  async followAll(): Promise<void> {
    for (const room of this.#rooms.values()) if (room.doubt !== null) await this.#loaded(room).catch(() => undefined);
    const open = [...this.#rooms.values()].filter((room) => room.readers.size > 0 || room.isLoaded);
    for (const id of new Set(open.map((room) => room.practice.id))) {
      const names = open.flatMap((room) => (room.practice.id === id ? [room.name] : []));
      const seqs = await this.#parts.log.seqs(id, names);
      // Who appended it may have died before he could tell anybody.
      this.#tellAppended(open.filter((room) => room.practice.id === id && (seqs.get(room.name) ?? 0) > room.end.seq));
      await this.follow(id, seqs);
    }
  }

  get openRooms(): number {
    return this.#rooms.size;
  }

  /** Waits for what is under way; nothing is loaded any more. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#ticks.ended();
    this.#isClosed = true;
    await Promise.allSettled(this.#loading.values());
  }

  #roomOf(practice: PracticeName, found: Found): Room {
    const key = keyOf(practice.id, found.place.name);
    const room = this.#rooms.get(key) ?? new Room(practice, found);
    this.#rooms.set(key, room);
    room.usedAt = performance.now();
    return room;
  }

  async #loaded(room: Room): Promise<void> {
    if (room.isLoaded) return;
    // Who was still joining when the server went down hears of it by the end of his connection.
    if (this.#isClosed) throw new Error('the relay is closed');
    const under = this.#loading.get(room) ?? this.#load(room);
    this.#loading.set(room, under);
    await under;
  }

  async #load(room: Room): Promise<void> {
    try {
      // What readers have been told has to be in the copy from which the next begins.
      for (let i = 0; i === 0 || (i < LOADS && (room.told ?? 0) > room.end.seq && !room.isBroken); i++) {
        this.#tell(room, await room.load(this.#parts.log));
      }
      if (room.isBroken) this.#parts.onTrouble('document-log-broken');
    } catch (error) {
      this.#parts.onTrouble('document-not-loaded', error);
      answerAgain(room.queue.splice(0));
      throw error;
    } finally {
      this.#loading.delete(room);
      const { doubt } = room;
      if (room.isLoaded) room.doubt = null;
      // It was in the log all the same, and nobody has been told.
      if (room.isLoaded && doubt !== null && room.end.seq > doubt) this.#tellAppended([room]);
      this.#ticks.begin(room.practice.id);
    }
  }

  /** Tells other nodes, and those who look at header rows. */
  #tellAppended(rooms: readonly Room[]): void {
    const { onAppended, onHeaders } = this.#parts;
    const [first] = rooms;
    if (first === undefined) return;
    const { practice } = first;
    onAppended(
      practice,
      rooms.map(({ name, end: { seq } }) => ({ name, seq })),
    );
    const headed = rooms.filter(({ found }) => found.kind.header !== undefined);
    if (headed.length > 0) onHeaders(practice, new Set(headed.map(({ found }) => found.place.space)));
  }

  #tell(room: Room, news: readonly Told[]): void {
    if (room.told === null || room.readers.size === 0) return;
    const { told } = room;
    const fresh = news.filter(({ seq }) => seq > told);
    const last = fresh.at(-1);
    if (last === undefined) return;
    room.told = last.seq;
    for (const reader of [...room.readers]) this.#hear(reader, fresh);
  }

  #hear(reader: Reader, news: readonly Told[]): void {
    try {
      reader.hear(news);
    } catch (error) {
      this.#parts.onTrouble('document-not-told', error);
    }
  }

  #unloadIdle(): void {
    const before = performance.now() - IDLE_MS;
    for (const [key, room] of this.#rooms) {
      if (room.usedAt > before || room.queue.length > 0 || room.isStaging || this.#loading.has(room)) continue;
      if (room.doubt !== null) continue;
      room.unload();
      if (room.readers.size === 0) this.#rooms.delete(key);
    }
  }
}

function keyOf(practiceId: string, name: string): string {
  return `${practiceId} ${name}`;
}
