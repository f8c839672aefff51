import { expect, test } from 'vitest';
import { docName, parseDocName, rootRule } from './doc-kind.ts';
import type { DocKind } from './doc-kind.ts';

const ID = '0199a000-0000-7000-8000-000000000001';

test('a name is taken apart and put together', () => {
  expect(parseDocName(`talk:${ID}:12`)).toEqual({ kind: 'talk', id: ID, segment: 12 });
  expect(parseDocName(`plan-read:${ID}`)).toEqual({ kind: 'plan-read', id: ID, segment: null });
  for (const name of [`talk:${ID}:12`, `plan-read:${ID}`]) {
    const parsed = parseDocName(name);
    expect(parsed && docName(parsed)).toBe(name);
  }
});

test.each([
  '',
  'talk',
  `talk:${ID}:0`,
  `talk:${ID}:01`,
  `talk:${ID}:1:2`,
  `Talk:${ID}`,
  `talk:${ID.toUpperCase()}`,
  `talk:${ID} `,
  `__proto__:${ID}`,
])('%j is no name', (name) => {
  expect(parseDocName(name)).toBeNull();
});

test('a root has its own rule or that of its prefix, and what is not declared has none', () => {
  const server = { rule: 'server' } as const;
  const own = { rule: 'own', parse: () => undefined, valueBytes: 10, mostKeys: 1 } as const;
  const kind: DocKind = { name: 'talk', row: 'talk', policy: {}, roots: { server, 'by:*': own }, schemaVersion: 1 };
  expect(rootRule(kind, 'server')).toEqual({ rule: server, owner: null });
  expect(rootRule(kind, 'by:u1')).toEqual({ rule: own, owner: 'u1' });
  for (const root of ['by:*', 'other', '', 'toString', '__proto__', 'constructor:x']) {
    const found = rootRule(kind, root);
    expect(found === null || found.owner === '*').toBe(true);
  }
});
