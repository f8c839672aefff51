// Cards of the harness's board, as the journeys write and read them: Ana's, by her and by her care team.

import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { SyncServer, SyncServerOptions } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import type { Row } from '../core/record.ts';
import { openConflicts } from '../core/heads.ts';
import { declared } from './board.ts';
import type { Device } from './devices.ts';
import { memoryMedium } from './medium.ts';
import { deviceOf, said } from './people.ts';

/** A server that knows cards. */
export function startBoardServer(options: Omit<SyncServerOptions, 'declared'> = {}) {
  return startMemoryServer({ ...options, declared });
}

/** A fresh device in memory that knows cards; `now` is its clock. */
export function boardDeviceOf(server: SyncServer, name: Name, now?: () => Date): Promise<Device> {
  return deviceOf(server, name, { declared, medium: memoryMedium(), ...(now && { now }) });
}

/** What an act on a card of Ana's says beside its changes. */
export function onCard(server: SyncServer, device: Device, id: string): JsonObject {
  return { ...said(device.desk.memberId, device.desk.now()), client: server.clinic.people.ana.client, id };
}

/** Adds a card to Ana's board and returns its id. */
export async function addCard(server: SyncServer, device: Device, card: JsonObject): Promise<string> {
  const id = newId();
  const refusal = await device.act('card.add', {
    ...onCard(server, device, id),
    card: { title: '', note: '', ...card },
  });
  if (refusal !== undefined) throw new Error(`a card was refused: ${refusal.code}`);
  return id;
}

export function changeCard(server: SyncServer, device: Device, { id, ...changes }: JsonObject & { id: string }) {
  return device.act('card.change', { ...onCard(server, device, id), changes });
}

export function removeCard(server: SyncServer, device: Device, id: string) {
  return device.act('card.remove', onCard(server, device, id));
}

/** The card as a device shows it, which must be there. */
export async function cardOn(device: Device, id: string): Promise<Row> {
  return must(await device.reader.get('card', id), 'a card');
}

/** The values between which a person has to choose, by field, each list in alphabetical order. */
export async function openOn(device: Device, id: string): Promise<Record<string, unknown[]>> {
  const { heads } = await cardOn(device, id);
  return Object.fromEntries(openConflicts(heads).map((one) => [one.field, one.heads.map(({ value }) => value).sort()]));
}

/** The titles of the cards a device shows, in alphabetical order. */
export async function titlesOn(device: Device): Promise<string[]> {
  return (await device.rows('card')).map((row) => String(row.fields['title'])).sort();
}

/** Lets devices exchange one after the other. */
export async function exchangeAll(...devices: Device[]): Promise<void> {
  for (const device of devices) await device.exchange();
}
