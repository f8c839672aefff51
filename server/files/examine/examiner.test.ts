import { createCipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { descendantsOf } from '../../testing/processes.ts';
import { createExaminer } from './examiner.ts';
import type { Examiner, Sealed } from './examiner.ts';
import { RECORDED } from './recorded-media.fixture.ts';

let examiner: Examiner;
const going = new AbortController().signal;
afterEach(() => examiner.close());

function sealed(plain: Uint8Array): Sealed {
  const [key, nonce] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { bytes: new Uint8Array(body), key: key.toString('base64url') };
}

/** The process that looks at files: it is the one with the examiner's program. */
async function programs(): Promise<{ pid: number; uid: string; env: string }[]> {
  const found = await Promise.all(
    (await descendantsOf(process.pid)).map(async (pid) => {
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
      const uid = /^Uid:\t(\d+)/m.exec(await read('status'))?.[1] ?? '';
      return { pid, uid, line: await read('cmdline'), env: await read('environ') };
    }),
  );
  return found.filter(({ line }) => line.includes('examine-program.ts'));
}

test('tells what a sealed file is, however many are asked at once', async () => {
  examiner = createExaminer();
  const html = sealed(Buffer.from('<script>alert(1)</script>'));
  const asked = [sealed(RECORDED.jpeg), html, sealed(RECORDED.webm), { ...html, key: sealed(RECORDED.jpeg).key }];
  expect(await Promise.all(asked.map((one) => examiner.examine(one, going)))).toEqual([
    null,
    'type',
    null,
    'unreadable',
  ]);
  expect(await examiner.examine({ bytes: new Uint8Array(3), key: 'x' }, going)).toBe('unreadable');
});

test('what looks at files has no settings, and no rights of root’s', async () => {
  examiner = createExaminer();
  await examiner.examine(sealed(RECORDED.jpeg), going);
  const [program, ...others] = await programs();
  expect(others).toEqual([]);
  expect(program?.env).not.toContain('PATH=');
  if (process.getuid?.() === 0) expect(program?.uid).toBe('65534');
});

test('a file that takes too long twice is refused', async () => {
  examiner = createExaminer({ mostMs: 0.2 });
  expect(await examiner.examine(sealed(randomBytes(7_900_000)), going)).toBe('shape');
});

test('a process that somebody else ended says nothing of the file, and the next file is looked at', async () => {
  examiner = createExaminer();
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await examiner.examine(sealed(RECORDED.jpeg), going);
    for (const { pid } of await programs()) process.kill(pid, 'SIGSTOP');
    const asked = examiner.examine(sealed(RECORDED.jpeg), going);
    for (const { pid } of await programs()) {
      process.kill(pid, signal);
      process.kill(pid, 'SIGCONT');
    }
    await expect(asked).rejects.toThrow('its process was ended');
    expect(await examiner.examine(sealed(RECORDED.mp4), going)).toBeNull();
  }
});

test('a process that was asleep for a while is not the file’s fault', async () => {
  examiner = createExaminer({ mostMs: 1000 });
  await examiner.examine(sealed(RECORDED.jpeg), going);
  for (const { pid } of await programs()) process.kill(pid, 'SIGSTOP');
  expect(await examiner.examine(sealed(RECORDED.jpeg), going)).toBeNull();
});

test('a process that is just being ended for want of work is not asked', async () => {
  examiner = createExaminer({ idleMs: 0 });
  for (let i = 0; i < 2; i++) {
    expect(await examiner.examine(sealed(RECORDED.jpeg), going)).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
});

test('its process ends with it, and after a while without work', async () => {
  examiner = createExaminer({ idleMs: 50 });
  await examiner.examine(sealed(RECORDED.jpeg), going);
  await expect.poll(programs, { timeout: 10_000 }).toEqual([]);
  await examiner.examine(sealed(RECORDED.jpeg), going);
  await examiner.close();
  expect(await programs()).toEqual([]);
});

test('a server that is ending waits for no file, and none is refused for it', { timeout: 30_000 }, async () => {
  examiner = createExaminer({ mostMs: 60_000 });
  await examiner.examine(sealed(RECORDED.jpeg), going);
  for (const { pid } of await programs()) process.kill(pid, 'SIGSTOP');
  const ending = new AbortController();
  const asked = [RECORDED.jpeg, RECORDED.webm].map((one) => examiner.examine(sealed(one), ending.signal));
  const ended = Promise.allSettled(asked);
  ending.abort();
  expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await examiner.close();
  expect(await programs()).toEqual([]);
});
