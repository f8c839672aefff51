import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { isAlive } from '../server/testing/processes.ts';
import { runPart } from './part.ts';

const shell = (script: string, limitMs = 20_000) =>
  runPart({ name: 'a part', command: ['bash', '-c', script], limitMs }, { show: false });

test('a part tells how it ended and what it wrote', async () => {
  expect(await shell('echo one; echo two >&2')).toMatchObject({ ok: true, output: 'one\ntwo\n' });
  expect(await shell('echo no; exit 3')).toMatchObject({ ok: false, output: 'no\n' });
  const missing = { name: 'missing', command: ['/nowhere/program'] as const, limitMs: 1000 };
  expect(await runPart(missing, { show: false })).toMatchObject({ ok: false });
});

test('what a part leaves behind ends with it, also what has left its group', async () => {
  const { ok, output } = await shell('setsid sleep 300 & echo $!');
  expect(ok).toBe(true);
  await expect.poll(() => isAlive(Number(output))).toBe(false);
});

test('what is just being loaded is not overlooked', async () => {
  // A program that is loaded again and again, and shows no environment meanwhile.
  const again = `setsid bash -c 'export AGAIN; exec bash -c "$AGAIN"' >/dev/null & echo $!`;
  const script = `export AGAIN='exec bash -c "$AGAIN"'; ${again}`;
  for (let i = 0; i < 12; i++) {
    const { output } = await shell(script);
    expect(isAlive(Number(output))).toBe(false);
  }
});

test('a part that does not end is ended at its limit, with its children', async () => {
  const { ok, output } = await shell('sleep 300 & echo $!; wait', 300);
  expect(ok).toBe(false);
  expect(output).toContain('took longer than 0.3 s');
  await expect.poll(() => isAlive(Number.parseInt(output, 10))).toBe(false);
});

test('a run that is told to end begins nothing more, and leaves nothing', async () => {
  // The first takes a while to end, and the second would outlive the run.
  const first = `trap 'exit 0' TERM; (trap '' TERM; sleep 1) & echo begun >&2; wait`;
  const script = `import { runPart } from './part.ts';
    for (const script of [${JSON.stringify(first)}, 'echo second $$ >&2; sleep 300'])
      await runPart({ name: 'a part', command: ['bash', '-c', script], limitMs: 20_000 }, { show: true });`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, args, { cwd: import.meta.dirname, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line);
    if (line === 'begun') child.kill('SIGTERM');
  });
  const [code] = (await once(child, 'exit')) as [number];
  expect([code, said]).toEqual([1, ['begun']]);
});
