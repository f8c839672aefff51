// The rules bite: each is shown a small tree that breaks it, and one that does not.

import { expect, test } from 'vitest';
import { importCycles } from './cycles.ts';
import { houseFaults } from './house.ts';
import { importFaults, tableFaults } from './imports.ts';
import type { Row } from './imports.ts';
import { nounFaults } from './nouns.ts';
import { readSource } from './source.ts';

const TABLE: Row[] = [
  { row: 'tests', files: ['src/**.test.ts'], may: ['tests', 'core', 'schema'], packages: ['vitest'] },
  { row: 'core', files: ['src/core/*.ts'], may: ['core'], packages: ['zod/mini', 'node:*'] },
  { row: 'schema', files: ['src/nouns/:noun/{schema,doc}.ts'], may: ['core', 'schema'], packages: [] },
  {
    row: 'screen',
    files: ['src/nouns/:noun/screens/**'],
    may: ['core types', 'own schema', 'own screen'],
    packages: ['react'],
  },
];

const tree = (files: Record<string, string>) => Object.entries(files).map(([path, text]) => readSource(path, text));
const faults = (files: Record<string, string>) => importFaults(tree(files), TABLE);

const CORE = { 'src/core/a.ts': 'export const a = 1;\n' };
const SCHEMAS = { 'src/nouns/tea/schema.ts': 'export {};\n', 'src/nouns/cake/schema.ts': 'export {};\n' };

test('what the table says is allowed', () => {
  expect(
    faults({
      ...CORE,
      ...SCHEMAS,
      'src/core/b.ts':
        "import { a } from './a.ts';\nimport * as z from 'zod/mini';\nimport { join } from 'node:path';\n",
      'src/nouns/cake/doc.ts': "import '../tea/schema.ts';\n",
      'src/nouns/tea/screens/list.tsx':
        "import type { A } from '../../../core/a.ts';\nimport '../schema.ts';\nimport 'react';\n",
      'src/nouns/tea/screens/list.css': '',
    }),
  ).toEqual([]);
});

test.each([
  ['a plain import', "import { s } from '../nouns/tea/schema.ts';", 'src/nouns/tea/schema.ts'],
  ['a type', "import type { S } from '../nouns/tea/schema.ts';", 'src/nouns/tea/schema.ts'],
  ['a lazy import', "const s = () => import('../nouns/tea/schema.ts');", 'src/nouns/tea/schema.ts'],
  ['a type in place', "type S = import('../nouns/tea/schema.ts').S;", 'src/nouns/tea/schema.ts'],
  ['a worker', "new Worker(new URL('../nouns/tea/schema.ts', import.meta.url));", 'src/nouns/tea/schema.ts'],
  ['passing on', "export { s } from '../nouns/tea/schema.ts';", 'src/nouns/tea/schema.ts'],
])('an import upward is found: %s', (_, line, target) => {
  expect(faults({ ...SCHEMAS, 'src/core/b.ts': `// head\n${line}\n` })).toEqual([
    `src/core/b.ts:2 (core) must not import ${target} (schema)`,
  ]);
});

test('an import in words or comments is none', () => {
  expect(faults({ 'src/core/b.ts': `// import '../nouns/tea/schema.ts';\nconst s = "import './x.ts'";\n` })).toEqual(
    [],
  );
});

test('another noun’s screen, the core as a value, a package not named, a file not there', () => {
  expect(
    faults({
      ...CORE,
      ...SCHEMAS,
      'src/nouns/tea/screens/list.tsx': [
        "import { a } from '../../../core/a.ts';",
        "import '../../cake/schema.ts';",
        "import 'dexie';",
        "import './gone.ts';",
        '',
      ].join('\n'),
    }),
  ).toEqual([
    'src/nouns/tea/screens/list.tsx:1 (screen) must not import src/core/a.ts (core)',
    'src/nouns/tea/screens/list.tsx:2 (screen) must not import src/nouns/cake/schema.ts (schema)',
    'src/nouns/tea/screens/list.tsx:3 (screen) must not import the package dexie',
    'src/nouns/tea/screens/list.tsx:4 imports src/nouns/tea/screens/gone.ts, which is not there',
  ]);
});

test('part of a package is allowed, its neighbour in name is not', () => {
  expect(faults({ 'src/core/b.ts': "import 'zod';\nimport 'zod/mini/x';\nimport 'nodemailer';\n" })).toEqual([
    'src/core/b.ts:1 (core) must not import the package zod',
    'src/core/b.ts:3 (core) must not import the package nodemailer',
  ]);
});

test('a file of no row, a test imported by what is tested, a row that is not there', () => {
  expect(faults({ 'src/else.ts': '' })).toEqual(['src/else.ts:1 belongs to no row of the table']);
  expect(faults({ 'src/core/a.test.ts': '', 'src/core/b.ts': "import './a.test.ts';\n" })).toEqual([
    'src/core/b.ts:1 (core) must not import src/core/a.test.ts (tests)',
  ]);
  expect(tableFaults(TABLE)).toEqual([]);
  expect(tableFaults([{ row: 'a', files: [], may: ['own b'], packages: [] }])).toHaveLength(1);
});

test('circles of values are found, of types and lazy imports not', () => {
  const ring = (how: string) =>
    importCycles(tree({ 'src/a.ts': "import './b.ts';\n", 'src/b.ts': "import './c.ts';\n", 'src/c.ts': `${how}\n` }));
  expect(ring("import './a.ts';")).toEqual(['src/a.ts → src/b.ts → src/c.ts → src/a.ts']);
  expect(ring("import type { A } from './a.ts';")).toEqual([]);
  expect(ring("const a = () => import('./a.ts');")).toEqual([]);
});

const HEAD = '// What this owns.\n';
const lines = (count: number) => 'go();\n'.repeat(count);

test.each([
  ['a name in camel case', 'src/base/myThing.ts', '', 'src/base/myThing.ts:1 is not named in kebab-case'],
  [
    'a vague name',
    'src/base/date-utils.ts',
    '',
    'src/base/date-utils.ts:1 "date-utils.ts" says nothing of what it owns',
  ],
  ['a vague folder', 'src/helpers/a.ts', '', 'src/helpers/a.ts:1 "helpers" says nothing of what it owns'],
  ['a long screen file', 'src/app/a.ts', lines(301), 'src/app/a.ts:1 has 301 lines, more than 300'],
  ['a long server file', 'server/a.ts', HEAD + lines(400), 'server/a.ts:1 has 401 lines, more than 400'],
  [
    'a long function',
    'src/base/a.ts',
    `\nexport function far() {\n${lines(59)}}\n`,
    'src/base/a.ts:2 far has 61 lines, more than 60',
  ],
  [
    'a long arrow',
    'src/base/a.ts',
    `const far = () => {\n${lines(59)}};\n`,
    'src/base/a.ts:1 far has 61 lines, more than 60',
  ],
  [
    'a long component',
    'src/ui/a.tsx',
    `function Far() {\n${lines(119)}}\n`,
    'src/ui/a.tsx:1 Far has 121 lines, more than 120',
  ],
  [
    'four parameters',
    'src/base/a.ts',
    'export const f = (a, b, c, d) => 1;\n',
    'src/base/a.ts:1 f takes 4 parameters: make it one object',
  ],
  [
    'a barrel',
    'src/base/index.ts',
    "export * from './a.ts';\n",
    'src/base/index.ts:1 passes on another module: import it where it is',
  ],
  ['no head', 'server/a.ts', 'export {};\n', 'server/a.ts:1 has no head that says what it owns'],
  [
    'a cast',
    'src/base/a.ts',
    `const a = b as ${'unknown'} as string;\n`,
    'src/base/a.ts:1 a cast through unknown hides a wrong type',
  ],
  [
    'a test left out',
    'src/base/a.test.ts',
    `test.${'skip'}('x', f);\n`,
    'src/base/a.test.ts:1 a test that does not run proves nothing',
  ],
])('a house rule bites: %s', (_, path, text, fault) => {
  expect(houseFaults(tree({ [path]: text }))).toEqual([fault]);
});

test('lines of a named function inside another are its own, and no way round the limit', () => {
  const inner = (count: number) => `function near() {\n${lines(count)}}\n`;
  const outer = (body: string) => ({ 'src/base/a.ts': `function far() {\n${body}}\n` });
  expect(houseFaults(tree(outer(inner(50) + lines(50))))).toEqual([]);
  expect(houseFaults(tree(outer(inner(50) + lines(59))))).toEqual(['src/base/a.ts:1 far has 61 lines, more than 60']);
  expect(houseFaults(tree(outer(inner(59) + lines(5))))).toEqual(['src/base/a.ts:2 near has 61 lines, more than 60']);
});

test('what keeps the house’s rules is left alone', () => {
  const kept = {
    'src/ui/list.tsx': `function List() {\n${lines(118)}}\n`,
    'src/ui/list.css': '',
    'server/a.ts': HEAD + lines(399),
    'server/store/a.test.ts': lines(900),
    'server/store/migrations/0001-first.ts': `export function up() {\n${lines(90)}}\n`,
  };
  expect(houseFaults(tree(kept))).toEqual([]);
});

test('a noun is heard whole and in names, in code and in comments, but not inside another word', () => {
  const spoken = (text: string) => nounFaults(tree({ 'src/sync/a.ts': text }), ['tea', 'care-plan']).length;
  expect(spoken("const x = 'tea.pour';\n")).toBe(1);
  expect(spoken('const hotTea = 1;\n')).toBe(1);
  expect(spoken('// a care plan\nconst carePlan = 1;\n')).toBe(2);
  expect(spoken("const team = steal('teapot');\n")).toBe(0);
});
