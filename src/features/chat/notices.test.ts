import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { Row } from '../../sync/core/record.ts';
import { chartOf, deskOf, directOf, staffOf } from '../space-names.ts';
import { chatNotices } from './notices.ts';
import { HEAD } from './schema.ts';

const [client, ana, lee] = [newId(), newId(), newId()];
const rule = must(chatNotices[0], 'a rule');
const CAME = '2026-06-10T12:00:00.000Z';

/** Who is told when the header has changed so long after its newest message came. */
function told(by: string | null, { space = chartOf(client), afterMs = 20, mover = ana, came = {} } = {}) {
  const last = by === null ? {} : { last: { id: newId(), by, at: CAME, cameAt: CAME } };
  const at = new Date(Date.parse(CAME) + afterMs).toISOString();
  const row: Row = {
    id: newId(),
    type: HEAD,
    space,
    version: 9,
    by: mover,
    at,
    fields: { segment: 1, seq: 3, counts: {}, ...last, ...(Object.keys(came).length > 0 && { came }) },
  };
  const read: Row = { ...row, type: 'client', id: client, fields: { userId: ana } };
  return rule.told(row, { isByClient: mover === ana, read }).map(({ kind, to, except }) => {
    const whom = typeof to === 'string' ? to : JSON.stringify(to);
    return `${kind} ${whom}${except ? ` but ${except.join()}` : ''}`;
  });
}

test('a client’s message is told to those who answer there, theirs to the client', () => {
  expect(rule.reads?.(client)).toEqual({ type: 'client', id: client });
  expect(told(ana)).toEqual(['comment team']);
  expect(told(ana, { space: deskOf(client) })).toEqual(['comment desk']);
  expect(told(lee, { mover: lee })).toEqual(['comment client']);
});

test('in a direct conversation it is the one member, among staff the others of the care team, and of all staff nobody', () => {
  const direct = directOf(client, lee);
  expect(told(ana, { space: direct })).toEqual([`comment ${JSON.stringify({ member: lee })}`]);
  expect(told(lee, { space: direct })).toEqual(['comment client']);
  expect(told(lee, { space: staffOf(client) })).toEqual([`comment team but ${lee}`]);
  expect(told(lee, { space: staffOf(client), came: { [lee]: CAME, kim: CAME } })).toEqual(['comment team but ']);
  expect(told(lee, { space: staffOf(client), afterMs: 60_000 })).toEqual([]);
});

test('of two who write in one moment both are told, though only one of them wrote last', () => {
  const before = '2026-06-01T12:00:00.000Z';
  expect(told(lee, { came: { [ana]: CAME, [lee]: CAME, other: before } })).toEqual(['comment team', 'comment client']);
  expect(told(ana, { came: { [ana]: CAME, [lee]: before } })).toEqual(['comment team']);
});

test('a message that was read at once is still told; a later reading tells nobody', () => {
  expect(told(lee, { mover: ana, afterMs: 3000 })).toEqual(['comment client']);
  expect(told(ana, { mover: lee, afterMs: 60_000 })).toEqual([]);
  expect(told(null)).toEqual([]);
});
