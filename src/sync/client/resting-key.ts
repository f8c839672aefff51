// Where an opened personal key rests on a device: among what is kept for this device alone, sealed under its data key, so that it is
// there after every unlock and goes with the device's store. It is never sent. No table of its own: a new version of the store would shut out
// tabs of the release before.

import { base64urlToBytes, bytesToBase64url } from '../../base/base64url.ts';
import type { Reader } from './reader.ts';
import type { PersonalKey } from './vault/personal-key.ts';
import type { Workspace } from './workspace.ts';

const placeOf = (id: string): string => `personal-key:${id}`;

/** Keeps it; when the promise resolves, the disk has it. */
export function restKey(keep: Workspace['keepDraft'], { id, secret }: PersonalKey): Promise<void> {
  return keep(placeOf(id), { secret: bytesToBase64url(secret) });
}

/** The key of this id, where it was opened on this device; null where it was not. */
export async function restingKey(reader: Pick<Reader, 'draft'>, id: string): Promise<PersonalKey | null> {
  const secret = (await reader.draft(placeOf(id)))?.content['secret'];
  const bytes = typeof secret === 'string' ? base64urlToBytes(secret) : null;
  return bytes && { id, secret: bytes };
}
