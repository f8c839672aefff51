import { expect, test } from 'vitest';
import { MemoryTx, rowKey } from './tx.ts';

const STAMP = { by: 'someone', at: '2026-01-05T09:00:00.000Z', device: 'phone', base: 0, version: 0 };
const GONE = { type: 'card', id: 'one', space: 'chart:hers', version: 4, deleted: true } as const;
const known = () => new Map([[rowKey(GONE), GONE]]);

test('what was deleted may come back in its own space', () => {
  const tx = new MemoryTx(known(), STAMP);
  tx.insert('card', { id: 'one', space: 'chart:hers', fields: { title: 'again' } });
  expect(tx.get('card', 'one')).toMatchObject({ space: 'chart:hers', fields: { title: 'again' } });
});

test('an id stays in its space for good: nobody writes into it from another', () => {
  const tx = new MemoryTx(known(), STAMP);
  expect(() => tx.insert('card', { id: 'one', space: 'chart:his', fields: {} })).toThrow('another space');
  expect(tx.changed()).toEqual([]);
});
