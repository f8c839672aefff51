// Plain acts and parcels in one batch, parcels that are carried under other numbers and devices, and parcels of others.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { ParcelItem } from '../../src/sync/core/protocol.ts';
import { declared } from '../../src/sync/testing/board.ts';
import { onEachStore } from '../testing/each-store.ts';
import { Hand } from '../testing/hand.ts';
import type { SyncServer } from '../testing/sync-server.ts';

const UNREADABLE = { result: 'refused', code: 'parcel-unreadable' };

onEachStore((start) => {
  let server: SyncServer;
  let phone: Hand;
  beforeEach(async () => {
    server = await start({ declared });
    phone = new Hand(server, 'ana');
  });
  afterEach(() => expect(server.bugs).toEqual([]));

  const add = (by = phone) => by.next('card.add', by.card('ana'));
  async function cards() {
    const { rows } = await new Hand(server, 'ana').pull();
    return rows.flatMap((row) => (row.type === 'card' && 'fields' in row ? [row] : []));
  }

  describe('a batch of both kinds', () => {
    test('is judged in order, each act on what those before it have done', async () => {
      const first = add();
      const id = String(first.args['id']);
      const change = (note: string) => phone.next('card.change', phone.onCard('ana', id, { changes: { note } }));
      const [second, third, fourth] = [change('2'), change('3'), add()];
      const answer = await phone.push(first, await phone.sealed(second), third, await phone.sealed(fourth));
      expect(answer.results.map(({ n, result }) => `${n} ${result}`)).toEqual([
        '1 applied',
        '2 applied',
        '3 applied',
        '4 applied',
      ]);
      expect((await cards()).find((row) => row.id === id)?.fields).toMatchObject({ note: '3' });
    });

    test('gives a parcel that cannot be opened its number and goes on', async () => {
      const [first, second, third] = [add(), add(), add()];
      const altered = await phone.sealed({ ...second, mid: newId() });
      const answer = await phone.push(first, { ...altered, header: { ...altered.header, n: 2 } }, third);
      expect(answer.results.map(({ result }) => result)).toEqual(['applied', 'applied', 'applied']);
      const [fourth, fifth] = [add(), add()];
      const sealed = await phone.sealed(fourth);
      const header = { ...sealed.header, mid: newId() };
      expect((await phone.push({ ...sealed, header }, fifth)).results).toMatchObject([
        { n: 4, mid: header.mid, ...UNREADABLE },
        { n: 5, result: 'applied' },
      ]);
    });
  });

  describe('a carried parcel', () => {
    test('goes on under another number of another device of the same person', async () => {
      const sealed = await phone.sealed(add());
      const laptop = new Hand(server, 'ana');
      const answer = await laptop.push(laptop.next('sync.void', {}), { ...sealed, n: 2 });
      expect(answer.results[1]).toMatchObject({ n: 2, mid: sealed.header.mid, result: 'applied' });
      const again = await phone.push(sealed);
      expect(again.results).toEqual([{ ...answer.results[1], n: 1 }]);
      expect(await cards()).toHaveLength(1);
    });

    test('of another device without a number of its own is refused', async () => {
      const sealed = await phone.sealed(add());
      const laptop = new Hand(server, 'ana');
      expect((await laptop.push(sealed)).results).toMatchObject([{ n: 1, ...UNREADABLE }]);
      expect(await cards()).toEqual([]);
    });

    test('is refused where its header is another than it was sealed under, whatever number it is carried under', async () => {
      const sealed = await phone.sealed(add());
      const changes: Partial<ParcelItem['header']>[] = [{ device: newId() }, { n: 7 }, { mid: newId() }];
      for (const change of changes) {
        const laptop = new Hand(server, 'ana');
        const item = { ...sealed, header: { ...sealed.header, ...change }, n: 1 };
        expect((await laptop.push(item)).results).toMatchObject([UNREADABLE]);
      }
      expect(await cards()).toEqual([]);
    });

    test.each([
      ['lowers its ground: both values stand', { base: 0 }, 2],
      ['keeps its ground where it says nothing', {}, 1],
      ['never raises it', { base: 1_000_000 }, 1],
    ] as const)('%s', async (_, more, values) => {
      const made = add();
      const on = (hand: Hand, note: string) => hand.onCard('ana', String(made.args['id']), { changes: { note } });
      const team = new Hand(server, 'lee');
      await phone.push(made);
      const { version } = await team.push(team.next('card.change', on(team, 'theirs')));
      const sealed = await phone.sealed(phone.next('card.change', on(phone, 'hers'), { base: version }));
      await phone.push({ ...sealed, ...more });
      expect((await cards())[0]?.heads?.['note']).toHaveLength(values);
    });

    test('whose own ground is unseen is not given a better one', async () => {
      const made = add();
      const on = (hand: Hand, note: string) => hand.onCard('ana', String(made.args['id']), { changes: { note } });
      const team = new Hand(server, 'lee');
      await phone.push(made);
      const { version } = await team.push(team.next('card.change', on(team, 'theirs')));
      const sealed = await phone.sealed(phone.next('card.change', on(phone, 'hers'), { base: 0 }));
      await phone.push({ ...sealed, base: version });
      expect((await cards())[0]?.heads?.['note']).toHaveLength(2);
    });
  });

  describe('a parcel under the session of another member', () => {
    test.each(['ben', 'lee'] as const)('%s: has no effect, and its author’s own is not harmed', async (name) => {
      const sealed = await phone.sealed(add());
      const thief = new Hand(server, name, phone.device);
      for (const n of [1, 2]) {
        const { results } = await thief.pushParcels({ ...sealed, n });
        expect(results).toMatchObject([{ n, ...UNREADABLE }]);
      }
      expect(await cards()).toEqual([]);
      expect((await phone.push(sealed)).results).toMatchObject([{ n: 1, result: 'applied' }]);
    });

    test('with the header in his own name is refused as well: it was sealed under another', async () => {
      const sealed = await phone.sealed(add());
      const thief = new Hand(server, 'ben');
      const header = { ...sealed.header, user: thief.member, device: thief.device };
      expect((await thief.push({ ...sealed, header })).results).toMatchObject([UNREADABLE]);
    });

    test('with words of another author inside is judged as its sender’s, and refused', async () => {
      const thief = new Hand(server, 'ben');
      const sealed = await thief.sealed(add());
      expect((await thief.push(sealed)).results).toMatchObject([{ result: 'refused', code: 'not-author' }]);
      expect(await cards()).toEqual([]);
    });
  });
});
