import { describe, expect, test } from 'vitest';
import { hasUnseen, headsFor, mergedWrites, openConflicts, writeHeads } from './heads.ts';
import type { Heads } from './heads.ts';

const stamp = (by: string, { version, base }: { version: number; base: number }, device = `${by}-phone`) => ({
  by,
  device,
  version,
  base,
  at: '2026-02-03T04:05:06.789Z',
});

/** Writes one after another, as a server does; gives fields and heads after the last. */
function written(
  ...writes: (readonly [fields: Record<string, string>, ReturnType<typeof stamp> & { beside?: boolean }])[]
) {
  let row: { fields: Record<string, string>; heads: Heads } = { fields: { phone: '1', note: 'n' }, heads: {} };
  for (const [changes, by] of writes) {
    row = { heads: writeHeads(row, changes, by), fields: { ...row.fields, ...changes } };
  }
  return row;
}

describe('two who write one field', () => {
  test('without knowing of each other leave both values, with who, when and on what ground', () => {
    const { heads } = written(
      [{ phone: '2' }, stamp('a', { version: 11, base: 10 })],
      [{ phone: '3' }, stamp('b', { version: 12, base: 10 })],
    );
    expect(openConflicts(heads)).toMatchObject([
      {
        field: 'phone',
        heads: [
          { by: 'a', value: '2', version: 11, base: 10 },
          { by: 'b', value: '3', version: 12 },
        ],
      },
    ]);
  });

  test('leave one value where the second had seen the first', () => {
    const { heads, fields } = written(
      [{ phone: '2' }, stamp('a', { version: 11, base: 10 })],
      [{ phone: '3' }, stamp('b', { version: 12, base: 11 })],
    );
    expect(openConflicts(heads)).toEqual([]);
    expect(fields.phone).toBe('3');
  });

  test('leave no question where they wrote the same', () => {
    const { heads } = written(
      [{ phone: '2' }, stamp('a', { version: 11, base: 10 })],
      [{ phone: '2' }, stamp('b', { version: 12, base: 10 })],
    );
    expect(openConflicts(heads)).toEqual([]);
  });

  test('three leave three, and who has seen two of them leaves his and the third', () => {
    const three = [
      [{ phone: '2' }, stamp('a', { version: 11, base: 10 })],
      [{ phone: '3' }, stamp('b', { version: 12, base: 10 })],
      [{ phone: '4' }, stamp('c', { version: 13, base: 10 })],
    ] as const;
    expect(openConflicts(written(...three).heads)[0]?.heads.map(({ value }) => value)).toEqual(['2', '3', '4']);
    const { heads } = written(...three, [{ phone: '5' }, stamp('d', { version: 14, base: 12 })]);
    expect(openConflicts(heads)[0]?.heads.map(({ value }) => value)).toEqual(['4', '5']);
  });

  test('are settled by who has seen both', () => {
    const { heads, fields } = written(
      [{ phone: '2' }, stamp('a', { version: 11, base: 10 })],
      [{ phone: '3' }, stamp('b', { version: 12, base: 10 })],
      [{ phone: '2' }, stamp('b', { version: 13, base: 12 })],
    );
    expect(openConflicts(heads)).toEqual([]);
    expect(fields.phone).toBe('2');
  });
});

test('a value written beside what stands asks again, until somebody who has seen it writes', () => {
  const choice = [
    [{ phone: '2' }, stamp('a', { version: 11, base: 10 })],
    [{ phone: '3' }, stamp('b', { version: 12, base: 10 })],
    [{ phone: '2' }, stamp('c', { version: 13, base: 12 })],
  ] as const;
  expect(openConflicts(written(...choice).heads)).toEqual([]);
  const again = [...choice, [{ phone: '3' }, { ...stamp('c', { version: 14, base: 12 }), beside: true }]] as const;
  expect(openConflicts(written(...again).heads)[0]?.heads.map(({ value }) => value)).toEqual(['2', '3']);
  const settled = written(...again, [{ phone: '4' }, stamp('b', { version: 15, base: 14 })]);
  expect([settled.fields.phone, openConflicts(settled.heads)]).toEqual(['4', []]);
});

test('a device that writes twice without news supersedes itself, another device of the same person does not', () => {
  const first = [{ phone: '2' }, stamp('a', { version: 11, base: 10 })] as const;
  expect(openConflicts(written([...first], [{ phone: '3' }, stamp('a', { version: 12, base: 10 })]).heads)).toEqual([]);
  const laptop = stamp('a', { version: 12, base: 10 }, 'a-laptop');
  expect(openConflicts(written([...first], [{ phone: '3' }, laptop]).heads)).toHaveLength(1);
});

test('writes that have no number yet, of one device, supersede each other and nothing of others', () => {
  const { heads } = written(
    [{ phone: '2' }, stamp('a', { version: 11, base: 10 })],
    [{ phone: '3' }, stamp('b', { version: -1, base: 10 })],
    [{ phone: '4' }, stamp('b', { version: -2, base: 10 })],
  );
  expect(openConflicts(heads)[0]?.heads.map(({ value }) => value)).toEqual(['2', '4']);
});

describe('two who write different fields', () => {
  test('are merged, and told so while neither has been written with knowledge of the other', () => {
    const parallel = [
      [{ phone: '2' }, stamp('a', { version: 11, base: 10 })],
      [{ note: 'm' }, stamp('b', { version: 12, base: 10 })],
    ] as const;
    const { heads, fields } = written(...parallel);
    expect(fields).toEqual({ phone: '2', note: 'm' });
    expect(openConflicts(heads)).toEqual([]);
    expect(mergedWrites(heads).map(({ field, head }) => [field, head.by])).toEqual([
      ['phone', 'a'],
      ['note', 'b'],
    ]);
    expect(mergedWrites(written(...parallel, [{ note: 'x' }, stamp('a', { version: 13, base: 12 })]).heads)).toEqual(
      [],
    );
  });

  test('one after the other are not a merge', () => {
    const { heads } = written(
      [{ phone: '2' }, stamp('a', { version: 11, base: 10 })],
      [{ note: 'm' }, stamp('b', { version: 12, base: 11 })],
    );
    expect(mergedWrites(heads)).toEqual([]);
  });
});

test('who removes a row is told where it was changed on another device, unseen; his own other one too', () => {
  const { heads } = written([{ phone: '2' }, stamp('a', { version: 11, base: 10 })]);
  expect(hasUnseen(heads, { by: 'b', base: 10 })).toBe(true);
  expect(hasUnseen(heads, { by: 'a', device: 'a-laptop', base: 10 })).toBe(true);
  expect(hasUnseen(heads, { by: 'b', base: 11 })).toBe(false);
  expect(hasUnseen(heads, { by: 'a', device: 'a-phone', base: 10 })).toBe(false);
});

test('a device is told to nobody but its own person', () => {
  const { heads } = written([{ phone: '2' }, stamp('a', { version: 11, base: 10 })]);
  expect(headsFor(heads, 'a')['phone']?.[0]).toHaveProperty('device', 'a-phone');
  expect(headsFor(heads, 'b')['phone']?.[0]).not.toHaveProperty('device');
});
