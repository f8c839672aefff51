// What a history must answer well: is everything there that a person was told is saved, or explained to its author? Is nothing
// there twice? Did every value that is gone go by the hand of somebody who had it in view? Do all devices show what the server
// shows them? Has nothing reached anybody that is not his? It judges by what people did and saw, not by versions: another way
// to the answer than the engine's.

import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import type { Act } from '../client/mutate.ts';
import { Weather } from '../client/wire.ts';
import { openConflicts } from '../core/heads.ts';
import type { Mutation } from '../core/mutation.ts';
import type { Row } from '../core/record.ts';
import { declared } from './board.ts';
import type { Device } from './devices.ts';
import type { Actor, World } from './history.ts';
import { plainDeviceOf } from './people.ts';

const FIELDS = ['title', 'note'] as const;
type Field = (typeof FIELDS)[number];

/** A value that somebody gave a field, and the values of it that he had in view. */
interface Write {
  readonly card: string;
  readonly field: Field;
  readonly value: string;
  readonly inView: ReadonlySet<string>;
}

export class Memory {
  /** Every row whose making was confirmed to its author. */
  readonly #made = new Map<string, { readonly by: Actor['name']; readonly name: string }>();
  readonly #copied = new Set<Actor['name']>();
  readonly #writes: Write[] = [];
  readonly #removals: { readonly card: string; readonly inView: ReadonlySet<string> }[] = [];
  /** Ids of rows and values of fields that their author gave up. */
  readonly #givenUp = new Set<string>();
  readonly #sentAgain = new Set<string>();
  readonly #faults: string[] = [];
  /** Per device, how much had crossed when the shield was last put up; absent while it is down. */
  #shieldedFrom: Map<Device, number> | null = null;

  hear(fault: string): void {
    this.#faults.push(fault);
  }

  /** Trouble that is not weather is a fault. */
  hearExchange(error: unknown): void {
    if (!(error instanceof Weather)) this.hear(`an exchange ended with ${String(error)}`);
  }

  /** What the person sees of the card that he is about to act on. */
  async inView(device: Device, { args }: Act): Promise<readonly string[]> {
    const row = await device.reader.get('card', String(args['id']));
    return row === undefined ? [] : FIELDS.flatMap((field) => valuesOf(row, field));
  }

  saved(
    { name }: Pick<Actor, 'name'>,
    { name: act, args }: Pick<Act, 'name' | 'args'>,
    inView: readonly string[],
  ): void {
    const id = String(args['id']);
    const seen = new Set(inView);
    if (act === 'card.remove') this.#removals.push({ card: id, inView: seen });
    else if (act === 'card.change') this.#note(id, args['changes'] as JsonObject, seen);
    else this.#made.set(id, { by: name, name: `${name}'s ${act}` });
    if (act === 'card.add') this.#note(id, args['card'] as JsonObject, seen);
  }

  sentAgain(actor: Actor, { name, args }: Pick<Mutation, 'name' | 'args'>): void {
    // A copy of the profile may still hold the refusal.
    this.#sentAgain.add(String(args['id']));
    // What its author sees when he sends it again is not asked: it may supersede anything.
    if (name === 'card.change' || name === 'card.remove')
      this.#removals.push({ card: String(args['id']), inView: EVERYTHING });
    else this.saved(actor, { name, args }, []);
  }

  copied(by: Actor['name']): void {
    this.#copied.add(by);
  }

  givenUp(args: JsonObject): void {
    if (args['changes'] === undefined) this.#givenUp.add(String(args['id']));
    for (const value of Object.values((args['changes'] ?? {}) as JsonObject)) this.#givenUp.add(String(value));
  }

  shielded(world: World, isShielded: boolean): void {
    const own = world.actors.filter(({ name }) => name === 'ana');
    this.#lookForSensitive();
    this.#shieldedFrom = isShielded ? new Map(own.map(({ device }) => [device, device.wire.crossed.length])) : null;
  }

  async verdict(world: World): Promise<string[]> {
    this.#lookForSensitive();
    const { server, actors } = world;
    const faults = [...this.#faults, ...server.bugs.map((bug) => `a bug: ${String(bug)}`)];
    const truths = new Map<Actor['name'], Map<string, string>>();
    for (const { name } of actors) truths.set(name, truths.get(name) ?? (await freshView(world, name)));
    for (const [i, { name, device }] of actors.entries()) {
      faults.push(...(await this.#judgeDevice(device, must(truths.get(name), 'a truth'), `device ${i} (${name})`)));
      if (world.decided.shielded && name === 'ana' && /"(weight|secret)":/.test(await device.opened()))
        faults.push(`device ${i} (${name}) holds what is sensitive`);
    }
    faults.push(...(await this.#judgeActs(world, must(truths.get('lee'), 'what Lee sees'))));
    return faults;
  }

  #note(card: string, given: JsonObject, inView: ReadonlySet<string>): void {
    for (const field of FIELDS) {
      const value = given[field];
      if (typeof value === 'string') this.#writes.push({ card, field, value, inView });
    }
  }

  #lookForSensitive(): void {
    for (const [device, from] of this.#shieldedFrom ?? []) {
      const told = device.wire.crossed.slice(from).filter(({ answer }) => /"(weight|secret)":/.test(answer));
      if (told.length > 0) this.hear('what is sensitive was sent to a shielded device');
    }
  }

  async #judgeDevice(device: Device, truth: ReadonlyMap<string, string>, who: string): Promise<string[]> {
    const shown = await viewOf(device);
    const faults: string[] = [];
    for (const key of truth.keys()) if (!shown.has(key)) faults.push(`${who} lacks ${key}`);
    for (const [key, row] of shown) {
      if (truth.get(key) !== row) faults.push(`${who} shows ${row}, the server ${truth.get(key)}`);
    }
    if ((await device.store.outbox.count()) > 0) faults.push(`${who} still has an outbox`);
    if ((await device.store.bases.count()) > 0) faults.push(`${who} still has bases`);
    return faults;
  }

  async #judgeActs({ actors }: World, truth: ReadonlyMap<string, string>): Promise<string[]> {
    const rejections = (await Promise.all(actors.map(({ device }) => device.rejections()))).flat();
    const explained = new Set(rejections.flatMap(({ mutation }) => (mutation ? namesOf(mutation) : [])));
    const faults = rejections
      .filter(({ code, mutation }) => {
        // Each of two copies of a profile may be asked to send the same words again.
        if (code === 'already-there') return !this.#sentAgain.has(String(mutation?.args['id']));
        return code === 'failed' || code === 'parcel-unreadable';
      })
      .map(({ code }) => `something came back as ${code}`);
    const rows = new Map([...truth.values()].map((text) => JSON.parse(text) as Row).map((row) => [row.id, row]));
    const removed = new Set(this.#removals.map(({ card }) => card));
    for (const [id, { by, name }] of this.#made) {
      const isThere = rows.has(id);
      const isAccounted = isThere || explained.has(id) || this.#givenUp.has(id) || removed.has(id);
      if (!isAccounted) faults.push(`${name} ${id} is lost`);
      // Of two copies of a profile each may have had another answer, in another life of the server.
      const isTold = this.#sentAgain.has(id) || this.#copied.has(by);
      if (isThere && explained.has(id) && !isTold) faults.push(`${name} ${id} is there and came back as refused`);
    }
    const silent = this.#writes.filter((write) => !this.#isAnswered(write, { rows, explained }));
    return [...faults, ...silent.map(({ card, field, value }) => `the ${field} ${value} of ${card} is lost`)];
  }

  /** A value is in view, or gone by somebody who had it in view, or back with its author. */
  #isAnswered(write: Write, now: { rows: ReadonlyMap<string, Row>; explained: ReadonlySet<string> }): boolean {
    const { card, field, value } = write;
    const row = now.rows.get(card);
    if (row !== undefined && valuesOf(row, field).includes(value)) return true;
    if (now.explained.has(value) || this.#givenUp.has(value) || this.#givenUp.has(card) || now.explained.has(card))
      return true;
    const later = this.#writes.some((other) => other.card === card && other.field === field && other.inView.has(value));
    const had = (seen: ReadonlySet<string>) => seen === EVERYTHING || seen.has(value);
    return later || this.#removals.some((removal) => removal.card === card && had(removal.inView));
  }
}

const EVERYTHING: ReadonlySet<string> = new Set();

function namesOf({ name, args }: Pick<Mutation, 'name' | 'args'>): string[] {
  if (name === 'card.remove') return [];
  if (args['changes'] === undefined) return [String(args['id'])];
  return Object.values(args['changes'] as JsonObject).map(String);
}

function valuesOf(row: Row, field: Field): string[] {
  const open = openConflicts(row.heads).find((conflict) => conflict.field === field);
  return [row.fields[field], ...(open?.heads.map(({ value }) => value) ?? [])].map(String);
}

async function freshView(world: World, name: Actor['name']): Promise<Map<string, string>> {
  const fresh = await plainDeviceOf(world.server, name);
  await fresh.exchange();
  const view = await viewOf(fresh);
  fresh.lock();
  return view;
}

/** Every row a device shows, by type and id. */
async function viewOf(device: Device): Promise<Map<string, string>> {
  const rows = await Promise.all(Object.keys(declared.recordTypes).map((type) => device.rows(type)));
  return new Map(rows.flat().map((row) => [`${row.type}/${row.id}`, textOf(row)]));
}

/** Without the device ids of heads: only one of a person's devices knows its own by name. */
function textOf({ heads, ...row }: Row): string {
  const shown = Object.entries(heads ?? {}).map(([field, found]) => [
    field,
    found.map(({ device: _, ...head }) => head),
  ]);
  return JSON.stringify({ ...row, ...(shown.length > 0 && { heads: Object.fromEntries(shown) }) });
}
