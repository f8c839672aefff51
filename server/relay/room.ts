// The server's copy of one document, as the log has it. Asks wait in a queue and are judged in order, a few in each tick; what
// was judged new is in the copy before it is in the log, so between a tick's judging and its commit nobody reads the copy. Where
// the commit fails the copy is thrown away and made anew from the log.

import * as Y from 'yjs';
import type { AppendedBy } from '../../src/sync/core/doc-kind.ts';
import { must } from '../../src/base/must.ts';
import { EMPTY_LOG } from '../store/doc-log.ts';
import type { DocLog, LoadedLog, LogEnd, LoggedUpdate, NewUpdate, Snapshot } from '../store/doc-log.ts';
import type { PracticeState } from '../store/store.ts';
import type { Author, Found } from './access.ts';
import { applyLogged } from './apply-logged.ts';
import type { Ask, ClientIds, Verdict } from './guard/verdict.ts';

export type Judge = (ask: Ask) => Verdict;

/** `again` is weather: nothing was judged, or what was judged could not be kept. */
export type Outcome =
  | { readonly kind: 'kept'; readonly seq: number }
  | Extract<Verdict, { kind: 'refused' }>
  /** The relay's own fault: the copy does not hold, or this cannot be applied to it. Asking again would not help. */
  | { readonly kind: 'refused'; readonly code: 'failed'; readonly where?: never }
  | { readonly kind: 'again' };

/** One update that waits to be judged. */
export interface Waiting {
  readonly writer: Author;
  readonly update: Uint8Array;
  /** Which connection it came by; null where none has the document open. */
  readonly origin: object | null;
  readonly at: string;
  attempts: number;
  /** The copy could not take it; what that was may have been the copy's fault. */
  hasFailed: boolean;
  answer(outcome: Outcome): void;
}

/** What the log has now and had not before. */
export interface Told {
  readonly seq: number;
  readonly update: Uint8Array;
  /** The connection that has sent it; null where it is none of this node. */
  readonly origin: object | null;
  /** A snapshot: it stands for all up to there. */
  readonly isWhole?: true;
}

/** Who has the document open, on this node. */
export interface Reader {
  hear(news: readonly Told[]): void;
}

export type PracticeName = Pick<PracticeState, 'id' | 'slug'>;

interface Staged {
  readonly waiting: Waiting;
  verdict: Verdict;
}

/** A snapshot is worth its place where the tail is so long, and not small beside the snapshot before. */
const SNAPSHOT_AFTER = { updates: 200, bytes: 64 * 1024, share: 4 } as const;

export class Room {
  readonly practice: PracticeName;
  readonly found: Found;
  readonly readers = new Set<Reader>();
  readonly queue: Waiting[] = [];
  usedAt = 0;
  /** In which turn it was last judged: of two that wait, the one of the earlier turn goes first. */
  turn = 0;
  #doc: Y.Doc | null = null;
  #clients = new Map<number, { readonly userId: string; readonly session: string }>();
  #end: LogEnd = EMPTY_LOG;
  #isBroken = false;
  #staged: Staged[] = [];
  #tail = { updates: 0, bytes: 0, snapshotBytes: 0 };
  readonly #afterTick: (() => void)[] = [];
  /** Where the log ended before an append of which nobody knows whether it was kept; null where there is none. */
  doubt: number | null = null;
  /** Up to where readers have been told; null while there was nobody to tell. */
  told: number | null = null;

  constructor(practice: PracticeName, found: Found) {
    this.practice = practice;
    this.found = found;
  }

  get name(): string {
    return this.found.place.name;
  }

  get end(): LogEnd {
    return this.#end;
  }

  get isLoaded(): boolean {
    return this.#doc !== null;
  }

  get isBroken(): boolean {
    return this.#isBroken;
  }

  get isStaging(): boolean {
    return this.#staged.length > 0;
  }

  /** Whether something among what is staged is to be refused. */
  get isRefusing(): boolean {
    return this.#staged.some(({ verdict }) => verdict.kind === 'refused');
  }

  /** Makes the copy from the log; gives what readers have not been told yet. */
  async load(log: DocLog): Promise<readonly Told[]> {
    const loaded = await log.load(this.practice.id, this.name);
    this.#fill(loaded);
    const { told } = this;
    if (told === null || told >= this.#end.seq) return [];
    return this.#missed(log, loaded, told);
  }

  /** Applies what another node has appended; false where the copy has to be made anew. */
  follow(updates: readonly LoggedUpdate[]): boolean {
    const doc = this.#doc;
    const fresh = updates.filter(({ seq }) => seq > this.#end.seq);
    if (doc === null || this.isStaging || fresh[0]?.seq !== this.#end.seq + 1) return false;
    applyLogged(
      doc,
      fresh.map(({ update }) => update),
    );
    for (const update of fresh) this.#note(update);
    this.#end = must(fresh.at(-1), 'an update');
    return true;
  }

  /** Judges from the queue until it is empty, or `until`; at least one. Gives what is to be appended. */
  judge(judge: Judge, until: number): NewUpdate[] {
    const doc = must(this.#doc, 'a loaded copy');
    do {
      const waiting = this.queue.shift();
      if (waiting === undefined) break;
      const { writer, update } = waiting;
      // First of all it is among what is given back, should it fail.
      const staged: Staged = { waiting, verdict: { kind: 'known' } };
      this.#staged.push(staged);
      const verdict = judge({ kind: this.found.kind, doc, clients: this.#ids, writer, update });
      staged.verdict = verdict;
      if (verdict.kind !== 'new') continue;
      applyLogged(doc, [verdict.update]);
      for (const client of verdict.claims) this.#clients.set(client, writer);
    } while (performance.now() < until);
    return this.#staged.flatMap(({ waiting: { writer, at }, verdict }) => {
      if (verdict.kind !== 'new') return [];
      const { userId, memberId, session } = writer;
      return [{ update: verdict.update, by: memberId, userId, session, claims: verdict.claims, at }];
    });
  }

  /** New items of log roots among what is staged. */
  get appended(): AppendedBy[] {
    return this.#staged.flatMap(({ waiting: { writer }, verdict }) =>
      verdict.kind === 'new' ? verdict.appended.map((one) => ({ ...one, roles: writer.roles })) : [],
    );
  }

  /** What is staged is in the log, up to `end`: gives what readers are to be told before `tickIsOver`. */
  committed(end: LogEnd): readonly Told[] {
    const news: Told[] = [];
    let { seq } = this.#end;
    this.#end = end;
    const staged = this.#staged;
    this.#staged = [];
    for (const { waiting, verdict } of staged) {
      if (verdict.kind === 'refused') {
        waiting.answer(verdict);
        continue;
      }
      if (verdict.kind === 'new') {
        seq += 1;
        news.push({ seq, update: verdict.update, origin: waiting.origin });
        this.#count(verdict.update);
      }
      waiting.answer({ kind: 'kept', seq });
    }
    return news;
  }

  /** Throws the copy away with what is staged, which is given back to be judged again. */
  reset(): Waiting[] {
    const waiting = this.#staged.map((one) => one.waiting);
    this.#staged = [];
    this.unload();
    this.tickIsOver();
    return waiting;
  }

  unload(): void {
    this.#doc?.destroy();
    this.#doc = null;
    this.#clients = new Map();
  }

  /** Runs `read` on the copy when it is as the log is; it has to look whether the copy is still there, and may not throw. */
  whenCommitted(read: () => void): void {
    if (this.isStaging) this.#afterTick.push(read);
    else read();
  }

  /** The copy, as the log has it. */
  get doc(): Y.Doc | null {
    return this.isStaging ? null : this.#doc;
  }

  /** A snapshot, where one is due. */
  snapshot(): Snapshot | null {
    const { updates, bytes, snapshotBytes } = this.#tail;
    const isLong = updates >= SNAPSHOT_AFTER.updates || bytes >= SNAPSHOT_AFTER.bytes;
    if (!isLong || bytes * SNAPSHOT_AFTER.share < snapshotBytes || this.#isBroken || this.doc === null) return null;
    const update = Y.encodeStateAsUpdate(this.doc);
    this.#tail = { updates: 0, bytes: 0, snapshotBytes: update.length };
    const clients = [...this.#clients].map(([id, { userId, session }]) => [id, userId, session] as const);
    return { ...this.#end, update, clients };
  }

  readonly #ids: ClientIds = { ownerOf: (clientId) => this.#clients.get(clientId) ?? null };

  #fill({ end, snapshot, updates, isBroken }: LoadedLog): void {
    const doc = new Y.Doc({ gc: true });
    this.#clients = new Map();
    this.#tail = { updates: 0, bytes: 0, snapshotBytes: snapshot?.update.length ?? 0 };
    for (const [id, userId, session] of snapshot?.clients ?? []) this.#clients.set(id, { userId, session });
    const all = [...(snapshot === null ? [] : [snapshot]), ...updates].map(({ update }) => update);
    const isApplied = this.#canApply(doc, all);
    for (const update of updates) this.#note(update);
    this.#doc?.destroy();
    this.#doc = doc;
    this.#end = end;
    this.#isBroken = isBroken || !isApplied;
  }

  /** False where the log holds what Yjs does not take: as with a broken chain what came before it can be read. */
  #canApply(doc: Y.Doc, updates: readonly Uint8Array[]): boolean {
    try {
      applyLogged(doc, updates);
      return true;
    } catch {
      return false;
    }
  }

  #note({ update, claims, userId, session }: NewUpdate): void {
    for (const client of claims) this.#clients.set(client, { userId, session });
    this.#count(update);
  }

  #count(update: Uint8Array): void {
    this.#tail.updates += 1;
    this.#tail.bytes += update.length;
  }

  async #missed(log: DocLog, { snapshot, updates }: LoadedLog, told: number): Promise<readonly Told[]> {
    if (snapshot === null || snapshot.seq <= told) {
      return updates.filter(({ seq }) => seq > told).map(toTold);
    }
    const [tail] = await log.tails(this.practice.id, [{ name: this.name, after: told }], Number.MAX_SAFE_INTEGER);
    const { snapshot: base = null, updates: rest = [] } = tail ?? {};
    const known = rest.filter(({ seq }) => seq <= this.#end.seq).map(toTold);
    return base === null ? known : [{ ...base, origin: null, isWhole: true }, ...known];
  }

  /** Runs what has waited for the copy to be as the log is. */
  tickIsOver(): void {
    for (const read of this.#afterTick.splice(0)) read();
  }
}

function toTold({ seq, update }: LoggedUpdate): Told {
  return { seq, update, origin: null };
}
