import { expect, test } from 'vitest';
import type { Act } from '../../do-acts.ts';
import { goThrough } from './go-through.ts';
import type { Plan } from './together-plans.ts';

const planOf = (id: string): Plan => ({
  client: { id, legalName: id, preferredName: null, birthDate: '1990-01-01' },
  act: () => ({ name: 'zq', args: { id } }),
});
const steps = ['a', 'b', 'c', 'd'].map((id) => () => ({ plan: planOf(id), act: planOf(id).act({} as never) }));
const idsOf = (list: readonly { client: { id: string } }[]) => list.map(({ client }) => client.id);

async function gone(mutate: (id: string) => { code: 'changed' } | undefined, stopAfter = Infinity) {
  let tried = 0;
  const way = {
    mutate: async ({ args }: Act) => {
      tried += 1;
      return mutate(String(args['id']));
    },
    isStopped: () => tried >= stopAfter,
    tell: () => undefined,
  };
  const { done, refused, left, ...rest } = await goThrough(steps, way);
  return {
    ...{ done: idsOf(done.map(({ plan }) => plan)), refused: idsOf(refused) },
    left: idsOf(left.map((make) => make().plan)),
    ...rest,
  };
}

test('what is refused stops nothing', async () => {
  expect(await gone((id) => (id === 'b' ? { code: 'changed' } : undefined))).toEqual({
    ...{ done: ['a', 'c', 'd'], refused: ['b'], left: [], isStuck: false },
  });
});

test('what was stopped says what it has left, in order', async () => {
  expect(await gone(() => undefined, 1)).toEqual({ done: ['a'], refused: [], left: ['b', 'c', 'd'], isStuck: false });
});

test('an error that nobody foresaw takes nothing of what was done from who is to take it back', async () => {
  const error = new Error('zq');
  const answer = await gone((id) => {
    if (id === 'c') throw error;
    return undefined;
  });
  expect(answer).toEqual({ done: ['a', 'b'], refused: [], left: ['c', 'd'], isStuck: false, error });
});
