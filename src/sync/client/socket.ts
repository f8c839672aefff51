// The line on which the server says "there is something", and on which open documents are joined; losing it costs only speed. A line can die without
// a word to either end (a router forgot it, a network was changed): where the server has stopped saying that it is here, the line
// is given up and opened anew.

import { socketFrame, SOCKET_PROTOCOL } from '../core/protocol.ts';

const RETRY_FIRST_MS = 1000;
const RETRY_MOST_MS = 5 * 60_000;
/** A line is dead when so many beats have not come. */
const BEATS_MISSED = 2.5;
/** So long a new line may say nothing at all. */
const FIRST_WORD_MS = 30_000;
/** Not signed in or revoked; not this membership: coming back would change nothing. */
const FINAL_CLOSES = [4401, 4403];

export interface PokeLine {
  /** Says something to the server; where the line is not open it is not said at all. */
  send(data: string | Uint8Array<ArrayBuffer>): void;
  /** Comes back at once instead of at the next try: the network or the page has returned. */
  wake(): void;
  stop(): void;
}

export interface LineListener {
  /** There may be something to fetch; also after each (re)connection. */
  poke(): void;
  /** The server knows who listens. */
  ready(): void;
  lost(): void;
  refused(): void;
  /** A frame that is none of the line's own. */
  text(frame: unknown): void;
  bytes(bytes: Uint8Array): void;
}

/** Keeps a socket open, and tells what comes on it. */
export function openPokeLine(
  open: { practice: string; membership: string; device: string },
  on: LineListener,
): PokeLine {
  let socket: WebSocket | null = null;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let beatMs = 0;
  let stopped = false;

  function connect(): void {
    clearTimeout(retry);
    if (stopped || socket !== null) return;
    const url = new URL('/relay', location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const mine = new WebSocket(url, SOCKET_PROTOCOL);
    mine.binaryType = 'arraybuffer';
    socket = mine;
    silence = setTimeout(giveUp, FIRST_WORD_MS);
    mine.addEventListener('open', () => mine.send(JSON.stringify({ t: 'open', ...open })));
    mine.addEventListener('message', ({ data }) => {
      if (socket === mine) heard(data);
    });
    mine.addEventListener('close', ({ code }) => {
      if (socket === mine) closed(code);
    });
  }

  function heard(data: unknown): void {
    const json = data instanceof ArrayBuffer ? undefined : parseJson(data);
    const frame = socketFrame.safeParse(json);
    if (frame.data?.t === 'ready') {
      failures = 0;
      beatMs = frame.data.beatMs ?? 0;
    }
    clearTimeout(silence);
    if (beatMs > 0) silence = setTimeout(giveUp, beatMs * BEATS_MISSED);
    if (data instanceof ArrayBuffer) return on.bytes(new Uint8Array(data));
    if (!frame.success) return on.text(json);
    if (frame.data.t === 'ready') on.ready();
    if (frame.data.t !== 'here') on.poke();
  }

  /** The end of a dead line is told to nobody: not waited for. */
  function giveUp(): void {
    const dead = socket;
    closed(1006);
    dead?.close();
  }

  function closed(code: number): void {
    clearTimeout(silence);
    socket = null;
    if (stopped) return;
    on.lost();
    if (FINAL_CLOSES.includes(code)) return on.refused();
    const most = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** failures);
    failures += 1;
    retry = setTimeout(connect, RETRY_FIRST_MS / 4 + Math.random() * most);
  }

  connect();
  return {
    send(data) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(data);
    },
    wake() {
      failures = 0;
      connect();
    },
    stop() {
      stopped = true;
      clearTimeout(retry);
      clearTimeout(silence);
      socket?.close(1000);
    },
  };
}

function parseJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}
