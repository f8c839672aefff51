// `npm run bench [name …]`: the measurements in `bench/`, all or those named, one after another.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lineOf, ROOT, runPart } from './part.ts';

const LIMIT_MS = 30 * 60_000;

const there = benches();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !there.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}. There are: ${there.join(', ') || 'none'}.\n`);
  process.exitCode = 1;
} else if (there.length === 0) {
  process.stdout.write('There are no benches in bench/.\n');
} else {
  for (const name of asked.length > 0 ? asked : there) await run(name);
}

async function run(name: string): Promise<void> {
  process.stdout.write(`── ${name}\n`);
  const command = [process.execPath, '--import', 'tsx', join('bench', `${name}.ts`)] as const;
  const result = await runPart({ name, command, limitMs: LIMIT_MS }, { show: true });
  process.stdout.write(lineOf(result));
  if (!result.ok) process.exitCode = 1;
}

function benches(): string[] {
  const names = readdirSync(ROOT).includes('bench') ? readdirSync(join(ROOT, 'bench')) : [];
  return names.filter((name) => /^[a-z0-9-]+\.ts$/.test(name)).map((name) => name.slice(0, -'.ts'.length));
}
