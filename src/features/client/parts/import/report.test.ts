import { expect, test } from 'vitest';
import { ar } from '../../words/ar.ts';
import { en } from '../../words/en.ts';
import { es } from '../../words/es.ts';
import type { Messages } from '../../../../ui/words.ts';
import type { Judged } from './judge.ts';
import { leftOf } from './report.ts';
import { NO_TICKS } from './ticks.ts';

const newcomer = { id: 'id', details: { legalName: 'Ben', birthDate: '1990-05-03' }, contacts: [] };
const row = { n: 4, cells: ['Ben', '1990-05-03'] };
const alike = [
  { by: 'name-and-birth', client: 'c', name: 'Zqcolleague', birthDate: '1990-05-03', row: null },
  { by: 'contact', client: 'd', name: 'Zqabove', birthDate: '1980-01-01', row: 3 },
] as const;
const ones: readonly Judged[] = [
  { row, state: 'alike', newcomer, alike },
  {
    row,
    state: 'differs',
    newcomer,
    there: [
      { field: 'legalName', value: 'Zqother' },
      { field: 'primary', value: 'x' },
    ],
  },
  { row, state: 'refused', faults: [{ kind: 'quote', column: null, lines: [4, 9] }] },
  { row, state: 'ready', newcomer },
  { row, state: 'here', newcomer, primary: null },
];
const whysIn = (messages: Messages) => {
  const words = (key: string, values: Readonly<Record<string, unknown>> = {}) =>
    (messages[key] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  const outcome = {
    headings: [],
    ticks: new Map([...NO_TICKS, [4, false]]),
    added: { added: new Set<number>(), refused: new Map() },
  };
  return ones.map((one) => leftOf(words, { one, ...outcome })?.why ?? null);
};

test('the reasons say all and name no other client', () => {
  expect(whysIn(en as Messages)).toEqual([
    ['perhaps here already, and left out', 'a client here: same name and birth date', 'Row 3: same email or phone'],
    ['Added before, and different', 'Full name', 'Primary provider'],
    ['a quotation mark stands wrong: lines 4 to 9'],
    ['you left it out'],
    null,
  ]);
  for (const messages of [en, es, ar]) {
    const said = whysIn(messages as Messages);
    expect(JSON.stringify(said)).not.toMatch(/Zq|\{/);
    for (const why of said.flatMap((one) => one ?? [])) expect(why).not.toBe('');
  }
});
