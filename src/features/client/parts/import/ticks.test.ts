import { expect, test } from 'vitest';
import type { Judged } from './judge.ts';
import { begunIn, draftOf } from './settings.ts';
import type { Settings } from './settings.ts';
import { isTicked, NO_TICKS, ticked } from './ticks.ts';

const newcomer = { id: 'id', details: { legalName: 'Ben', birthDate: '1990-05-03' }, contacts: [] };
const judged: readonly Judged[] = [
  { row: { n: 2, cells: [] }, state: 'ready', newcomer },
  { row: { n: 3, cells: [] }, state: 'ready', newcomer },
  { row: { n: 4, cells: [] }, state: 'alike', newcomer, alike: [] },
  { row: { n: 5, cells: [] }, state: 'refused', faults: [] },
];
const list = { name: 'list.csv', digest: 'd', encoding: 'utf-8', separator: ',', rows: [] } as const;
const settings: Settings = { hasHead: true, columns: ['legalName'], order: 'dmy', status: 'active', primary: '' };
const areTicked = (ticks = NO_TICKS) => judged.map((one) => isTicked(one, ticks));

test('who is unticked stays so, also for who comes back after a lock', () => {
  expect(areTicked()).toEqual([true, true, false, false]);
  const ticks = ticked(ticked(NO_TICKS, judged.slice(0, 1), false), judged.slice(2), true);
  expect(areTicked(ticks)).toEqual([false, true, true, false]);
  const kept = begunIn(JSON.parse(JSON.stringify(draftOf(list, settings, ticks))));
  expect(areTicked(kept?.ticks)).toEqual([false, true, true, false]);
  expect(kept?.settings).toEqual(settings);
});

test('what is as it is by itself is not kept', () => {
  const all = ticked(ticked(NO_TICKS, judged.slice(0, 3), true), judged.slice(0, 3), false);
  expect([...all.keys()]).toEqual([2, 3]);
  expect(ticked(all, judged.slice(0, 2), true).size).toBe(0);
});

test('of a draft that was kept by an older app, or is none, nothing is ticked otherwise', () => {
  const { ticks: _, ...older } = draftOf(list, settings, NO_TICKS);
  for (const more of [{}, { ticks: 'x' }, { ticks: [null, '2', {}] }])
    expect(begunIn({ ...older, ...more })?.ticks.size).toBe(0);
});
