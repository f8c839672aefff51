// A clinic whose clock a test sets, with what says planned messages over it, and the people whom they concern.

import { must } from '../../../src/base/must.ts';
import { messagesOf } from '../../../src/features/chat/doc-fold.ts';
import { declared } from '../../../src/features/shared.ts';
import { openDoc } from '../../../src/sync/client/docs.ts';
import type { Device } from '../../../src/sync/testing/devices.ts';
import { createViewers } from '../../accept/viewer.ts';
import { createLog } from '../../log.ts';
import type { Database } from '../../store/database.ts';
import { BEGIN, HOUR, meet, openClock } from '../clock/clock.fixture.ts';
import { sayScheduled } from './go.ts';
import type { ScheduledParts } from './parts.ts';
import { planByRules } from './rules.ts';

export const at = (hours: number) => new Date(BEGIN + hours * HOUR).toISOString();

/** Ana, who has begun her conversation with the care team, and two devices of Dr. Lee's, who is her provider. */
export async function openScheduled(database: Database) {
  const world = await openClock(database);
  const { server, client, practice, takeAll, said, clock } = world;
  const log = createLog({ write: () => undefined });
  const partsOn = ({ store, relay }: Pick<typeof server, 'store' | 'relay'>): ScheduledParts => ({
    ...world.parts,
    ...{ store, log, hand: relay.hand, viewers: createViewers(store, declared), sendJob: async () => undefined },
  });
  const parts = partsOn(server);
  /** What the clock does in a practice, as far as it is about messages that are planned. */
  const go = async (more: Partial<ScheduledParts> = {}) => {
    await planByRules({ ...parts, ...more }, practice);
    return sayScheduled({ ...parts, ...more }, practice);
  };
  const [ana, lee, desk] = await takeAll('ana', 'lee', 'lee');
  await ana.act('chat.open', { ...said(ana), client, kind: 'care-team' });
  await meet(ana, lee, desk);
  const on = (device: Device, id: string) => ({ ...said(device), id });
  const pass = (hours: number) => (clock.ms = BEGIN + hours * HOUR);
  const signIn = async (device: Device) => must(await device.reader.userId(), 'a sign-in');
  return { ...world, parts, partsOn, go, ana, lee, desk, on, pass, signIn };
}

export async function saidOn(device: Device, document: string) {
  const open = await openDoc(device.desk, document);
  const said = messagesOf(open.doc);
  open.release();
  return said;
}
