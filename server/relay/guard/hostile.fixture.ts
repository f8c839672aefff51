// Updates that nobody honest sends, at random: those of honest people bent in one to four places (bytes flipped, cut, spliced; client
// ids, clocks, neighbours, roots, keys, authors, kinds and deletions exchanged), and some made from nothing but the ids that are there.

import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Chance } from '../../../src/sync/testing/random.ts';
import { craft } from './craft.fixture.ts';
import type { CraftedId, CraftedRange, CraftedSection, CraftedStruct } from './craft.fixture.ts';
import { act, begun } from './honest.fixture.ts';
import { writerOf } from './room.fixture.ts';
import type { Room } from './room.fixture.ts';
import type { Writer } from './verdict.ts';

export interface Attack {
  readonly writer: Writer;
  readonly update: Uint8Array;
}

type Bent = { -readonly [K in keyof CraftedStruct]: CraftedStruct[K] };
interface Draft {
  sections: { client: number; clock: number; structs: Bent[] }[];
  deletes: CraftedRange[];
}

const ROOTS = ['messages', 'by:ann', 'by:ben', 'by:eve', 'server', 'story', 'other', 'by:*', '__proto__', ''] as const;
const KEYS = ['read', 'mood', 'align', 'k', '__proto__', 'level'] as const;
const NODES = ['paragraph', 'list', 'script', 'heading', 'toString'] as const;
const WRITERS = [
  writerOf('eve'),
  writerOf('eve', 'eve-2', /^(messages|by:)/),
  writerOf('ann', 'ann-1'),
  writerOf('ann', 'ann-2'),
  writerOf('ben', 'ben-1', /^by:/),
  writerOf('ben', 'ben-1'),
] as const;

/** A room in the middle of its life, with what has been sent there and what has not been sent yet. */
export class World {
  readonly room: Room;
  readonly #chance: Chance;
  readonly #honest: [Uint8Array, ...Uint8Array[]];
  readonly #unsent: [{ by: Writer; update: Uint8Array }, ...{ by: Writer; update: Uint8Array }[]];
  readonly #clients: [number, ...number[]];

  constructor(chance: Chance) {
    this.#chance = chance;
    const { room, devices } = begun(chance);
    for (let i = 0; i < 40; i += 1) {
      const device = chance.pick(devices);
      act(device, chance);
      if (chance.happens(60)) device.push();
      if (chance.happens(40)) device.pull();
    }
    const eve = room.receive(
      writerOf('eve'),
      craft([{ client: 4000, structs: [{ root: 'by:eve', key: 'k', values: [1] }] }]),
    );
    if (eve.kind !== 'new') throw new Error('Eve is a member too');
    this.room = room;
    const states = devices.map(({ doc }) => Y.encodeStateAsUpdate(doc));
    const unsent = devices.map(({ doc }) => Y.encodeStateAsUpdate(doc, Y.encodeStateVector(room.doc)));
    this.#honest = [Y.encodeStateAsUpdate(room.doc), ...room.log.slice(-15), ...states, ...unsent];
    const [first, ...more] = devices.map(({ writer }, i) => ({
      by: writer,
      update: unsent[i] ?? new Uint8Array([0, 0]),
    }));
    if (first === undefined) throw new Error('no devices');
    this.#unsent = [first, ...more];
    this.#clients = [1, ...room.doc.store.clients.keys(), 4000, 4001, 4002, 5000, 2 ** 32 - 1];
    for (const { doc } of devices) doc.destroy();
  }

  attack(): Attack {
    const chance = this.#chance;
    const writer = chance.pick(WRITERS);
    const roll = chance.below(100);
    if (roll < 20) return { writer, update: this.#bentBytes() };
    if (roll < 45) {
      const { by, update } = chance.pick(this.#unsent);
      const draft = this.#draftOf(update);
      this.#bend(draft);
      return { writer: chance.happens(85) ? by : writer, update: written(draft) };
    }
    const draft = roll < 60 ? this.#draftOf(chance.pick(this.#honest)) : this.#plausible(writer);
    for (let times = chance.below(3); times > 0; times -= 1) this.#bend(draft);
    return { writer, update: written(draft) };
  }

  /** What the writer might well do: a section or two of a client id of his, in places that are his. */
  #plausible({ userId }: Writer): Draft {
    const chance = this.#chance;
    const sections = new Map<number, { client: number; clock: number; structs: Bent[] }>();
    for (let left = 1 + chance.below(2); left > 0; left -= 1) {
      const client = chance.happens(20) ? 4000 : 5000 + chance.below(500);
      const clock = Y.getState(this.room.doc.store, client);
      const structs = Array.from({ length: 1 + chance.below(3) }, () => this.#likely(userId));
      sections.set(client, { client, clock, structs });
    }
    return { sections: [...sections.values()].sort((a, b) => b.client - a.client), deletes: [] };
  }

  #likely(userId: string): Bent {
    const chance = this.#chance;
    const roll = chance.below(100);
    const place: Bent = chance.happens(85) ? { root: 'messages' } : { origin: this.#id() };
    if (roll < 40) return { ...place, values: [{ id: 'x', text: 'likely', by: userId }] };
    if (roll < 60) return { root: `by:${userId}`, key: chance.pick(KEYS), values: [chance.below(9)] };
    if (roll < 65) return { kind: 0, length: 1 + chance.below(9) };
    if (roll < 72) return { kind: 1, length: 1 + chance.below(9), origin: this.#id() };
    const node = { kind: 7, write: this.#writerOf(7) ?? (() => undefined) };
    if (roll < 82) return { ...node, root: 'story' };
    if (roll < 92) return { ...node, parent: this.#id() };
    const words = { kind: 4, write: (e: encoding.Encoder) => encoding.writeVarString(e, 'hi') };
    return chance.happens(50) ? { ...words, parent: this.#id() } : { ...words, origin: this.#id() };
  }

  #bentBytes(): Uint8Array {
    const chance = this.#chance;
    const bytes = Array.from(chance.pick(this.#honest));
    for (let times = 1 + chance.below(4); times > 0; times -= 1) {
      const at = chance.below(bytes.length + 1);
      const roll = chance.below(100);
      if (roll < 40) bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
      else if (roll < 60) bytes[at] = chance.below(256);
      else if (roll < 70) bytes.splice(at, 1 + chance.below(4));
      else if (roll < 80) bytes.splice(at, 0, chance.below(256));
      else if (roll < 90)
        bytes.splice(at, chance.below(20), ...chance.pick(this.#honest).subarray(at, at + chance.below(40)));
      else bytes.length = at;
    }
    return Uint8Array.from(bytes);
  }

  #id(): CraftedId {
    const chance = this.#chance;
    const client = chance.pick(this.#clients);
    const state = Y.getState(this.room.doc.store, client);
    return { client, clock: chance.happens(85) ? chance.below(state + 1) : state + chance.below(5) };
  }

  #value(): unknown {
    const chance = this.#chance;
    const by = chance.pick(['ann', 'ben', 'eve', 'eve', 'eve']);
    const message = { id: `${chance.below(99)}`, text: 'hostile', by };
    const odd = [1, null, 'text', [1], { ...message, more: 1 }, undefined, Number.NaN, 5n, new Uint8Array(2)] as const;
    return chance.happens(75) ? message : chance.pick([7, 8, ...odd]);
  }

  /** Content of any kind. */
  #content(struct: Bent): void {
    const chance = this.#chance;
    delete struct.values;
    delete struct.write;
    delete struct.length;
    struct.kind = chance.pick([8, 8, 8, 8, 0, 1, 1, 2, 4, 4, 6, 7, 7, 3, 5, 9, 10, 11]);
    const write = this.#writerOf(struct.kind);
    if (write !== null) struct.write = write;
    else if (struct.kind === 8) struct.values = Array.from({ length: 1 + chance.below(3) }, () => this.#value());
    else struct.length = chance.happens(90) ? 1 + chance.below(6) : chance.pick([0, 2 ** 31, 2 ** 40, 70_000]);
  }

  #writerOf(kind: number): ((encoder: encoding.Encoder) => void) | null {
    const chance = this.#chance;
    const text = chance.pick(['x', 'words', '😀', '{"by":"eve"}', '[[]]', 'true', 'null', '']);
    const [name, type] = [chance.pick(NODES), chance.below(8)];
    const mark = chance.pick(['bold', 'link', 'onclick']);
    const string = encoding.writeVarString;
    if (kind === 2)
      return (e) => (
        encoding.writeVarUint(e, 1),
        string(e, chance.happens(50) ? JSON.stringify(this.#value() ?? 1, plain) : text)
      );
    if (kind === 3 || kind === 4 || kind === 5) return (e) => string(e, text);
    if (kind === 6) return (e) => (string(e, mark), string(e, text));
    if (kind === 9) return (e) => (string(e, 'id'), encoding.writeAny(e, {}));
    if (kind === 7)
      return (e) => (encoding.writeVarUint(e, type), type === 3 || type === 5 ? string(e, name) : undefined);
    return null;
  }

  #place(struct: Bent): void {
    const chance = this.#chance;
    for (const field of ['origin', 'right', 'root', 'parent', 'key'] as const) delete struct[field];
    const roll = chance.below(100);
    if (roll < 45) struct.root = chance.pick(ROOTS);
    else if (roll < 60) struct.parent = this.#id();
    else if (roll < 90) struct.origin = this.#id();
    else struct.right = this.#id();
    if (chance.happens(15)) struct.right = this.#id();
    if (chance.happens(40) || struct.root?.startsWith('by:') === true) struct.key = chance.pick(KEYS);
  }

  #fresh(): Bent {
    const struct: Bent = {};
    this.#place(struct);
    this.#content(struct);
    return struct;
  }

  #bend(draft: Draft): void {
    const chance = this.#chance;
    const section = draft.sections[chance.below(Math.max(1, draft.sections.length))];
    const struct = section?.structs[chance.below(Math.max(1, section.structs.length))];
    const roll = chance.below(100);
    if (section === undefined || roll < 12) this.#addSection(draft);
    else if (roll < 22) section.client = chance.pick(this.#clients);
    else if (roll < 30) section.clock = Math.max(0, section.clock + chance.pick([-2, -1, 1, 2]));
    else if (roll < 40) section.structs.splice(chance.below(section.structs.length + 1), 0, this.#fresh());
    else if (roll < 45) section.structs.splice(chance.below(section.structs.length + 1), 1);
    else if (roll < 60 && struct) this.#place(struct);
    else if (roll < 72 && struct) this.#content(struct);
    else if (roll < 80 && struct?.values) struct.values = struct.values.map(() => this.#value());
    else if (roll < 90) draft.deletes.push([this.#id().client, this.#id().clock, chance.pick([1, 1, 2, 5, 100])]);
    else if (roll < 93) draft.deletes.splice(0, 1);
    else this.#merge(draft);
  }

  #addSection(draft: Draft): void {
    const chance = this.#chance;
    const client = chance.pick([4000, 4001, 4002, chance.pick(this.#clients)]);
    const clock = Y.getState(this.room.doc.store, client) + (chance.happens(95) ? 0 : 1);
    draft.sections.push({ client, clock, structs: Array.from({ length: 1 + chance.below(4) }, () => this.#fresh()) });
    draft.sections.sort((a, b) => b.client - a.client);
  }

  #merge(draft: Draft): void {
    const other = this.#draftOf(this.#chance.pick(this.#honest));
    draft.sections.push(
      ...other.sections.filter(({ client }) => draft.sections.every((section) => section.client !== client)),
    );
    draft.deletes.push(...other.deletes);
  }

  /** An honest update, field by field. */
  #draftOf(update: Uint8Array): Draft {
    const { structs, ds } = Y.decodeUpdate(update);
    const draft: Draft = { sections: [], deletes: [] };
    for (const struct of structs) {
      const { client, clock } = struct.id;
      let section = draft.sections.at(-1);
      if (section?.client !== client) draft.sections.push((section = { client, clock, structs: [] }));
      section.structs.push(bentOf(struct));
    }
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) draft.deletes.push([client, clock, len]);
    return draft;
  }
}

function written({ sections, deletes }: Draft): Uint8Array {
  return craft(sections as CraftedSection[], deletes);
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? 5 : value;
}

function bentOf(struct: Y.Item | Y.GC | Y.Skip): Bent {
  if (!(struct instanceof Y.Item)) return { kind: struct instanceof Y.GC ? 0 : 10, length: struct.length };
  const { origin, rightOrigin, parentSub, content } = struct;
  // As decoded, a parent is a name or an id, whatever its type says.
  const parent: unknown = struct.parent;
  const place: Bent = { kind: content.getRef(), origin: origin ?? undefined, right: rightOrigin ?? undefined };
  if (typeof parent === 'string') place.root = parent;
  else if (parent instanceof Y.ID) place.parent = parent;
  if (parentSub !== null) place.key = parentSub;
  if (content instanceof Y.ContentAny) return { ...place, values: content.getContent() };
  const encoder = new Y.UpdateEncoderV1();
  content.write(encoder, 0);
  const bytes = encoding.toUint8Array(encoder.restEncoder);
  return { ...place, write: (to) => encoding.writeUint8Array(to, bytes) };
}
