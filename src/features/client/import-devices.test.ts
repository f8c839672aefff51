// Lists that are imported without a network, on several devices, over the real judge.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { plainDeviceOf, said } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { addAll } from './parts/import/add-all.ts';
import { judgeRows, listName } from './parts/import/judge.ts';
import type { Judged } from './parts/import/judge.ts';
import { readList } from './parts/import/read-list.ts';
import { guessSettings, rowsOf } from './parts/import/settings.ts';
import { clientById, clientsIHave } from './queries.ts';
import { allToCompare } from './queries-duplicates.ts';
import { placeIdOf } from './schema-team.ts';

const MARK = 'Zqlisted';
const HEAD = 'Name,Date of birth,Phone\n';
const listOf = (count: number, from = 0) =>
  new File(
    [
      HEAD,
      ...Array.from({ length: count }, (_, i) => {
        const day = new Date(Date.UTC(1960, 0, 1 + from + i)).toISOString().slice(0, 10);
        return `${MARK} P${from + i}x,${day},+1 555 ${1_000_000 + from + i}\n`;
      }),
    ],
    'list.csv',
  );

/** As the screen does it. */
async function judge(device: Device, file: File, { own, primary = '' }: Partial<How> = {}): Promise<Judged[]> {
  const list = await readList(file);
  if ('fault' in list) throw new Error(list.fault);
  const settings = guessSettings(list);
  const known = (await allToCompare(device.reader, ['en'])) ?? [];
  const what = {
    rows: rowsOf(list, settings),
    columns: settings.columns,
    separator: list.separator,
    order: settings.order ?? 'dmy',
    known,
  } as const;
  return judgeRows({ ...what, primary, list: listName('willow', list.digest, own ?? null), today: '2026-06-10' });
}

const isNew = (one: Judged) => (one.state === 'ready' ? [{ n: one.row.n, newcomer: one.newcomer }] : []);
const statesOf = (judged: readonly Judged[]) => [...new Set(judged.map(({ state }) => state))];

interface How {
  by: string;
  /** Who imports for himself alone. */
  own?: string;
  primary?: string;
  /** After so many it is stopped. */
  most?: number;
}

async function importInto(device: Device, file: File, how: How) {
  const { by, primary, most = Infinity } = how;
  const judged = await judge(device, file, how);
  let done = 0;
  const outcome = await addAll({
    people: judged.flatMap(isNew),
    mutate: ({ name, args }) => device.act(name, args),
    send: () => undefined,
    said: () => ({ ...said(by), status: 'active', ...(primary && { primary }) }),
    isStopped: () => done >= most,
    onDone: (now) => void (done = now),
  });
  return { judged, outcome };
}

async function clinic() {
  const server = await startMemoryServer({ declared });
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const devices = {
    desk: await take('support'),
    owner: await take('owner'),
    lee: await take('lee'),
    okafor: await take('okafor'),
    ana: await take('ana'),
  };
  const meet = async () => {
    for (let i = 0; i < 3; i++) for (const device of Object.values(devices)) await device.exchange();
  };
  return { server, people: server.clinic.people, ...devices, meet };
}

const namesOn = async (device: Device) =>
  (await clientsIHave(device.reader, ['en'])).flatMap(({ legalName }) => (legalName.includes(MARK) ? [legalName] : []));
const heard = (device: Device) => JSON.stringify(device.wire.crossed.map(({ answer }) => answer)).includes(MARK);

test('a list that two import without a network takes each person on once, and neither finds anything back', async () => {
  const { people, desk, owner, lee, okafor, ana, meet } = await clinic();
  const primary = people.lee.member;
  await importInto(desk, listOf(12), { by: people.support.member, primary });
  await importInto(owner, listOf(12), { by: people.owner.member, primary });
  await meet();
  for (const device of [desk, owner, lee]) {
    expect(await namesOn(device)).toHaveLength(12);
    expect(
      await device.reader
        .all('contact')
        .then((all) => all.filter(({ fields }) => String(fields['value']).startsWith('+1 555 1')).length),
    ).toBe(12);
    expect(await device.rejections()).toEqual([]);
    expect(await device.unsent()).toEqual([]);
  }
  for (const device of [okafor, ana]) {
    expect(await namesOn(device)).toEqual([]);
    expect(heard(device)).toBe(false);
  }
});

test('whoever was stopped goes on with the same list; once more it adds nobody, and another list shows who is here', async () => {
  const { people, desk, owner, meet } = await clinic();
  const by = people.support.member;
  const first = await importInto(desk, listOf(9), { by, most: 4 });
  expect([first.outcome.end, first.outcome.added.size]).toEqual(['stopped', 4]);
  await desk.restart();
  expect(await namesOn(desk)).toHaveLength(4);
  const second = await importInto(desk, listOf(9), { by });
  expect(second.judged.map(({ state }) => state)).toEqual([...Array(4).fill('here'), ...Array(5).fill('ready')]);
  expect(second.outcome).toMatchObject({ end: 'all', refused: new Map() });
  await meet();
  expect(await namesOn(owner)).toHaveLength(9);
  expect(statesOf(await judge(owner, listOf(9)))).toEqual(['here']);
  // The same people in another list are other rows: shown, and taken on by nobody unasked.
  const third = await importInto(owner, listOf(10), { by: people.owner.member });
  expect(third.judged.map(({ state }) => state)).toEqual([...Array(9).fill('alike'), 'ready']);
  await meet();
  expect(await namesOn(desk)).toHaveLength(10);
});

test('a provider’s list is his own: he neither meets nor learns of a colleague’s, and the office sees both', async () => {
  const { people, desk, lee, okafor, ana, meet } = await clinic();
  const [byLee, byOkafor] = [people.lee.member, people.okafor.member];
  const first = await importInto(lee, listOf(2), { by: byLee, primary: byLee, own: byLee });
  await meet();
  const second = await importInto(okafor, listOf(2), { by: byOkafor, primary: byOkafor, own: byOkafor });
  expect(statesOf(second.judged)).toEqual(['ready']);
  await meet();
  for (const device of [lee, okafor]) {
    expect(await namesOn(device)).toHaveLength(2);
    expect(await device.rejections()).toEqual([]);
    expect(await device.unsent()).toEqual([]);
  }
  const idsOf = ({ judged }: { judged: readonly Judged[] }) => judged.flatMap(isNew).map(({ newcomer }) => newcomer.id);
  for (const id of idsOf(first)) expect(await clientById(okafor.reader, id)).toBeNull();
  for (const id of idsOf(second)) expect(await clientById(lee.reader, id)).toBeNull();
  expect(await namesOn(desk)).toHaveLength(4);
  expect(statesOf(await judge(desk, listOf(2)))).toEqual(['alike']);
  expect(await namesOn(ana)).toEqual([]);
});

test('who is there with another primary, or began otherwise, is not taken for what was said', async () => {
  const { people, desk, owner, lee, okafor, meet } = await clinic();
  const { judged } = await importInto(desk, listOf(1), { by: people.support.member, primary: people.lee.member });
  const [one] = judged.flatMap(isNew);
  const { id, details } = one?.newcomer ?? { id: '', details: {} };
  const add = (more: JsonObject) =>
    owner.act('client.addClient', {
      ...{ ...said(people.owner.member), id, details: { ...details } as JsonObject, status: 'active' },
      ...more,
    });
  expect(await add({ primary: people.okafor.member })).toBeUndefined();
  await desk.exchange();
  await meet();
  expect((await owner.rejections()).map(({ code }) => code)).toEqual(['already-there']);
  expect(await add({ status: 'prospect' })).toMatchObject({ code: 'already-there' });
  expect(await add({ primary: people.lee.member })).toBeUndefined();
  await meet();
  const again = await judge(owner, listOf(1), { primary: people.okafor.member });
  expect(again).toMatchObject([{ state: 'differs', there: [{ field: 'primary', value: people.lee.member }] }]);
  // On the team still, and primary no longer.
  const change = { ...said(people.owner.member), id: newId(), client: id, to: people.okafor.member };
  const from = placeIdOf(id, people.lee.member);
  expect(await owner.act('client.changePrimary', { ...change, from })).toBeUndefined();
  expect(await add({ primary: people.lee.member })).toMatchObject({ code: 'already-there' });
  await meet();
  for (const device of [desk, owner, lee, okafor]) expect(await namesOn(device)).toHaveLength(1);
});

test('a device that has not all clients compares with none', async () => {
  const { server, desk } = await clinic();
  expect(await allToCompare(desk.reader, ['en'])).not.toBeNull();
  expect(await allToCompare({ ...desk.reader, isWhole: () => Promise.resolve(false) }, ['en'])).toBeNull();
  const fresh = await plainDeviceOf(server, 'support');
  expect(await allToCompare(fresh.reader, ['en'])).toBeNull();
  await fresh.exchange();
  expect((await allToCompare(fresh.reader, ['en']))?.length).toBe((await clientsIHave(desk.reader, ['en'])).length);
});

test('what was corrected meanwhile is not undone by who imports the list as it was', async () => {
  const { people, desk, owner, meet } = await clinic();
  const { judged } = await importInto(desk, listOf(1), { by: people.support.member });
  await importInto(owner, listOf(1), { by: people.owner.member });
  const [one] = judged.flatMap(isNew);
  const { id, details } = one?.newcomer ?? { id: '', details: {} };
  await desk.exchange();
  const change = { id, changes: { legalName: 'Better Zqlisted' }, seen: { ...details } };
  expect(await desk.act('client.changeClient', { ...said(people.support.member), ...change })).toBeUndefined();
  await desk.exchange();
  await meet();
  for (const device of [desk, owner])
    expect(await clientById(device.reader, id)).toMatchObject({ legalName: 'Better Zqlisted' });
  expect((await owner.rejections()).map(({ code }) => code)).toEqual(['already-there']);
});

test('nobody but staff takes anybody on by a list', async () => {
  const { people, desk, ana, meet } = await clinic();
  const { outcome } = await importInto(ana, listOf(2), { by: people.ana.member });
  expect([...outcome.refused.values()]).toEqual(['not-allowed', 'not-allowed']);
  for (const one of (await judge(ana, listOf(2))).flatMap(isNew)) {
    const args = {
      ...said(people.ana.member),
      id: one.newcomer.id,
      details: { ...one.newcomer.details },
      status: 'active',
    };
    await ana.actLocked('client.addClient', args, new Date().toISOString());
  }
  await meet();
  expect(await namesOn(desk)).toEqual([]);
});

test('a long list is taken on without a network, sent, and comes to a device that begins with it', async () => {
  const { people, server, desk } = await clinic();
  const { outcome } = await importInto(desk, listOf(300), { by: people.support.member });
  expect([outcome.end, outcome.added.size]).toEqual(['all', 300]);
  expect((await desk.unsent()).length).toBe(300);
  await desk.exchange();
  await desk.exchange();
  expect(await desk.unsent()).toEqual([]);
  expect(await desk.rejections()).toEqual([]);
  const other = await plainDeviceOf(server, 'owner');
  await other.exchange();
  expect(await namesOn(other)).toHaveLength(300);
});
