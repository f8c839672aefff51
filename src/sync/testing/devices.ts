// Devices in one process: the real client engine over a store of its own each, messages moved by hand. Knows no noun: what
// there is to do is in `declared`, who there is in the server that answers. The medium is IndexedDB or memory: one contract
// holds both to the same promises.

import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import type { OutboxEntry, Rejection, SyncState } from '../client/database.ts';
import { begin } from '../client/device-setup.ts';
import type { DeviceStore } from '../client/device-store.ts';
import { discard } from '../client/discard.ts';
import { greet, sayHello } from '../client/greet.ts';
import { queueLocked, takeInLockedEntries } from '../client/locked-entries.ts';
import { sendParcels } from '../client/parcels-out.ts';
import { mutate } from '../client/mutate.ts';
import type { Act, Desk } from '../client/mutate.ts';
import { pullAll } from '../client/pull-loop.ts';
import { pushAll } from '../client/push-loop.ts';
import type { Pushed } from '../client/push-loop.ts';
import { sendAndFetch, speaking, visit } from '../client/talk.ts';
import type { Talk } from '../client/talk.ts';
import { createReader } from '../client/reader.ts';
import type { Reader } from '../client/reader.ts';
import type { DeviceMembership } from '../client/registry.ts';
import { cipherOf } from '../client/vault/cipher.ts';
import { createDeviceKey, generateDataKey, vaultKeysOf } from '../client/vault/keys.ts';
import type { VaultKeys } from '../client/vault/keys.ts';
import { postBy } from '../client/wire.ts';
import type { Refusal } from '../core/mutation.ts';
import { openSealingSession } from '../core/parcel.ts';
import type { SealingSession } from '../core/parcel.ts';
import type { Row } from '../core/record.ts';
import type { Declarations } from '../core/run.ts';
import { lowestOf } from '../core/versions.ts';
import type { Medium } from './medium.ts';
import { FaultyWire } from './wire-faults.ts';
import type { Door } from './wire-faults.ts';

export interface DeviceOwner {
  readonly member: string;
  readonly practice: string;
}

interface Making {
  readonly declared: Declarations;
  readonly owner: DeviceOwner;
  readonly wire: FaultyWire;
  readonly medium: Medium;
  readonly keys: VaultKeys;
  readonly membership: DeviceMembership;
  readonly now: () => Date;
  readonly sessions: Map<string, SealingSession>;
  readonly protocols?: readonly number[] | undefined;
}

export interface DeviceOptions {
  readonly medium: Medium;
  readonly now?: () => Date;
  /** What the device's own release declares, where it is another than the server's. */
  readonly declared: Declarations;
  /** The protocols that its release speaks; this one's, where nothing is said. */
  readonly protocols?: readonly number[];
}

export class Device {
  readonly wire: FaultyWire;
  readonly membership: DeviceMembership;
  readonly #made: Making;
  readonly #talk: Talk = { protocol: null };
  #open: { readonly desk: Desk; readonly reader: Reader } | null = null;

  private constructor(made: Making) {
    this.#made = made;
    this.wire = made.wire;
    this.membership = made.membership;
  }

  /** A fresh device that has said hello and fetched nothing yet. */
  static async setUp(owner: DeviceOwner, door: Door, options: DeviceOptions): Promise<Device> {
    const { declared, medium, now = () => new Date(), protocols } = options;
    const wire = new FaultyWire(door);
    const device = newId();
    const who = { practice: owner.practice, membership: owner.member, device };
    const { sealing, membership: hers } = await sayHello(postBy(wire.send, { bare: true }), who, protocols);
    const { keys, deviceKey } = await (medium.tokens === 'plain' ? oneForAll() : freshKeys());
    const membership = { ...membershipOf(owner), deviceKey };
    await begin(medium.open(owner.member, null), { device, sealing, ...(hers.user && { user: hers.user }) });
    const sessions = new Map();
    const opened = new Device({ declared, owner, wire, medium, keys, membership, now, sessions, protocols });
    await opened.unlock();
    return opened;
  }

  /** A device whose store is there already. */
  static async onMedium(owner: DeviceOwner, door: Door, options: DeviceOptions): Promise<Device> {
    const { now = () => new Date(), ...rest } = options;
    const { keys, deviceKey } = await oneForAll();
    const membership = { ...membershipOf(owner), deviceKey };
    const made = { ...rest, owner, wire: new FaultyWire(door), keys, membership, now, sessions: new Map() };
    const device = new Device(made);
    await device.unlock();
    return device;
  }

  /** Opens the store under its keys, and takes in what was written while it was locked. */
  async unlock(): Promise<void> {
    const { declared, owner, medium, keys, membership, now } = this.#made;
    const cipher = cipherOf(keys);
    const store = medium.open(owner.member, cipher);
    const session = await this.#sealingSession((await store.state()).sealing);
    const desk: Desk = {
      store,
      declared,
      cipher: medium.tokens === 'plain' ? PLAIN : cipher,
      memberId: owner.member,
      sealParcel: (header, plain) => session.seal(header, plain),
      now,
    };
    await takeInLockedEntries(desk, membership.deviceKey, keys);
    this.#open = { desk, reader: createReader(store, desk, owner.member) };
  }

  /** One a device, not one an opening: agreeing a key costs more than all else that an opening does. */
  async #sealingSession(sealing: SyncState['sealing']): Promise<SealingSession> {
    const { sessions } = this.#made;
    const session = sessions.get(sealing.keyId) ?? (await openSealingSession(sealing));
    sessions.set(sealing.keyId, session);
    return session;
  }

  /** Lets the keys go, as a lock or the page's end does. What is under way is cut off. */
  lock(): void {
    this.desk.store.close();
    this.#open = null;
  }

  /** The page is closed and opened again. */
  async restart(): Promise<void> {
    this.lock();
    await this.unlock();
  }

  get desk(): Desk {
    return must(this.#open, 'an unlocked device').desk;
  }

  get store(): DeviceStore {
    return this.desk.store;
  }

  get reader(): Reader {
    return must(this.#open, 'an unlocked device').reader;
  }

  act(name: string, args: JsonObject, more: Omit<Act, 'name' | 'args'> = {}): Promise<Refusal | undefined> {
    return mutate(this.desk, { name, args, ...more });
  }

  discard(n: number): Promise<void> {
    return discard(this.desk, n);
  }

  /** Says hello as an opened workspace does. */
  greet(): Promise<number> {
    return greet(this.desk, this.#line());
  }

  /** Pushes, greets where that was not done yet, and exchanges: what one run of the app does. */
  visit(): Promise<Pushed> {
    return visit(this.desk, this.#line(), this.#talk);
  }

  /** Pushes and pulls once; throws as the engine does. */
  exchange(): Promise<Pushed> {
    return sendAndFetch(this.desk, this.#spoken());
  }

  push(): Promise<Pushed> {
    return pushAll(this.desk, this.#spoken());
  }

  pull(): Promise<{ pushAgain: boolean }> {
    return pullAll(this.desk, this.#spoken());
  }

  /** Writes on the lock screen. */
  async actLocked(name: string, args: JsonObject, at: string): Promise<void> {
    const { declared, owner, medium } = this.#made;
    const store = medium.open(owner.member, null);
    await queueLocked({ store, declared, membership: this.membership }, { name, args, at });
    store.close();
  }

  /** Sends from the lock screen, or from a worker. */
  async sendLocked(): Promise<number> {
    const store = this.#made.medium.open(this.#made.owner.member, null);
    try {
      return await sendParcels({ store, membership: this.membership }, this.#line());
    } finally {
      store.close();
    }
  }

  /** Another device with everything that this one holds, as a copied profile or a restored backup of a phone is. */
  async copy(): Promise<Device> {
    const medium = await this.#made.medium.copy(this.#made.owner.member);
    const twin = new Device({ ...this.#made, medium, wire: new FaultyWire(this.wire.door) });
    await twin.unlock();
    return twin;
  }

  /** Another tab on the same store. */
  async otherTab(): Promise<Device> {
    const tab = new Device({ ...this.#made });
    await tab.unlock();
    return tab;
  }

  /** The same store under another release of the app: what is open here is closed. */
  async updated(release: Pick<DeviceOptions, 'declared' | 'protocols'>): Promise<Device> {
    this.lock();
    const next = new Device({ ...this.#made, protocols: undefined, ...release });
    await next.unlock();
    return next;
  }

  /** The device's own time. */
  nowText(): string {
    return this.#made.now().toISOString();
  }

  rows(type: string): Promise<Row[]> {
    return this.reader.all(type);
  }

  state(): Promise<SyncState> {
    return this.store.state();
  }

  unsent(): Promise<OutboxEntry[]> {
    return this.store.outbox.unsent();
  }

  rejections(): Promise<Rejection[]> {
    return this.store.rejections.all();
  }

  /** Everything in the store, as its owner reads it. */
  async opened(): Promise<string> {
    const types = Object.keys(this.#made.declared.recordTypes);
    const { rows, outbox, kept, rejections, drafts } = this.store;
    const shown = await Promise.all(types.map((type) => rows.ofType(this.desk.cipher.token(type))));
    const bases = await Promise.all((await this.state()).spaces.map(({ space }) => this.store.bases.ofSpace(space)));
    const all = [outbox.all(), kept.all(), rejections.all(), drafts.all(), this.state()];
    return JSON.stringify([shown, bases, await Promise.all(all)]);
  }

  /** The medium, for tests that look at it, or change it, past the keys. */
  get medium(): Medium {
    return this.#made.medium;
  }

  #line() {
    // The bare way costs a tenth; devices in IndexedDB go the whole one.
    const bare = this.#made.medium.tokens === 'plain';
    const { owner, protocols } = this.#made;
    return { post: postBy(this.wire.send, { bare }), practice: owner.practice, ...(protocols && { protocols }) };
  }

  /** In what was agreed, or what every server takes. */
  #spoken() {
    return speaking(this.#line(), this.#talk.protocol ?? lowestOf(this.#made.protocols));
  }
}

async function freshKeys() {
  const keys = vaultKeysOf(generateDataKey());
  return { keys, deviceKey: await createDeviceKey(keys) };
}

/** In memory nothing is sealed under them but entries of the lock screen: devices may share them. */
let shared: ReturnType<typeof freshKeys> | undefined;
const oneForAll = () => (shared ??= freshKeys());

const PLAIN = { token: (word: string) => word };

function membershipOf({ member, practice }: DeviceOwner) {
  const usedAt = new Date().toISOString();
  return { id: member, practice, name: 'test', roles: [], wraps: [], lockScreen: {}, usedAt };
}
