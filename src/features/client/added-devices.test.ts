// Who takes on whom, and who then has her, over real devices and the real judge.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { plainDeviceOf, said } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { clientById, isSentClient } from './queries.ts';

const NAME = 'Zq Newcomer';
const PHONE = '+1 555 010 0199';

async function clinic() {
  const server = await startMemoryServer({ declared });
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const [desk, deskToo] = [await take('support'), await take('support')];
  const [lee, leeToo, okafor, ana] = [await take('lee'), await take('lee'), await take('okafor'), await take('ana')];
  const all = [desk, deskToo, lee, leeToo, okafor, ana];
  const meet = async () => {
    for (let i = 0; i < 3; i++) for (const device of all) await device.exchange();
  };
  return { server, people: server.clinic.people, desk, deskToo, lee, leeToo, okafor, ana, meet };
}

const newClient = (by: string, more: JsonObject = {}) => ({
  ...said(by),
  id: newId(),
  details: { legalName: NAME, birthDate: '1990-02-28' },
  status: 'active',
  ...more,
});

const heard = (device: Device) => JSON.stringify(device.wire.crossed.map(({ answer }) => answer)).includes(NAME);

test('whom the front desk takes on for a provider, both have on all devices, with her number; nobody else hears of her', async () => {
  const { people, desk, deskToo, lee, leeToo, okafor, ana, meet } = await clinic();
  const contacts = [{ id: newId(), kind: 'phone', value: PHONE }];
  const args = newClient(people.support.member, { primary: people.lee.member, contacts });
  expect(await desk.act('client.addClient', args)).toBeUndefined();
  // At once, and without a network.
  expect(await clientById(desk.reader, args.id)).toMatchObject({ legalName: NAME, primary: people.lee.member });
  await meet();
  for (const device of [desk, deskToo, lee, leeToo]) {
    expect(await clientById(device.reader, args.id)).toMatchObject({ legalName: NAME, primary: people.lee.member });
    expect((await device.reader.byRef('contact', [args.id])).map(({ fields }) => fields['value'])).toEqual([PHONE]);
  }
  for (const device of [okafor, ana]) {
    expect(await clientById(device.reader, args.id)).toBeNull();
    expect(heard(device)).toBe(false);
  }
});

test('a provider takes on his own, reads and writes her chart from then on; for another, or for nobody, he takes on none', async () => {
  const { people, desk, lee, leeToo, okafor, meet } = await clinic();
  const own = newClient(people.lee.member, { primary: people.lee.member });
  expect(await lee.act('client.addClient', own)).toBeUndefined();
  // Until she is sent nothing else about her is asked of him: the server would not know that she is his.
  expect(await isSentClient(lee.reader, own.id)).toBe(false);
  await meet();
  for (const device of [lee, leeToo, desk]) expect(await clientById(device.reader, own.id)).not.toBeNull();
  expect(await isSentClient(lee.reader, own.id)).toBe(true);
  expect(await clientById(okafor.reader, own.id)).toBeNull();
  const entry = { ...said(people.lee.member), id: newId(), client: own.id };
  expect(await lee.act('contact.addContact', { ...entry, details: { kind: 'other', value: 'zq' } })).toBeUndefined();
  await meet();
  expect(await lee.rejections()).toEqual([]);
  for (const primary of [people.okafor.member, undefined]) {
    const other = newClient(people.lee.member, { ...(primary && { primary }) });
    expect(await lee.act('client.addClient', other)).toMatchObject({ code: 'not-allowed', where: 'primary' });
    await lee.actLocked('client.addClient', other, new Date().toISOString());
    await meet();
    expect(await clientById(desk.reader, other.id)).toBeNull();
  }
  await lee.restart();
  expect((await lee.rejections()).map(({ code }) => code)).toEqual(['not-allowed', 'not-allowed']);
});

test.each([
  ['a member who is no provider', { primary: 'support' }, 'primary'],
  ['a birth date to come', { birthDate: '2999-01-01' }, 'details.birthDate'],
  ['a day that is none', { birthDate: '1990-02-30' }, 'details.birthDate'],
  ['a number that is none', { contact: { kind: 'phone', value: 'soon' } }, 'contacts'],
])('%s is refused, and where is said', async (_, wrong, where) => {
  const { people, desk } = await clinic();
  const { birthDate = '1990-02-28' } = wrong as { birthDate?: string };
  const args = newClient(people.support.member, {
    details: { legalName: NAME, birthDate },
    ...('primary' in wrong && { primary: people.support.member }),
    ...('contact' in wrong && { contacts: [{ id: newId(), ...(wrong as { contact: JsonObject }).contact }] }),
  });
  expect(await desk.act('client.addClient', args)).toMatchObject({ code: 'invalid-arguments', where });
  expect(await clientById(desk.reader, args.id)).toBeNull();
});

test('of two who correct one detail the second finds his back, with what he wrote; different details go together', async () => {
  const { people, desk, deskToo, lee, meet } = await clinic();
  const id = people.ana.client;
  const seen = { legalName: 'Legal ana' };
  const change = (device: Device, by: Name, changes: JsonObject, before: JsonObject) =>
    device.act('client.changeClient', { ...said(people[by].member), id, changes, seen: before });
  expect(await change(desk, 'support', { legalName: 'Ana One' }, seen)).toBeUndefined();
  expect(await change(lee, 'lee', { legalName: 'Ana Two' }, seen)).toBeUndefined();
  expect(await change(lee, 'lee', { language: 'es' }, { language: null })).toBeUndefined();
  await desk.exchange();
  await meet();
  for (const device of [desk, deskToo, lee])
    expect((await device.reader.get('client', id))?.fields).toMatchObject({ legalName: 'Ana One', language: 'es' });
  expect(await lee.rejections()).toMatchObject([
    { code: 'changed', mutation: { args: { changes: { legalName: 'Ana Two' } } } },
  ]);
});
