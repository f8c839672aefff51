// The people of the test clinic on devices of their own, with the words they use: what the journeys share.

import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { declared } from '../../features/shared.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { USER_HEADER } from '../../../server/testing/sync-server.ts';
import type { SyncServer } from '../../../server/testing/sync-server.ts';
import { Device } from './devices.ts';
import type { DeviceOptions } from './devices.ts';
import { DexieMedium, memoryMedium } from './medium.ts';

/** A fresh device of a person, signed in; in IndexedDB, where nothing else is said. */
export function deviceOf(server: SyncServer, name: Name, options: Partial<DeviceOptions> = {}): Promise<Device> {
  const { member, user, practice } = server.clinic.people[name];
  const deliver = (request: Request) => server.fetch(request);
  const door = { deliver, headers: { [USER_HEADER]: user } };
  return Device.setUp({ member, practice }, door, { declared, medium: new DexieMedium(), ...options });
}

/** One whose store is memory, for tests to which it is all one: two thirds of what a device costs were its IndexedDB. */
export function plainDeviceOf(server: SyncServer, name: Name): Promise<Device> {
  return deviceOf(server, name, { medium: memoryMedium() });
}

/** What every act says of itself. */
export function said(by: string, now = new Date()): { by: string; at: string; zone: string } {
  return { by, at: now.toISOString(), zone: 'America/Chicago' };
}

export const ADD_ENTRY = 'journal.addEntry';

/** Words of an entry in one's own journal. */
export function entryOf(server: SyncServer, name: Name, text: string): JsonObject & { id: string } {
  const { member, client } = server.clinic.people[name];
  return { ...said(member), id: newId(), client, kind: 'reflection', content: { text } };
}

/** Words about an entry: a comment, a revision, a review. */
export function onEntry(server: SyncServer, by: Name, entry: JsonObject & { id: string }, rest: JsonObject = {}) {
  return { ...said(server.clinic.people[by].member), id: newId(), client: entry.client, entry: entry.id, ...rest };
}

/** The texts of the entries a device shows, in order of their words. */
export async function entriesOn(device: Device): Promise<string[]> {
  const rows = await device.rows('journalEntry');
  return rows.map((row) => String((row.fields.content as JsonObject).text)).sort();
}

export async function commentsOn(device: Device): Promise<string[]> {
  return (await device.rows('journalComment')).map((row) => String(row.fields.body)).sort();
}
