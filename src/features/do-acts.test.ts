import { beforeEach, expect, test } from 'vitest';
import { newId } from '../base/ids.ts';
import { NOTHING_YET } from '../sync/client/database.ts';
import { toLocalRow } from '../sync/client/local-rows.ts';
import { mutate } from '../sync/client/mutate.ts';
import type { Desk } from '../sync/client/mutate.ts';
import { MemoryDisk } from '../sync/testing/memory-device.ts';
import { declared } from './shared.ts';
import { chartOf } from './space-names.ts';
import { markSeen, takeBackReview } from './journal/mutators-review.ts';
import { doActs } from './do-acts.ts';
import type { Act } from './do-acts.ts';

const [ANA, LEE] = [newId(), newId()];
const AT = '2026-11-01T08:00:00.000Z';
let desk: Desk;

beforeEach(async () => {
  const store = new MemoryDisk().open();
  await store.putState({
    ...NOTHING_YET,
    device: newId(),
    lastN: 0,
    cursor: 0,
    spaces: [{ space: chartOf(ANA), hash: 'team.1' }],
    sealing: { keyId: 'k', publicKey: 'p' },
  });
  const cipher = { token: (word: string) => word };
  desk = { store, declared, cipher, memberId: LEE, sealParcel: () => new Uint8Array(1), now: () => new Date() };
});

async function entry(): Promise<string> {
  const id = newId();
  const fields = { client: ANA, kind: 'mood', at: AT, zone: 'UTC', content: { text: '', mood: 3 } };
  const row = { id, type: 'journalEntry', space: chartOf(ANA), version: 1, by: newId(), at: AT, fields };
  await desk.store.rows.put([toLocalRow(desk, row)]);
  return id;
}
const args = () => ({ by: LEE, at: AT, zone: 'UTC', id: newId(), client: ANA });
const seen = (of: string) => ({ name: markSeen.name, args: { ...args(), entry: of } });
const takeBack = (id: string): Act => ({ name: takeBackReview.name, args: { ...args(), id } });
const here = (act: Act) => mutate(desk, act);
const reviews = () => desk.store.rows.ofType('journalReview');

test('all are done in turn', async () => {
  expect(await doActs([seen(await entry()), seen(await entry())], here)).toEqual({ done: 2, state: 'ready' });
});

test('what was done before a refusal is known, and nothing is done after it', async () => {
  const acts = [seen(await entry()), seen(newId()), seen(await entry())];
  expect(await doActs(acts, here)).toEqual({ done: 1, state: { refused: 'not-there' } });
  expect(await reviews()).toHaveLength(1);
});

test('what is taken back goes on past a refusal', async () => {
  const [first, second] = [seen(await entry()), seen(await entry())];
  await doActs([first, second], here);
  const acts = [takeBack(first.args.id), takeBack(newId()), takeBack(second.args.id)];
  expect(await doActs(acts, here, { past: true })).toEqual({ done: 2, state: { refused: 'not-there' } });
});

test('a full device stops it, and what was done before is known', async () => {
  const [first, second] = [seen(await entry()), seen(await entry())];
  const fillsUp = async (act: Act) => {
    if (act === second) throw new DOMException('no room', 'QuotaExceededError');
    return here(act);
  };
  expect(await doActs([first, second], fillsUp, { past: true })).toEqual({ done: 1, state: 'full' });
});

test('what nobody foresaw is handed on with what was done before it', async () => {
  const error = new Error('a fault');
  const [first, second] = [seen(await entry()), seen(await entry())];
  const breaks = async (act: Act) => {
    if (act === second) throw error;
    return here(act);
  };
  expect(await doActs([first, second], breaks)).toEqual({ done: 1, state: 'failed', error });
});
