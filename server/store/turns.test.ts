import { expect, test } from 'vitest';
import { TurnLateError, Turns } from './turns.ts';

function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

test('one at a time by key, in the order of asking; another key does not wait', async () => {
  const turns = new Turns(60_000);
  const first = gate();
  const done: string[] = [];
  const work = (name: string, until?: Promise<void>) => async () => {
    await until;
    done.push(name);
    return name;
  };
  const all = [turns.take('a', work('1', first.opened)), turns.take('a', work('2')), turns.take('a', work('3'))];
  expect(await turns.take('b', work('other'))).toBe('other');
  first.open();
  expect(await Promise.all(all)).toEqual(['1', '2', '3']);
  expect(done).toEqual(['other', '1', '2', '3']);
});

test('what fails lets the next in', async () => {
  const turns = new Turns(60_000);
  const failing = turns.take('a', () => Promise.reject(new Error('no')));
  const next = turns.take('a', async () => 'next');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('next');
});

test('who waits too long does nothing, and those behind him still wait for those before', async () => {
  const turns = new Turns(30);
  const first = gate();
  const done: string[] = [];
  const slow = turns.take('a', async () => {
    await first.opened;
    done.push('slow');
  });
  const late = turns.take('a', async () => void done.push('late'));
  await expect(late).rejects.toThrow(TurnLateError);
  const behind = turns.take('a', async () => void done.push('behind'));
  first.open();
  await Promise.all([slow, behind]);
  expect(done).toEqual(['slow', 'behind']);
});
