// The relay's one door, for the push, for devices that fetch, and for sockets: who is asking → is there such a document for him
// → the room. What is in a document only the guard looks at.

import { must } from '../../src/base/must.ts';
import { rootRule } from '../../src/sync/core/doc-kind.ts';
import type { Viewer } from '../accept/viewer.ts';
import type { Tail, TailAsk } from '../store/doc-log.ts';
import type { Store } from '../store/store.ts';
import { findDocuments, mayDo, nextSegment, segmentBefore, writerOf } from './access.ts';
import type { Found } from './access.ts';
import { gathered } from './gathered.ts';
import type { Outcome } from './room.ts';
import { createHand } from './hand.ts';
import type { Hand } from './hand.ts';
import type { Refused } from './refusals.ts';
import { Rooms } from './rooms.ts';
import type { RoomsParts } from './rooms.ts';

export interface RelayParts extends RoomsParts {
  readonly store: Pick<Store, 'readBatch'>;
  /** Hears what was refused to whom, once each time. */
  onRefused?(refused: Refused): void;
}

/** One update as it came. */
export interface Sent {
  readonly document: string;
  readonly update: Uint8Array;
}

export interface Relay {
  readonly rooms: Rooms;
  /** How the server itself says something. */
  readonly hand: Hand;
  /** The documents among these that are there for this viewer. */
  documentsFor(viewer: Viewer, names: readonly string[]): Promise<ReadonlyMap<string, Found>>;
  /** Judges updates and keeps them, each on its own, those of one document in order; `session` is whose client ids they are. */
  submit(viewer: Viewer, sent: readonly Sent[], session: string): Promise<readonly Outcome[]>;
  /** The same for a document that was found before. */
  submitTo(
    viewer: Viewer,
    found: Found,
    sent: { update: Uint8Array; session: string; origin?: object },
  ): Promise<Outcome>;
  /** To be told of what was refused to a member elsewhere than here; `found` is null where it was no document of his. */
  noteRefused(viewer: Viewer, refused: { found: Found | null; session: string; code: string }): void;
  /** What is new, of those that are there for the viewer. */
  tails(viewer: Viewer, asks: readonly TailAsk[], bytes: number): Promise<readonly Tail[]>;
}

const NOT_THERE: Outcome = { kind: 'refused', code: 'not-there' };

/** A relay over one log. Documents are of the kinds that are declared; where there are none, nothing is there. */
export function createRelay(parts: RelayParts): Relay {
  const { log } = parts;
  const rooms = new Rooms(parts);
  const looks = new Map<string, ReturnType<typeof gathered<Found>>>();
  const opened = new WeakMap<Found, Promise<boolean>>();

  function lookIn(practiceId: string): ReturnType<typeof gathered<Found>> {
    const look = looks.get(practiceId) ?? gathered((names) => findDocuments(parts, practiceId, names));
    looks.set(practiceId, look);
    return look;
  }

  async function documentsFor(viewer: Viewer, names: readonly string[]): Promise<ReadonlyMap<string, Found>> {
    const found = await lookIn(viewer.practice.id)(names);
    return new Map([...found].filter(([, one]) => mayDo(viewer, one, 'read')));
  }

  const noteRefused: Relay['noteRefused'] = (viewer, { found, session, code }) => {
    const { practice, principal } = viewer;
    const document = found?.place.name ?? '';
    parts.onRefused?.({ practice: practice.id, member: principal.memberId, session, document, code });
  };

  const submitTo: Relay['submitTo'] = async (viewer, found, sent) => {
    const outcome = await submitToRoom(viewer, found, sent);
    if (outcome.kind === 'refused') noteRefused(viewer, { found, session: sent.session, code: outcome.code });
    return outcome;
  };

  const submitToRoom: Relay['submitTo'] = async (viewer, found, { update, session, origin }) => {
    if (!mayDo(viewer, found, 'read') || !(await isOpen(viewer, found))) return NOT_THERE;
    const writer = writerOf(viewer, found, session);
    const outcome = await rooms.submit(viewer.practice, found, { writer, update, origin: origin ?? null });
    if (outcome.kind !== 'refused') return outcome;
    if (found.isClosed === true && outcome.code === 'not-allowed' && mayDo(viewer, found, 'update')) {
      // He who may write at all is told why not here. What is another's stays `not-allowed`.
      const isLog = rootRule(found.kind, outcome.where ?? '')?.rule.rule === 'log';
      return isLog ? { kind: 'refused', code: 'closed' } : outcome;
    }
    return outcome.code === 'segment-closed' ? { ...outcome, where: nextSegment(found) } : outcome;
  };

  /** What is open stays so; while that is being looked up all who ask wait for one look, and go on in their order. */
  function isOpen(viewer: Viewer, found: Found): Promise<boolean> {
    if (segmentBefore(found) === null) return Promise.resolve(true);
    const under = opened.get(found) ?? lookWhetherOpen(viewer, found);
    opened.set(found, under);
    const forget = () => void opened.delete(found);
    under.then((is) => is || forget(), forget);
    return under;
  }

  /** A later segment is begun when the one before is full. */
  async function lookWhetherOpen(viewer: Viewer, found: Found): Promise<boolean> {
    const name = segmentBefore(found);
    const { segments } = found.kind;
    if (name === null || segments === undefined) return true;
    if ((await log.seqs(viewer.practice.id, [found.place.name])).size > 0) return true;
    const before = { ...found, place: { ...found.place, name }, segment: (found.segment ?? 1) - 1 };
    return (await rooms.lengthOf(viewer.practice, before, segments.root)) >= segments.items;
  }

  return {
    rooms,
    hand: createHand({ find: (practiceId, names) => lookIn(practiceId)(names), rooms }),
    documentsFor,
    submitTo,
    noteRefused,
    async submit(viewer, sent, session) {
      const names = [...new Set(sent.map(({ document }) => document))];
      const found = await documentsFor(viewer, names);
      const under = new Map<string, Promise<void>>();
      const outcomes = new Map<Sent, Outcome>();
      const submitAll = async (name: string, one: Found): Promise<void> => {
        // What fills a segment may come in the batch that begins the next.
        const before = segmentBefore(one) ?? '';
        const first = found.get(before);
        if (first !== undefined) await begin(before, first);
        if (!(await isOpen(viewer, one))) return;
        const own = sent.filter(({ document }) => document === name);
        const done = own.map(({ update }) => submitTo(viewer, one, { update, session }));
        for (const [i, outcome] of (await Promise.all(done)).entries()) outcomes.set(must(own[i], 'one'), outcome);
      };
      const begin = (name: string, one: Found): Promise<void> => {
        const there = under.get(name) ?? submitAll(name, one);
        under.set(name, there);
        return there;
      };
      await Promise.all([...found].map(([name, one]) => begin(name, one)));
      for (const one of sent) {
        // Which there are is not for him to say: a name that is none of his is not kept.
        const isNoted = outcomes.has(one);
        if (!isNoted) noteRefused(viewer, { found: found.get(one.document) ?? null, session, code: 'not-there' });
      }
      return sent.map((one) => outcomes.get(one) ?? NOT_THERE);
    },
    async tails(viewer, asks, bytes) {
      const found = await documentsFor(
        viewer,
        asks.map(({ name }) => name),
      );
      return log.tails(
        viewer.practice.id,
        asks.filter(({ name }) => found.has(name)),
        bytes,
      );
    },
  };
}
