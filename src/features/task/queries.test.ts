import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { DeviceStore } from '../../sync/client/device-store.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Row, Space } from '../../sync/core/record.ts';
import { MemoryDisk } from '../../sync/testing/memory-device.ts';
import { careTeamSample } from '../client/samples.ts';
import { declared } from '../shared.ts';
import { officeOf, staffOf } from '../space-names.ts';
import { openTasks } from './queries.ts';
import { taskSample } from './samples.ts';
import type { Task } from './schema.ts';

const [ANA, BEN, LEE, KIM, JO, GONE] = [newId(), newId(), newId(), newId(), newId(), newId()];
const AT = '2026-11-01T08:00:00.000Z';
const ground = { declared, cipher: { token: (word: string) => word } };
let store: DeviceStore;

async function put(row: Pick<Row, 'type' | 'fields' | 'by'> & { space: Space }): Promise<string> {
  const id = newId();
  await store.rows.put([toLocalRow(ground, { id, version: 1, at: AT, ...row })]);
  return id;
}
const joins = (member: string, client = ANA) =>
  put({ type: 'careTeamMember', space: officeOf(client), by: LEE, fields: careTeamSample({ client, member }) });
const task = (by: string, more: Partial<Task> = {}) => {
  const fields = taskSample({ client: ANA, about: newId(), at: AT, ...more });
  return put({ type: 'task', space: staffOf(fields.client), by, fields });
};
const tasksOf = (member: string) => openTasks(createReader(store, ground, member), { window: 100, also: [] });
const idsOf = async (member: string) => (await tasksOf(member)).map(({ id }) => id).sort();

beforeEach(async () => {
  store = new MemoryDisk().open();
  for (const member of [LEE, KIM, JO]) await joins(member);
});

test('what was given to somebody is on the lists of both; what was given to nobody on everybody’s', async () => {
  const [given, anyones] = [await task(LEE, { assignee: KIM }), await task(LEE)];
  await task(LEE, { assignee: KIM, status: 'completed' });
  expect(await idsOf(LEE)).toEqual([given, anyones].sort());
  expect(await idsOf(KIM)).toEqual([given, anyones].sort());
  expect(await idsOf(JO)).toEqual([anyones]);
});

test('what was given to somebody who has left the care team is for whoever comes to it', async () => {
  await joins(GONE, BEN);
  const left = await task(LEE, { assignee: GONE, status: 'in-progress' });
  const elsewhere = await task(LEE, { assignee: GONE, client: BEN });
  for (const member of [LEE, KIM, JO]) {
    const found = (await tasksOf(member)).find(({ id }) => id === left);
    expect(found).toMatchObject({ assignee: undefined, isFree: true });
  }
  expect(await idsOf(JO)).not.toContain(elsewhere);
});

test('where this device does not know the care team, nobody has left it', async () => {
  const given = await task(LEE, { assignee: KIM, client: BEN });
  expect(await idsOf(JO)).toEqual([]);
  expect(await idsOf(KIM)).toEqual([given]);
});

test('one takes what is nobody’s and what was given to oneself, not what was given to somebody else', async () => {
  const [own, others, begun] = [
    await task(KIM, { assignee: LEE }),
    await task(LEE, { assignee: KIM }),
    await task(KIM, { assignee: LEE, status: 'in-progress' }),
  ];
  const anyones = await task(KIM);
  const free = new Map((await tasksOf(LEE)).map(({ id, isFree }) => [id, isFree]));
  expect([own, others, begun, anyones].map((id) => free.get(id))).toEqual([true, false, false, true]);
});
