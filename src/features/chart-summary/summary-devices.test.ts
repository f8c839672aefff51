// What must be known of a client, over real devices and the real judge: the care team has it, and nobody else hears a word.

import { expect, test } from 'vitest';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { newId } from '../../base/ids.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { plainDeviceOf, said } from '../../sync/testing/people.ts';
import { declared } from '../shared.ts';
import { stateOf, summaryOf } from './queries.ts';
import type { SummaryView } from './queries.ts';
import { allergySample, conditionSample, medicationSample } from './samples.ts';
import { SECTIONS } from './schema.ts';
import type { Section, SummaryItem } from './schema.ts';

/** She herself is among them: nothing of it is released to her. */
const OUTSIDE = ['ana', 'support', 'admin', 'okafor', 'ben'] as const;

async function clinic() {
  const server = await startMemoryServer({ declared });
  const take = async (name: Name) => {
    const device = await plainDeviceOf(server, name);
    await device.exchange();
    return device;
  };
  const [laptop, home] = [await take('lee'), await take('lee')];
  const strangers = await Promise.all(OUTSIDE.map(take));
  const { client } = server.clinic.people.ana;
  const on = (device: Device) => ({ ...said(device.reader.memberId), client });
  return {
    ...{ server, laptop, home, strangers, client },
    add: (device: Device, item: SummaryItem, id = newId()) =>
      device.act('chartSummary.addItem', { ...on(device), id, item: { ...item } }),
    change: (device: Device, id: string, { item, seen }: Record<'item' | 'seen', SummaryItem>) =>
      device.act('chartSummary.changeItem', { ...on(device), id, item: { ...item }, seen: { ...seen } }),
    sayNone: (device: Device, section: Section) =>
      device.act('chartSummary.sayNone', { ...on(device), section, none: true }),
    meet: async () => {
      for (let i = 0; i < 3; i++) for (const device of [laptop, home, ...strangers]) await device.exchange();
    },
    summary: async (device: Device): Promise<SummaryView> => {
      const read = await summaryOf(device.reader, client);
      if (typeof read === 'string') throw new Error(read);
      return read;
    },
  };
}

const heard = (device: Device) => JSON.stringify(device.wire.crossed.map(({ answer }) => answer));

test('what the team notes it has on all devices, the severe first; client, office and other providers hear nothing', async () => {
  const { laptop, home, strangers, client, add, meet, summary } = await clinic();
  const states = ({ sections }: SummaryView) => SECTIONS.map((section) => stateOf(sections[section]));
  expect(states(await summary(laptop))).toEqual(['unasked', 'unasked', 'unasked']);
  expect(await add(laptop, allergySample({ name: 'zq-latex', criticality: 'low' }))).toBeUndefined();
  expect(await add(home, allergySample({ name: 'zq-penicillin' }))).toBeUndefined();
  await add(laptop, medicationSample({ name: 'zq-sertraline' }));
  await add(laptop, conditionSample({ name: 'zq-anxiety' }));
  // At once, and without a network.
  expect((await summary(laptop)).sections.allergyIntolerance.active.map(({ item }) => item.name)).toEqual(['zq-latex']);
  await meet();
  for (const device of [laptop, home]) {
    const { sections } = await summary(device);
    expect(SECTIONS.map((section) => sections[section].active.map(({ item }) => item.name))).toEqual([
      ['zq-penicillin', 'zq-latex'],
      ['zq-sertraline'],
      ['zq-anxiety'],
    ]);
  }
  for (const device of strangers) {
    expect(await summaryOf(device.reader, client)).toBe('elsewhere');
    for (const section of [...SECTIONS, 'nilKnown']) expect(await device.rows(section)).toEqual([]);
    expect(heard(device)).not.toMatch(/zq-|allergyIntolerance/);
    await add(device, allergySample({ name: 'not-theirs' }));
    await device.exchange();
  }
  await meet();
  expect(heard(laptop)).not.toContain('not-theirs');
});

test('“none known” gives way to what somebody notes, also to what was noted without knowing of it', async () => {
  const { laptop, home, add, sayNone, meet, summary } = await clinic();
  const allergies = async (device: Device) => (await summary(device)).sections.allergyIntolerance;
  await sayNone(laptop, 'allergyIntolerance');
  await meet();
  for (const device of [laptop, home]) {
    expect(stateOf(await allergies(device))).toBe('none');
    expect(await allergies(device)).toMatchObject({ none: { by: laptop.reader.memberId } });
  }
  expect(stateOf((await summary(home)).sections.condition), 'of nothing else').toBe('unasked');
  await add(home, allergySample());
  await meet();
  expect(await allergies(laptop)).toMatchObject({ none: null, active: [{ item: { name: 'Penicillin' } }] });
  // Both offline, the statement later: the allergy holds, and the statement stands beside it as a doubt.
  await add(home, medicationSample());
  await sayNone(laptop, 'medicationStatement');
  await home.exchange();
  await meet();
  for (const device of [laptop, home]) {
    const view = (await summary(device)).sections.medicationStatement;
    expect(stateOf(view)).toBe('some');
    expect(view.none).not.toBeNull();
  }
});

test('of two who change one medication offline the second finds his back with its words, whichever members it was', async () => {
  const { laptop, home, add, change, meet, summary } = await clinic();
  const [id, seen] = [newId(), medicationSample()];
  await add(laptop, seen, id);
  await meet();
  await change(laptop, id, { item: medicationSample({ dose: '75 mg' }), seen });
  await change(home, id, { item: medicationSample({ dose: '100 mg' }), seen });
  const his = { dose: '100 mg' };
  await change(home, id, { item: medicationSample({ ...his, note: 'With food' }), seen: medicationSample(his) });
  await laptop.exchange();
  await meet();
  for (const device of [laptop, home])
    expect((await summary(device)).sections.medicationStatement.active).toMatchObject([
      { item: medicationSample({ dose: '75 mg' }) },
    ]);
  expect(await home.rejections()).toMatchObject([
    { code: 'changed', mutation: { args: { item: { dose: '100 mg' } } } },
    { code: 'changed', mutation: { args: { item: { note: 'With food' } } } },
  ]);
  await change(laptop, id, {
    item: medicationSample({ dose: '75 mg', status: 'stopped' }),
    seen: medicationSample({ dose: '75 mg' }),
  });
  await meet();
  const { active, past, none } = (await summary(home)).sections.medicationStatement;
  expect([active, past.map(({ item }) => item.status), none]).toEqual([[], ['stopped'], null]);
});

test('who has left the care team has it no more', async () => {
  const { server, laptop, client, add, meet } = await clinic();
  await add(laptop, allergySample());
  await meet();
  await server.clinic.setCare('lee', 'ana', false);
  await meet();
  expect(await summaryOf(laptop.reader, client)).toBe('elsewhere');
  expect(await laptop.rows('allergyIntolerance')).toEqual([]);
});
