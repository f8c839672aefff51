// A clinic over PostgreSQL whose clock a test sets, and devices of its people that tell what came to them.

import { CHAT } from '../../../src/features/chat/doc-names.ts';
import { conversationIdOf } from '../../../src/features/chat/schema.ts';
import { declared } from '../../../src/features/shared.ts';
import type { Device } from '../../../src/sync/testing/devices.ts';
import { memoryMedium } from '../../../src/sync/testing/medium.ts';
import { deviceOf } from '../../../src/sync/testing/people.ts';
import { shapesOf } from '../../accept/shapes.ts';
import type { Database } from '../../store/database.ts';
import type { Name } from '../../testing/clinic.ts';
import { startPgServer } from '../../testing/sync-server.ts';

export const HOUR = 3_600_000;
export const BEGIN = Date.parse('2026-06-10T12:00:00.000Z');
export const START = new Date(BEGIN + HOUR).toISOString();
export const END = new Date(BEGIN + 10 * HOUR).toISOString();

export async function openClock(database: Database) {
  const clock = { ms: BEGIN };
  const now = () => new Date(clock.ms);
  const server = await startPgServer(database, { declared, now });
  const poked: boolean[] = [];
  const { store, clinic } = server;
  const parts = {
    ...{ database, store, declared, shapes: shapesOf(declared), now },
    onRows: (_: unknown, __: unknown, isGrant = false) => void poked.push(isGrant),
  };
  const practice = clinic.practiceIds.willow;
  const take = async (name: Name) => {
    const device = await deviceOf(server, name, { declared, medium: memoryMedium(), now });
    await device.exchange();
    return device;
  };
  /** A device of each, in their order. */
  const takeAll = <T extends readonly Name[]>(...names: T) =>
    Promise.all(names.map(take)) as Promise<{ [K in keyof T]: Device }>;
  const said = ({ desk }: Device) => ({ by: desk.memberId, at: now().toISOString(), zone: 'UTC' });
  const client = clinic.people.ana.client;
  /** As an act names who is away and who stands in. */
  const ids = { absent: clinic.people.lee.member, member: clinic.people.okafor.member };
  const document = `${CHAT}:${conversationIdOf(client, 'care-team')}:1`;
  return { server, parts, clock, poked, takeAll, said, client, ids, practice, document };
}

export async function meet(...devices: Device[]): Promise<void> {
  for (let i = 0; i < 3; i++) for (const device of devices) await device.exchange();
}

/** All that the server has ever answered this device: as it stands there, and what of it is coded, as documents are. */
export function toldTo(device: Device): string {
  const answers = device.wire.crossed.map(({ answer }) => answer).join('\n');
  const coded = (answers.match(/[\w+/-]{24,}/g) ?? []).map((part) => Buffer.from(part, 'base64').toString('utf8'));
  return [answers, ...coded].join('\n');
}
