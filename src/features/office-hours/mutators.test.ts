import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import { plainDeviceOf } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { hoursHere } from './queries.ts';
import { hoursSample } from './samples.ts';

const said = (by: string) => ({ by, at: '2026-06-10T12:00:00.000Z', zone: 'UTC' });

test('the newest decision holds for everybody, offline too; what cannot be is refused on the device', async () => {
  const server = await startMemoryServer({ declared });
  const take = (name: 'ana' | 'owner' | 'admin') => plainDeviceOf(server, name);
  const [owner, admin, ana] = [await take('owner'), await take('admin'), await take('ana')];
  expect(await hoursHere(ana.reader)).toBeNull();
  const [first, second] = [newId(), newId()];
  const decide = (device: typeof owner, id: string, change: Parameters<typeof hoursSample>[0]) =>
    device.act('officeHours.decide', { ...said(device.desk.memberId), id, hours: hoursSample(change) });
  expect(await decide(admin, first, { replyHours: 4 })).toBeUndefined();
  await admin.exchange();
  await owner.exchange();
  expect(await decide(owner, second, { replyHours: 8 })).toBeUndefined();
  expect(await hoursHere(owner.reader)).toMatchObject({ decision: second, hours: { replyHours: 8 } });
  await owner.exchange();
  await ana.exchange();
  expect(await hoursHere(ana.reader)).toEqual({ decision: second, hours: hoursSample({ replyHours: 8 }) });
  expect(await decide(owner, second, {})).toMatchObject({ code: 'already-there' });
});
