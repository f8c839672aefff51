// One unlocked membership: its database, keys in memory, the exchange and its triggers. Closing it forgets the keys.

import type { JsonObject } from '../../base/json.ts';
import type { Refusal } from '../core/mutation.ts';
import type { Declarations, RecordTypes } from '../core/run.ts';
import { countUseFor } from './data-use.ts';
import type { FileRecord, OutboxEntry, Rejection } from './database.ts';
import type { FileDesk } from './file-desk.ts';
import { askToSendInBackground } from './background.ts';
import { openDexieStore } from './dexie-store.ts';
import { keepDraft } from './drafts.ts';
import { asOne } from './files-as-one.ts';
import { exchangeWhenLoaded } from './exchange-when-loaded.ts';
import type { ExchangeState } from './exchange.ts';
import type { DeviceStore } from './device-store.ts';
import type { DocDesk } from './docs.ts';
import type { Act } from './mutate.ts';
import { createReader } from './reader.ts';
import { roomWhenNeeded } from './room-when-needed.ts';
import type { Reader } from './reader.ts';
import type { DeviceMembership } from './registry.ts';
import type { ShareDesk } from './shares.ts';
import { createStatus } from './status.ts';
import { unlessFull } from './store-troubles.ts';
import { keepNote } from './store-note.ts';
import type { Status } from './status.ts';
import { cipherOf } from './vault/cipher.ts';
import type { VaultKeys } from './vault/keys.ts';
import { whenAsked } from './when-asked.ts';
import { post } from './wire.ts';

/** What the app's nouns are to a device: what is read, at once; what can be done, fetched behind the first screen. */
export interface Nouns extends RecordTypes {
  declarations(): Promise<Declarations>;
}

export interface Workspace {
  readonly membership: DeviceMembership;
  readonly reader: Reader;
  readonly status: Status;
  /** Does an act; when the promise resolves, it is safe on the disk. One `ofMany` is not sent by it: its caller says when. */
  mutate(act: Act, how?: { readonly ofMany: boolean }): Promise<Refusal | undefined>;
  /** Keeps what is being typed; an empty `content` removes it. */
  keepDraft(id: string, content: JsonObject | null): Promise<void>;
  unsent(): Promise<OutboxEntry[]>;
  /** Files that wait to be sent or were refused, a file and its small form as one. */
  unsentFiles(): Promise<FileRecord[]>;
  /** Where files are put and opened; fetched when one is. */
  files(): Promise<FileDesk>;
  /** Where documents are opened and changed; fetched when one is. */
  docs(): Promise<DocDesk>;
  /** What another app has handed to this one for this person. */
  shares(): Promise<ShareDesk>;
  rejections(): Promise<Rejection[]>;
  /** Gives up one unsent act, by its author's choice: its number is kept, its words and effect go. */
  discard(n: number): Promise<void>;
  discardRejection(mid: string): Promise<void>;
  /** Queues what was refused once more, as a new act with the same words; undefined where the device now accepts it. */
  resend(mid: string): Promise<Refusal | undefined>;
  /** Sends and fetches now: somebody asked. */
  exchangeNow(): void;
  /** The same, with the files that were refused or put off. */
  sendFilesAgain(only?: string): Promise<void>;
  /** Gives up a file that was not sent, by its author's choice. */
  giveUpFile(id: string): Promise<void>;
  /** How many bytes of files that can be fetched again lie here, and taking them off the device. */
  spareBytes(): Promise<number>;
  freeSpare(): Promise<void>;
  settled(): Promise<void>;
  /** Stops everything. The keys go with the page, which the caller reloads. */
  close(): void;
}

/** Opens the membership's database under its keys and starts the exchange. */
export async function openWorkspace(nouns: Nouns, membership: DeviceMembership, keys: VaultKeys): Promise<Workspace> {
  countUseFor(membership.id);
  const cipher = cipherOf(keys);
  const store = openDexieStore(membership.id, cipher, roomWhenNeeded(nouns.recordTypes, cipher));
  const ground = { store, cipher, memberId: membership.id, now: () => new Date() };
  const acting = whenAsked(async () => {
    const [{ openDesk }, { mutate }, declared] = await Promise.all([
      import('./desk.ts'),
      import('./mutate.ts'),
      nouns.declarations(),
    ]);
    return { desk: await openDesk(ground, declared), mutate };
  });
  const reading = { ...ground, declared: nouns };
  if (await wasWrittenTo(store)) {
    const { takeInLockedEntries } = await import('./locked-entries.ts');
    // On a full device they wait for another opening, and go out as the parcels they are.
    await takeInLockedEntries((await acting()).desk, membership.deviceKey, keys).catch(unlessFull);
  }
  const status = createStatus(store, (counts) => keepNote(membership, counts));
  const line = { post, practice: membership.practice };
  const onState = (next: ExchangeState) => status.exchange(next);
  const exchange = exchangeWhenLoaded(async () => (await acting()).desk, line, { membership, onState });
  let fileDesk: Promise<FileDesk> | undefined;
  exchange.start();
  const written = () => {
    exchange.start('byPerson');
    // The page may be closed before it could send.
    void askToSendInBackground();
  };
  const filesHere = () => import('./files-here.ts');
  return {
    membership,
    reader: createReader(store, reading, membership.id),
    status,
    mutate: async (act, how) => {
      const { desk, mutate } = await acting();
      const refusal = await mutate(desk, act);
      if (refusal === undefined && !how?.ofMany) written();
      return refusal;
    },
    keepDraft: (id, content) => keepDraft(reading, id, content),
    unsent: () => store.outbox.unsent(),
    unsentFiles: async () => asOne(await store.files.inState('queued', 'uploading', 'refused')),
    files: () => (fileDesk ??= import('./file-desk.ts').then((m) => m.openFileDesk(store, membership))),
    docs: async () => (await import('./docs.ts')).openDocDesk((await acting()).desk, written),
    shares: async () => (await import('./shares.ts')).openShareDesk(membership, keys),
    rejections: () => store.rejections.all(),
    discard: async (n) => (await import('./discard.ts')).discard((await acting()).desk, n),
    discardRejection: (mid) => store.rejections.delete(mid),
    resend: async (mid) => {
      const { resend } = await import('./discard.ts');
      const refusal = await resend((await acting()).desk, mid);
      written();
      return refusal;
    },
    exchangeNow: written,
    sendFilesAgain: async (only) => {
      await (await filesHere()).queueAgain(store, only);
      exchange.start('byPerson');
    },
    giveUpFile: async (id) => (await filesHere()).giveUpFile(store, id),
    spareBytes: async () => (await filesHere()).spareBytes(store),
    freeSpare: async () => (await filesHere()).freeSpare(store),
    settled: () => exchange.settled(),
    close() {
      exchange.stop();
      status.stop();
      store.close();
    },
  };
}

/** Whether the lock screen has left something to be read now. */
async function wasWrittenTo({ outbox, rejections }: DeviceStore): Promise<boolean> {
  return [...(await outbox.all()), ...(await rejections.all())].some(({ locked }) => locked !== undefined);
}
