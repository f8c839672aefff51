// The same act under another device or number: answered as before, entered under the new number, and done once.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { declared } from '../../src/sync/testing/board.ts';
import { onEachStore } from '../testing/each-store.ts';
import { Hand } from '../testing/hand.ts';
import type { SyncServer } from '../testing/sync-server.ts';

onEachStore((start) => {
  let server: SyncServer;
  beforeEach(async () => {
    server = await start({ declared });
  });
  afterEach(() => expect(server.bugs).toEqual([]));

  const cards = async () => (await new Hand(server, 'ana').pull()).rows.filter(({ type }) => type === 'card');

  describe('an act that comes again', () => {
    test('from another device of the same person is answered as before and has no effect', async () => {
      const [phone, twin] = [new Hand(server, 'ana'), new Hand(server, 'ana')];
      const [add, bad] = [phone.next('card.add', phone.card('ana')), phone.next('card.wasOnce', {})];
      const first = await phone.push(add, bad);
      const own = twin.next('card.add', twin.card('ana'));
      const again = await twin.push(own, { ...add, n: 2 }, { ...bad, n: 3 });
      expect(again.results.slice(1)).toEqual(first.results.map((result) => ({ ...result, n: result.n + 1 })));
      expect(again.version).toBe(first.version + 1);
      expect(await cards()).toHaveLength(2);
      expect((await twin.ask('hello', { protocols: [1], build: 't' })).body).toMatchObject({ lastN: 3 });
      expect(await twin.push({ ...bad, n: 3 })).toMatchObject({ results: again.results.slice(2) });
    });

    test('under a later number of the same device is answered as before, also beside itself in one batch', async () => {
      const phone = new Hand(server, 'ana');
      const add = phone.next('card.add', phone.card('ana'));
      const change = phone.next('card.change', phone.onCard('ana', String(add.args['id']), { changes: { note: 'a' } }));
      const first = await phone.push(add, change, { ...change, n: 3 });
      expect(first.results[2]).toEqual({ ...first.results[1], n: 3 });
      const later = await phone.push({ ...add, n: 4 }, { ...change, n: 5 });
      expect(later.results).toEqual([
        { ...first.results[0], n: 4 },
        { ...first.results[1], n: 5 },
      ]);
      expect(later.version).toBe(first.version);
    });

    test('refused beside itself in one batch is refused for the same reason', async () => {
      const phone = new Hand(server, 'ana');
      const gone = phone.next('card.remove', phone.onCard('ana', phone.card('ana').id));
      const add = phone.next('card.add', { ...phone.card('ana'), id: String(gone.args['id']) });
      const { results } = await phone.push(gone, add, { ...gone, n: 3 });
      expect(results.map((result) => [result.n, 'code' in result ? result.code : ''])).toEqual([
        [1, 'not-there'],
        [2, ''],
        [3, 'not-there'],
      ]);
      expect(await cards()).toHaveLength(1);
    });

    test('from many devices at once is done once, and each is told the same', async () => {
      const devices = Array.from({ length: 6 }, () => new Hand(server, 'ana'));
      const writer = new Hand(server, 'ana');
      const add = writer.next('card.add', writer.card('ana'));
      const answers = await Promise.all(devices.map((device) => device.push(add)));
      expect(new Set(answers.map(({ results }) => JSON.stringify(results))).size).toBe(1);
      expect(await cards()).toHaveLength(1);
      const [told] = answers[0]?.results ?? [];
      expect(told).toMatchObject({ result: 'applied', version: (await cards())[0]?.version });
    });

    test('in the name of another person is not known: it is judged as that person’s own', async () => {
      const [ana, ben] = [new Hand(server, 'ana'), new Hand(server, 'ben')];
      const add = ana.next('card.add', ana.card('ana'));
      await ana.push(add);
      expect(await ben.push(add)).toMatchObject({ results: [{ result: 'refused', code: 'not-author' }] });
      expect(await ana.push({ ...add, n: 2 })).toMatchObject({ results: [{ n: 2, result: 'applied' }] });
    });
  });
});
