// A plan that two write, over real devices and the real judge: what each has, and what nobody else hears.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { plainDeviceOf, said } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { isFollowed, planOf, planQuestions } from './queries.ts';
import { planSample } from './samples.ts';
import type { PlanParts } from './schema.ts';

const CHANGE = 'safetyPlan.changePlan';
const OUTSIDE = ['support', 'admin', 'okafor', 'ben'] as const;

async function clinic() {
  const server = await startMemoryServer({ declared });
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const [phone, tablet, laptop] = [await take('ana'), await take('ana'), await take('lee')];
  const strangers = await Promise.all(OUTSIDE.map(take));
  const { ana, lee } = server.clinic.people;
  const write = async (device: Device, changes: PlanParts, more: object = {}) => {
    const { memberId: by } = device.reader;
    const base = await device.reader.cursor();
    return device.act(CHANGE, { ...said(by), id: newId(), client: ana.client, changes, ...more }, { base });
  };
  const meet = async () => {
    for (let i = 0; i < 3; i++) for (const device of [phone, tablet, laptop, ...strangers]) await device.exchange();
  };
  return { server, ana, lee, phone, tablet, laptop, strangers, write, meet };
}

const heard = (device: Device) => JSON.stringify(device.wire.crossed.map(({ answer }) => answer));

test('both write it and have it on all their devices, at once and without a network; nobody else hears a word', async () => {
  const { server, ana, lee, phone, tablet, laptop, strangers, write, meet } = await clinic();
  const secret = 'zq-signs';
  // Before anything has come, nobody is told that there is none.
  const fresh = await plainDeviceOf(server, 'ana');
  expect(await planOf(fresh.reader, ana.client)).toBeNull();
  expect(await planOf(phone.reader, ana.client)).toMatchObject({ isEmpty: true, history: [] });
  expect(await write(laptop, planSample({ signs: secret }))).toBeUndefined();
  expect(await planOf(laptop.reader, ana.client)).toMatchObject({
    text: { signs: secret },
    history: [{ isSent: false }],
  });
  await meet();
  expect(await write(phone, { alone: 'Paint.' })).toBeUndefined();
  expect(await planOf(phone.reader, ana.client)).toMatchObject({ text: { signs: secret, alone: 'Paint.' } });
  await meet();
  for (const device of [phone, tablet, laptop]) {
    const plan = await planOf(device.reader, ana.client);
    expect(plan).toMatchObject({ text: { signs: secret, alone: 'Paint.' }, questions: [] });
    expect(plan?.history.map(({ by, isSent }) => [by, isSent])).toEqual([
      [ana.member, true],
      [lee.member, true],
    ]);
  }
  for (const device of strangers) {
    expect(await planOf(device.reader, ana.client)).toBeNull();
    expect(await device.rows('safetyPlan')).toEqual([]);
    expect(await device.rows('safetyPlanRevision')).toEqual([]);
    expect(heard(device)).not.toContain(secret);
    // Who writes all the same writes nothing.
    await write(device, { signs: 'zq-not-theirs' });
    await device.exchange();
    expect(await device.rejections()).toHaveLength(1);
  }
  await meet();
  expect(heard(phone)).not.toContain('zq-not-theirs');
});

test('what both write into one part without knowing of each other stands twice on all devices, until one chooses', async () => {
  const { ana, phone, tablet, laptop, write, meet } = await clinic();
  await write(phone, { people: 'Mom', alone: 'Paint.' });
  await write(laptop, { people: 'Her mother', signs: 'Silence.' });
  await meet();
  for (const device of [phone, tablet, laptop]) {
    const plan = await planOf(device.reader, ana.client);
    expect(plan?.text).toMatchObject({ alone: 'Paint.', signs: 'Silence.' });
    expect(plan?.questions.map(({ part, versions }) => [part, versions.map(({ value }) => value).sort()])).toEqual([
      ['people', ['Her mother', 'Mom']],
    ]);
    expect(await planQuestions(device.reader, ana.client)).toBe(1);
  }
  await write(tablet, { people: 'Mom' });
  await meet();
  for (const device of [phone, tablet, laptop])
    expect(await planOf(device.reader, ana.client)).toMatchObject({ text: { people: 'Mom' }, questions: [] });
});

test('a protected client has her plan; who has left her care team has it no more, and writes no more', async () => {
  const { server, ana, lee, phone, laptop, write, meet } = await clinic();
  const reason = 'As agreed.';
  await laptop.act('protection.setProtection', { ...said(lee.member), id: newId(), client: ana.client, reason });
  await write(laptop, planSample());
  await meet();
  expect((await planOf(phone.reader, ana.client))?.text).toMatchObject(planSample());
  await server.clinic.setCare('lee', 'ana', false);
  await meet();
  expect(await planOf(laptop.reader, ana.client)).toBeNull();
  expect(await laptop.rows('safetyPlanRevision')).toEqual([]);
  await write(phone, { signs: 'zq-after' });
  await meet();
  expect(heard(laptop)).not.toContain('zq-after');
});

test('after her care ended both are told that nobody follows it; after her death nothing of it is changed, whichever device knows', async () => {
  const { ana, lee, phone, laptop, strangers, write, meet } = await clinic();
  const change = (from: string, to: string) => ({
    ...{ ...said(lee.member), id: newId(), client: ana.client, from, to, reason: 'zq-reason', said: 'It has ended.' },
  });
  await write(laptop, { signs: 'Silence.' });
  await meet();
  for (const device of [phone, laptop]) expect(await isFollowed(device.reader, ana.client)).toBe(true);
  expect(await laptop.act('client.changeStatus', change('active', 'discharged'))).toBeUndefined();
  await meet();
  for (const device of [phone, laptop]) expect(await isFollowed(device.reader, ana.client)).toBe(false);
  expect(await write(phone, { alone: 'Paint.' }), 'it stays hers').toBeUndefined();
  await meet();
  expect((await planOf(laptop.reader, ana.client))?.text.alone).toBe('Paint.');
  expect(await laptop.act('client.changeStatus', change('discharged', 'deceased'))).toBeUndefined();
  await meet();
  expect(await write(laptop, { signs: 'zq-late' })).toEqual({ code: 'closed', where: 'client' });
  expect(await write(phone, { signs: 'zq-late' }), 'her device does not know').toBeUndefined();
  await meet();
  expect(await phone.rejections()).toMatchObject([
    { code: 'closed', mutation: { args: { changes: { signs: 'zq-late' } } } },
  ]);
  expect((await planOf(laptop.reader, ana.client))?.text.signs).toBe('Silence.');
  for (const device of [laptop, ...strangers]) expect(heard(device)).not.toContain('zq-late');
});
