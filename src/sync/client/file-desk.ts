// Files of one membership: sealed under a key of their own before they are kept, opened with the key that the row names. What
// is not here is fetched and kept as long as there is room. Promises that what is put here is on the disk when the promise
// resolves, and that what is opened is what was meant: its id is the digest of its bytes.

import { base64urlToBytes, bytesToBase64url } from '../../base/base64url.ts';
import { isFileId } from '../core/files.ts';
import type { Space } from '../core/record.ts';
import { countUse } from './data-use.ts';
import type { FileRecord } from './database.ts';
import type { DeviceStore } from './device-store.ts';
import { hourOf } from './local-rows.ts';
import type { DeviceMembership } from './registry.ts';
import { unlessFull } from './store-troubles.ts';

/** What a row says of a file: which, what opens it, and how long its ciphertext is. */
export interface FileRef {
  readonly id: string;
  readonly key: string;
  readonly size: number;
}

type Bytes = Uint8Array<ArrayBuffer>;
type Found = Bytes | 'refused' | null;

export interface FileDesk {
  /** Keeps a file with a small form of it here, for a form that may be saved. Throws `DeviceFull`. */
  keep(space: Space, file: { whole: Bytes; small: Bytes }): Promise<{ whole: FileRef; small: FileRef }>;
  /** Keeps a file that has no small form. Throws `DeviceFull`. */
  keepOne(space: Space, bytes: Bytes): Promise<FileRef>;
  /** Lets go of what was kept for a form that names it no more; what an act has named meanwhile stays. */
  letGo(id: string): Promise<void>;
  /**
   * Its bytes; null where it is neither here nor to be had now, or is not what was meant. `refused`: the server has looked into it, and
   * gives it to nobody any more.
   */
  open(space: Space, ref: FileRef): Promise<Found>;
}

const NONCE_BYTES = 12;
const KEY_BYTES = 32;
/** What the server answers to who may read a file that is no photo and no voice note. */
const REFUSED = 422;

/** Opens the desk, and lets go of what no form or act on this device names any more. */
export function openFileDesk(
  store: DeviceStore,
  { practice }: Pick<DeviceMembership, 'practice'>,
  get = fetch,
): FileDesk {
  const coming = new Map<string, Promise<Found>>();

  async function fetched(space: Space, { id, size }: FileRef): Promise<Found> {
    const answer = await get(`/api/files/${practice}/${id}`, {
      credentials: 'same-origin',
      // It is kept here; the browser need not keep it a second time.
      cache: 'no-store',
    }).catch(() => null);
    if (answer?.status === REFUSED) return 'refused';
    if (!answer?.ok) return null;
    const bytes = await answer.arrayBuffer().then(
      (whole) => new Uint8Array(whole),
      () => null,
    );
    countUse('received', bytes?.length ?? 0);
    if (bytes?.length !== size || (await digestOf(bytes)) !== id) return null;
    await put(store, [{ record: recordOf({ id, space, bytes }, 'cached'), bytes }], 'spare').catch(unlessFull);
    return bytes;
  }

  function got(space: Space, ref: FileRef): Promise<Found> {
    const asked = coming.get(ref.id) ?? fetched(space, ref).finally(() => coming.delete(ref.id));
    coming.set(ref.id, asked);
    return asked;
  }

  void letGoUnnamed(store).catch(() => undefined);
  return {
    async keep(space, { whole, small }) {
      const [one, other] = [await seal(whole), await seal(small)];
      await put(store, [
        { record: { ...recordOf({ ...one, space }, 'local'), small: other.id }, bytes: one.bytes },
        { record: { ...recordOf({ ...other, space }, 'local'), of: one.id }, bytes: other.bytes },
      ]);
      return { whole: refOf(one), small: refOf(other) };
    },
    async keepOne(space, plain) {
      const sealed = await seal(plain);
      await put(store, [{ record: recordOf({ ...sealed, space }, 'local'), bytes: sealed.bytes }]);
      return refOf(sealed);
    },
    letGo: (id) =>
      store.transaction(async ({ files }) => {
        const [file] = await files.get([id]);
        if (file?.state === 'local') await files.delete([id]);
      }),
    async open(space, ref) {
      if (!isFileId(ref.id)) return null;
      const here = (await store.files.bytesOf(ref.id)) as Bytes | undefined;
      const bytes = here ?? (await got(space, ref));
      return bytes instanceof Uint8Array ? unseal(ref.key, bytes) : bytes;
    },
  };
}

type Kept = { readonly record: FileRecord; readonly bytes: Bytes };

function put(store: DeviceStore, files: readonly Kept[], room?: 'spare'): Promise<void> {
  return store.transaction(async (tx) => {
    await tx.files.put(files.map(({ record }) => record));
    for (const { record, bytes } of files) await tx.files.putBytes(record.id, bytes);
  }, room);
}

interface Sealed {
  readonly id: string;
  readonly key: string;
  readonly bytes: Bytes;
}

const refOf = ({ id, key, bytes }: Sealed): FileRef => ({ id, key, size: bytes.length });

function recordOf(
  { id, space, bytes }: { id: string; space: Space; bytes: Bytes },
  state: FileRecord['state'],
): FileRecord {
  return { id, space, bytes: bytes.length, state, offset: 0, spoilt: 0, hour: hourOf(new Date().toISOString()) };
}

/** Ciphertext under a key that is used once: nonce, then AES-256-GCM. */
async function seal(plain: Bytes): Promise<Sealed> {
  const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain));
  const bytes = new Uint8Array(NONCE_BYTES + sealed.length);
  bytes.set(iv);
  bytes.set(sealed, NONCE_BYTES);
  return { id: await digestOf(bytes), key: bytesToBase64url(raw), bytes };
}

async function unseal(key: string, bytes: Bytes): Promise<Bytes | null> {
  const raw = base64urlToBytes(key);
  if (raw?.length !== KEY_BYTES || bytes.length < NONCE_BYTES) return null;
  const opener = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  const how = { name: 'AES-GCM', iv: bytes.slice(0, NONCE_BYTES) };
  return crypto.subtle.decrypt(how, opener, bytes.slice(NONCE_BYTES)).then(
    (plain) => new Uint8Array(plain),
    () => null,
  );
}

async function digestOf(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const FORM_MS = 24 * 60 * 60_000;

/** Files of forms that were given up: old, and named by no draft, no unsent act and nothing that came back. */
async function letGoUnnamed(store: DeviceStore): Promise<void> {
  const local = (await store.files.inState('local')).filter(
    ({ hour }) => Date.now() - Date.parse(`${hour}:00:00.000Z`) > FORM_MS,
  );
  if (local.length === 0) return;
  await store.transaction(async (tx) => {
    const held = JSON.stringify([await tx.drafts.all(), await tx.outbox.unsent(), await tx.rejections.all()]);
    await tx.files.delete(local.map(({ id }) => id).filter((id) => !held.includes(id)));
  });
}
