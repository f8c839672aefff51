import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { MemoryTx, rowKey } from '../../sync/core/tx.ts';
import type { ReadSet } from '../../sync/core/tx.ts';
import { choose } from './mutators.ts';
import { isWanted, NOTIFICATION, notificationRecord } from './schema.ts';

const by = newId();
const said = { by, at: '2026-06-10T12:00:00.000Z', zone: 'America/New_York' };

/** What is kept after these acts, one after another. */
function after(...acts: object[]) {
  const known: ReadSet = new Map([[rowKey({ type: NOTIFICATION, id: by }), null]]);
  for (const act of acts) {
    const args = choose.parse({ ...said, ...act });
    const tx = new MemoryTx(known, { by, at: said.at, device: newId(), base: 0, version: 0 });
    expect(choose.run(tx, args, { now: said.at })).toBeUndefined();
    tx.commitTo(known);
  }
  const row = known.get(rowKey({ type: NOTIFICATION, id: by }));
  return row && 'fields' in row ? notificationRecord.parse(row.fields) : undefined;
}

test('what is chosen stands beside what was chosen before, on whichever device; twice is as once', () => {
  const [push, mail] = [{ switches: { 'comment.push': false } }, { switches: { 'comment.mail': false }, quiet: 'off' }];
  const expected = {
    ...{ zone: 'America/New_York', quiet: 'off', digestHour: 7, language: 'es' },
    switches: { 'comment.push': false, 'comment.mail': false },
  };
  expect(after(push, mail, { digestHour: 7, language: 'es' })).toEqual(expected);
  expect(after(mail, push, push, { digestHour: 7, language: 'es' })).toEqual(expected);
});

test('the zone is that of the last choice', () => {
  expect(after({}, { zone: 'Asia/Tokyo', digestHour: 6 })).toMatchObject({ zone: 'Asia/Tokyo', digestHour: 6 });
});

test.each([
  { switches: { 'risk.mail': true } },
  { switches: { 'comment.smoke': true } },
  { switches: { 'comment.push': 'yes' } },
  { quiet: { from: 24, to: 1 } },
  { quiet: { from: 1 } },
  { digestHour: 7.5 },
  { language: 'fr' },
  { roles: ['owner'] },
])('%o is not taken', (odd) => {
  expect(() => choose.parse({ ...said, ...odd })).toThrow();
});

test('until somebody chooses, what was decided for everybody holds, and a way that is not there never does', () => {
  expect(isWanted(undefined, 'comment', 'push')).toBe(true);
  expect(isWanted({ 'comment.push': false }, 'comment', 'push')).toBe(false);
  expect(isWanted(undefined, 'risk', 'push')).toBe(false);
  expect(isWanted({ 'risk.mail': true } as object, 'risk', 'mail')).toBe(false);
});
