import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openPokeLine } from './socket.ts';

/** The browser's sockets, as far as a line uses them. */
class Socket extends EventTarget {
  static readonly all: Socket[] = [];
  readonly sent: string[] = [];
  isClosed = false;

  constructor() {
    super();
    Socket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.isClosed = true;
  }

  say(frame: object): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(frame) }));
  }
}

const open = { practice: 'harbor-care', membership: 'm', device: 'd' };
let heard: string[];

beforeEach(() => {
  heard = [];
  Socket.all.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('location', { href: 'http://localhost/today' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const line = () =>
  openPokeLine(open, {
    poke: () => void heard.push('poke'),
    ready: () => undefined,
    text: (frame) => void heard.push(`text ${JSON.stringify(frame)}`),
    bytes: (bytes) => void heard.push(`bytes ${String(bytes)}`),
    lost: () => void heard.push('lost'),
    refused: () => void heard.push('refused'),
  });

test('a line that the server has stopped beating on is given up and opened anew', () => {
  line();
  const [first] = Socket.all;
  first?.say({ t: 'ready', beatMs: 20_000 });
  vi.advanceTimersByTime(40_000);
  first?.say({ t: 'here' });
  vi.advanceTimersByTime(49_999);
  expect([heard, Socket.all.length]).toEqual([['poke'], 1]);
  vi.advanceTimersByTime(1);
  expect([heard, first?.isClosed]).toEqual([['poke', 'lost'], true]);
  vi.advanceTimersByTime(1250);
  const second = Socket.all[1];
  // What the dead one still brings is not listened to, and its late end ends nothing.
  first?.say({ t: 'poke' });
  first?.dispatchEvent(Object.assign(new Event('close'), { code: 1006 }));
  expect(heard).toEqual(['poke', 'lost']);
  second?.say({ t: 'poke' });
  expect(heard).toEqual(['poke', 'lost', 'poke']);
});

test('a line on which not one word comes is given up, as one that was lost before it was ready', () => {
  line();
  vi.advanceTimersByTime(30_000);
  expect([heard, Socket.all[0]?.isClosed]).toEqual([['lost'], true]);
  vi.advanceTimersByTime(1250);
  expect(Socket.all).toHaveLength(2);
});

test('a server that does not beat is listened to for as long as the line stands', () => {
  line();
  Socket.all[0]?.say({ t: 'ready' });
  vi.advanceTimersByTime(3_600_000);
  Socket.all[0]?.say({ t: 'poke' });
  expect([heard, Socket.all.length]).toEqual([['poke', 'poke'], 1]);
});

test('a line that was stopped is not opened anew', () => {
  const stopped = line();
  Socket.all[0]?.say({ t: 'ready', beatMs: 20_000 });
  stopped.stop();
  vi.advanceTimersByTime(3_600_000);
  expect([heard, Socket.all.length]).toEqual([['poke'], 1]);
});
