// What a later release's device sends to an older server waits, whole and in order, until the server can judge it.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { must } from '../../src/base/must.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import { declared as present } from '../../src/sync/testing/board.ts';
import { onEachStore } from '../testing/each-store.ts';
import { Hand } from '../testing/hand.ts';
import type { SyncServer } from '../testing/sync-server.ts';

const change = must(present.mutators['card.change'], 'the mutator');
const turn = { ...change, name: 'card.turn' };
const mutators = { ...present.mutators, [change.name]: { ...change, version: 2 }, [turn.name]: turn };
const later: Declarations = { ...present, mutators };

onEachStore((start) => {
  let server: SyncServer;
  let phone: Hand;
  beforeEach(async () => {
    server = await start({ declared: present });
    phone = new Hand(server, 'ana');
  });
  afterEach(() => expect(server.bugs).toEqual([]));

  function batch() {
    const add = phone.next('card.add', phone.card('ana'));
    const id = String(add.args['id']);
    const newer = phone.next('card.change', phone.onCard('ana', id, { changes: { note: 'new' } }), { v: 2 });
    return [add, newer, phone.next('card.add', phone.card('ana')), phone.next('card.wasOnce', {})] as const;
  }
  const told = ({ results }: Awaited<ReturnType<Hand['push']>>) =>
    results.map((result) => `${result.n} ${'code' in result ? result.code : result.result}`);
  const notes = async () => {
    const { rows } = await new Hand(server, 'ana').pull();
    return rows.flatMap((row) => (row.type === 'card' && 'fields' in row ? [row.fields['note']] : []));
  };
  const lastN = async () => (await phone.ask('hello', { protocols: [1], build: 't' })).body['lastN'];

  describe('an act of a version that the server does not know', () => {
    test('is held with all after it; those before are done, and nothing of the rest is entered', async () => {
      const answer = await phone.push(...batch());
      expect(told(answer)).toEqual(['1 applied', '2 newer-than-server', '3 newer-than-server', '4 newer-than-server']);
      expect(await notes()).toEqual(['note']);
      expect(await lastN()).toBe(1);
    });

    test('held at the front has no effect at all, however often it is asked', async () => {
      const [add, ...rest] = batch();
      const { version } = await phone.push(add);
      for (let i = 0; i < 3; i++) {
        const answer = await phone.push(...rest);
        expect(told(answer)).toEqual(['2 newer-than-server', '3 newer-than-server', '4 newer-than-server']);
        expect(answer.version).toBe(version);
      }
      expect(await lastN()).toBe(1);
    });

    test('goes with all after it once the server knows its version, also from a parcel', async () => {
      const [add, newer, ...rest] = batch();
      await phone.push(add, await phone.sealed(newer), ...rest);
      server.fetch = server.release({ declared: later }).fetch;
      expect(told(await phone.push(await phone.sealed(newer), ...rest))).toEqual([
        '2 applied',
        '3 applied',
        '4 unknown-mutator',
      ]);
      expect((await notes()).sort()).toEqual(['new', 'note']);
    });

    test('that a later server had answered is answered as before by an older one; what is new is held', async () => {
      const all = batch();
      const before = server.fetch;
      server.fetch = server.release({ declared: later }).fetch;
      const answer = await phone.push(...all);
      server.fetch = before;
      expect(await phone.push(...all)).toEqual(answer);
      const twin = new Hand(server, 'ana');
      expect(told(await twin.push(...all))).toEqual(told(answer));
      const next = phone.next('card.change', all[1].args, { v: 2 });
      expect(told(await phone.push(all[3], next))).toEqual(['4 unknown-mutator', '5 newer-than-server']);
      expect((await notes()).sort()).toEqual(['new', 'note']);
    });
  });

  test('an act of a name that the server does not know yet is held in its place; one that there was once is refused', async () => {
    const add = phone.next('card.add', phone.card('ana'));
    const id = String(add.args['id']);
    const turned = phone.next('card.turn', phone.onCard('ana', id, { changes: { note: 'turned' } }));
    const rest = [phone.next('card.wasOnce', {}), phone.next('card.add', phone.card('ana'))];
    expect(told(await phone.push(add, turned, ...rest))).toEqual([
      ...['1 applied', '2 newer-than-server', '3 newer-than-server', '4 newer-than-server'],
    ]);
    expect(await lastN()).toBe(1);
    server.fetch = server.release({ declared: later }).fetch;
    expect(told(await phone.push(await phone.sealed(turned), ...rest))).toEqual([
      ...['2 applied', '3 unknown-mutator', '4 applied'],
    ]);
    expect((await notes()).sort()).toEqual(['note', 'turned']);
  });
});
