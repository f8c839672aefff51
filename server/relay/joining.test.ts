// What may happen while a device is still joining a document: it may be shut out, a snapshot may come, and more may come than it
// reads. The parts behind it are stubs, since each moment has to be held.

import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../accept/viewer.ts';
import type { Tail } from '../store/doc-log.ts';
import type { Found } from './access.ts';
import { Channels } from './channels.ts';
import type { ChannelLine } from './channels.ts';
import { MOST_UNREAD } from './outgoing.ts';
import { Presence } from './presence.ts';
import type { Relay } from './relay.ts';
import type { Reader, Room, Told } from './room.ts';
import type { SeatParts } from './seat.ts';

const DOCUMENT = 'd:1';
const viewer = { practice: { id: 'p', epoch: 'e' }, principal: { memberId: 'm', userId: 'u' } } as Viewer;
const found = { place: { name: DOCUMENT }, kind: {} } as Found;

let isThere: boolean;
let isAway: boolean;
let readers: Reader[];
/** What happens between the look at who may read and the seat. */
let meanwhile: () => Promise<void>;
let tailOf: () => Promise<Tail>;
let said: (object | string)[];
let drained: Promise<void>;

beforeEach(() => {
  [isThere, isAway, readers, said, drained] = [true, false, [], [], Promise.resolve()];
  meanwhile = async () => undefined;
  tailOf = async () => ({ name: DOCUMENT, seq: 9, snapshot: null, updates: [], more: false });
});

function device(): Channels {
  const rooms: object = {
    async join(_practice: unknown, _found: unknown, { reader, begin }: { reader: Reader; begin(room: Room): void }) {
      readers.push(reader);
      begin({ end: { seq: 9 } } as Room);
      await meanwhile();
      return { room: {}, leave: () => void readers.splice(0) };
    },
  };
  const relay = {
    rooms,
    async documentsFor() {
      if (isAway) throw new Error('away');
      return new Map(isThere ? [[DOCUMENT, found]] : []);
    },
    tails: async () => [await tailOf()],
    submit: () => expect.unreachable(),
    submitTo: () => expect.unreachable(),
    hand: { append: () => expect.unreachable(), stands: () => expect.unreachable() },
    noteRefused: () => undefined,
  };
  const parts: SeatParts = {
    relay: relay as Relay,
    presence: new Presence(),
    onRefused: () => undefined,
  };
  const line: ChannelLine = {
    text: (frame) => void said.push(frame),
    binary: (bytes) => void said.push(`update ${bytes[2]}`),
    drained: () => drained,
    close: (code) => void said.push(`closed ${code}`),
  };
  return new Channels(parts, { session: 's', viewer: async () => viewer }, line);
}

const join = (channels: Channels, after: number) => {
  const bytes = new TextEncoder().encode(JSON.stringify({ t: 'join', ch: 1, document: DOCUMENT, after }));
  return channels.take({ bytes, isText: true });
};
const news = (seq: number, length = 1): Told => ({ seq, update: new Uint8Array(length), origin: null });

test('who is shut out while he joins hears nothing', async () => {
  const channels = device();
  meanwhile = async () => {
    isThere = false;
    channels.look();
  };
  await join(channels, 0);
  expect(said).toEqual([{ t: 'left', ch: 1, code: 4404 }]);
  expect(readers).toEqual([]);
});

test('a look that the store did not answer is made again', async () => {
  const channels = device();
  await join(channels, 9);
  [isThere, isAway] = [false, true];
  channels.look();
  await new Promise(setImmediate);
  expect(said).toEqual([{ t: 'joined', ch: 1, seq: 9, epoch: 'e' }]);
  isAway = false;
  await expect.poll(() => said.at(-1), { timeout: 5000 }).toEqual({ t: 'left', ch: 1, code: 4404 });
});

test('a snapshot that has come meanwhile is sent, and what it stands for is not sent again', async () => {
  const snapshot = { seq: 11, update: new Uint8Array(1) };
  tailOf = async () => {
    for (const reader of readers) reader.hear([news(10), news(11), news(12)]);
    return { name: DOCUMENT, seq: 12, snapshot, updates: [], more: false };
  };
  await join(device(), 0);
  expect(said).toEqual([{ t: 'joined', ch: 1, seq: 9, epoch: 'e' }, 'update 11', 'update 12']);
});

test('who does not read is sent no more pages, and what comes meanwhile does not pile up', async () => {
  let isRead: () => void = () => undefined;
  drained = new Promise((resolve) => (isRead = resolve));
  const joined = join(device(), 0);
  await expect.poll(() => said).toEqual([{ t: 'joined', ch: 1, seq: 9, epoch: 'e' }]);
  readers[0]?.hear([news(10, MOST_UNREAD)]);
  expect(said).toHaveLength(1);
  readers[0]?.hear([news(11)]);
  expect(said.at(-1)).toEqual({ t: 'left', ch: 1, code: 4529 });
  isRead();
  await joined;
  expect([said.length, readers]).toEqual([2, []]);
});
