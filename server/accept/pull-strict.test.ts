// What a viewer whose grant is strict is given, in every part of a pull; and what heads tell to whom.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { digestOfSpaces } from '../../src/sync/core/digest.ts';
import type { PullAnswer } from '../../src/sync/core/protocol.ts';
import { sumOfRows } from '../../src/sync/core/space-sum.ts';
import { declared } from '../../src/sync/testing/board.ts';
import { onEachStore } from '../testing/each-store.ts';
import { Hand } from '../testing/hand.ts';
import type { SyncServer } from '../testing/sync-server.ts';

const SECRET = 'zq-secret';
const WEIGHT = 61.25;

onEachStore((start) => {
  let server: SyncServer;
  let ana: Hand;
  let lee: Hand;
  beforeEach(async () => {
    server = await start({ declared });
    [ana, lee] = [new Hand(server, 'ana'), new Hand(server, 'lee')];
  });
  afterEach(() => expect(server.bugs).toEqual([]));

  const chart = () => `chart:${server.clinic.people.ana.client}`;
  const shield = (id: string, isUp: boolean) => {
    const { client } = server.clinic.people.ana;
    return server.clinic.write('willow', [
      { type: 'shield', id, space: `office:${client}`, fields: isUp ? { client } : null },
    ]);
  };
  const grantIn = ({ spaces }: PullAnswer) =>
    must(
      spaces?.find(({ space }) => space === chart()),
      'the grant',
    );
  const fillOf = async (hand: Hand) => {
    const { cursor } = await hand.pull();
    return hand.pull({ cursor: null, fill: { spaces: [chart()], before: cursor + 1 } });
  };
  const cardsIn = (rows: PullAnswer['rows']) =>
    rows.flatMap((row) => (row.type === 'card' && 'fields' in row ? [row] : []));

  /** One card with a sensitive member, changed by both, and one that is sensitive as a whole. */
  async function write() {
    const open = lee.card('ana', { weight: 60 });
    await lee.push(
      lee.next('card.add', open),
      lee.next('card.add', lee.card('ana', { title: SECRET, secret: true })),
      lee.next('card.change', lee.onCard('ana', open.id, { changes: { weight: 60.5, note: 'theirs' } })),
    );
    const hers = { changes: { weight: WEIGHT, note: 'hers' } };
    await ana.push(ana.next('card.change', ana.onCard('ana', open.id, hers)));
    return open.id;
  }

  describe('a strict viewer', () => {
    test.each(['live', 'fill'] as const)(
      'is given neither sensitive rows nor members, nor heads of them, in a %s page; others are',
      async (part) => {
        const id = await write();
        await shield(newId(), true);
        const pageOf = async (hand: Hand) =>
          part === 'live' ? (await hand.pull()).rows : (await fillOf(hand)).fill?.rows;
        const hers = must(await pageOf(ana), 'rows');
        expect(JSON.stringify(hers)).not.toMatch(new RegExp(`${SECRET}|weight|60\\.5|${WEIGHT}`));
        expect(cardsIn(hers)).toMatchObject([{ id, fields: { note: 'hers' } }]);
        expect(Object.keys(cardsIn(hers)[0]?.heads ?? {})).toEqual(['note']);
        const theirs = must(await pageOf(lee), 'rows');
        expect(cardsIn(theirs)).toHaveLength(2);
        const both = cardsIn(theirs).find((row) => row.id === id);
        expect(both?.fields['weight']).toBe(WEIGHT);
        expect(both?.heads?.['weight']?.map(({ value }) => value)).toEqual([60.5, WEIGHT]);
        expect(JSON.stringify(theirs)).toContain(SECRET);
      },
    );

    test('has in step what he was shown, and no more: the comparison counts nothing that he may not see', async () => {
      await write();
      await shield(newId(), true);
      const { rows, cursor } = await ana.pull();
      const shown = { space: chart(), ...sumOfRows(rows.filter(({ space }) => space === chart())) };
      expect((await ana.pull({ cursor, check: shown })).check).toBe('same');
      const all = (await lee.pull()).rows.filter(({ space }) => space === chart());
      expect((await ana.pull({ cursor, check: { space: chart(), ...sumOfRows(all) } })).check).toBe('differs');
      expect((await lee.pull({ cursor, check: { space: chart(), ...sumOfRows(all) } })).check).toBe('same');
    });

    test('is told so by another hash and the word `strict`, and by another hash again when it ends', async () => {
      const open = await ana.pull();
      expect(grantIn(open).strict).toBeUndefined();
      const digest = digestOfSpaces(must(open.spaces, 'spaces'));
      expect((await ana.pull({ digest })).spaces).toBeUndefined();
      const id = newId();
      await shield(id, true);
      const strict = await ana.pull({ digest });
      expect(grantIn(strict).strict).toBe(true);
      expect(grantIn(strict).hash).not.toBe(grantIn(open).hash);
      expect(grantIn(await lee.pull()).strict).toBeUndefined();
      await shield(id, false);
      expect(grantIn(await ana.pull({ digest: digestOfSpaces(must(strict.spaces, 'spaces')) }))).toEqual(grantIn(open));
    });
  });

  describe('heads', () => {
    test('tell the device to its author alone, whoever else reads the row', async () => {
      await write();
      const headsFor = async (hand: Hand) => {
        const row = cardsIn((await hand.pull()).rows).find(({ heads }) => heads !== undefined);
        return (row?.heads?.['note'] ?? []).map(({ by, device }) => [by, device]);
      };
      expect(await headsFor(ana)).toEqual([
        [lee.member, undefined],
        [ana.member, ana.device],
      ]);
      expect(await headsFor(new Hand(server, 'lee'))).toEqual([
        [lee.member, lee.device],
        [ana.member, undefined],
      ]);
    });
  });
});
