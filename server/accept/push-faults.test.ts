// A fault of this program in one act: that one comes back, the others go on, and whoever runs the server hears of it once.

import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import type { Mutator } from '../../src/sync/core/mutation.ts';
import { declared as present } from '../../src/sync/testing/board.ts';
import { createLog } from '../log.ts';
import type { AcceptParts } from './routes.ts';
import { tellFaults } from '../start.ts';
import { onEachStore } from '../testing/each-store.ts';
import { Hand } from '../testing/hand.ts';
import type { SyncServer } from '../testing/sync-server.ts';

const add = must(present.mutators['card.add'], 'the mutator');

/** One for each place where a mutator can fail; all else is as with a card that is added. */
const FAULTY: readonly Mutator[] = [
  {
    ...add,
    name: 'card.failInRun',
    run(tx, args, context) {
      add.run(tx, args, context);
      throw new TypeError('zq-words of a person');
    },
  },
  {
    ...add,
    name: 'card.failInRow',
    run(tx, args, context) {
      add.run(tx, args, context);
      tx.insert('card', { id: newId(), space: 'public', fields: { title: 7 } });
      return undefined;
    },
  },
  {
    ...add,
    name: 'card.failInReads',
    reads: () => {
      throw new TypeError('zq-words of a person');
    },
  },
  {
    ...add,
    name: 'card.failInUpcast',
    version: 2,
    upcast: () => {
      throw new TypeError('zq-words of a person');
    },
  },
];
const declared = {
  ...present,
  mutators: { ...present.mutators, ...Object.fromEntries(FAULTY.map((one) => [one.name, one])) },
};

onEachStore((start) => {
  let server: SyncServer;
  let phone: Hand;
  let faults: Parameters<AcceptParts['onFault']>[0][];
  beforeEach(async () => {
    faults = [];
    server = await start({ declared, onFault: (fault) => void faults.push(fault) });
    phone = new Hand(server, 'ana');
  });

  test.each(FAULTY.map(({ name }) => name))(
    '%s: only that act is refused, nothing of it is written, and the fault is told once, without its words',
    async (name) => {
      const bad = phone.next(name, phone.card('ana'));
      const behind = phone.next('card.add', { ...phone.card('ana'), id: String(bad.args['id']) });
      const { results } = await phone.push(bad, behind);
      expect(results).toMatchObject([
        { n: 1, result: 'refused', code: 'failed' },
        { n: 2, result: 'applied' },
      ]);
      expect(await phone.push(bad, behind)).toMatchObject({ results });
      const cards = (await phone.pull()).rows.filter(({ type }) => type === 'card');
      expect(cards).toMatchObject([{ id: behind.args['id'], fields: { title: 'title' } }]);
      const lines: string[] = [];
      const told = tellFaults(createLog({ write: (line) => lines.push(line) }));
      for (const fault of faults) told(fault);
      expect(lines).toHaveLength(1);
      expect(JSON.parse(must(lines[0], 'a line'))).toMatchObject({
        level: 'error',
        code: 'mutator-failed',
        mutator: name,
      });
      expect(lines.join()).not.toMatch(/zq-words|title|note/);
    },
  );

  test('is told once where the batch has to be judged again and again', async () => {
    const commit = server.store.commit.bind(server.store);
    let left = 3;
    server.store.commit = async (practiceId, batch) => (left-- > 0 ? 'stale' : commit(practiceId, batch));
    const { results } = await phone.push(phone.next('card.failInRun', phone.card('ana')));
    expect(results).toMatchObject([{ result: 'refused', code: 'failed' }]);
    expect(faults.map(({ mutator }) => mutator)).toEqual(['card.failInRun']);
  });
});
