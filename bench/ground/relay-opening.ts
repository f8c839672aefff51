// What it costs to come to a conversation: what is new of it since one was there, its last screen when it is long, and the memory of
// one that is open and rests.

import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { SEGMENT_ITEMS } from '../../src/features/chat/doc-names.ts';
import { demoId } from '../../server/ops/demo-people.ts';
import { signInTo } from '../../server/testing/wire-device.ts';
import type { WirePerson } from '../../server/testing/wire-device.ts';
import { BenchServer } from './bench-server.ts';
import { beginChats, chatOf, Sayings } from './chats.ts';
import { kB, median, ms, ROUNDS, times } from './figures.ts';
import type { Line } from './figures.ts';
import { Hocuspocus } from './hocuspocus.ts';
import { Probed, PROBE_FLAGS } from './probed.ts';
import { hocuspocusLine, ownLine } from './relay-lines.ts';
import type { OpenLine } from './relay-lines.ts';

const PRACTICE = 'harbor-care';
const LONG = 10_000;
const NEW = 10;
/** Messages in the newest segment: half of what it takes, as it is on average. */
const SCREEN = SEGMENT_ITEMS / 2;
const ROOMS = 400;
/** Documents on one socket: hocuspocus takes no more than 100 at once. */
const ON_ONE_LINE = 80;
const IDLE_MS = 17_000;

interface Own {
  readonly server: BenchServer;
  readonly ana: WirePerson;
  readonly line: OpenLine;
}

/** The lines of the table, over a server and a hocuspocus of their own. */
export async function measureConversations(): Promise<Line[]> {
  const server = await BenchServer.open({ nodeFlags: PROBE_FLAGS });
  const hocuspocus = await Hocuspocus.open({ debounceMs: null });
  try {
    const ana = await signInTo(server.way, 'ana');
    const own: Own = { server, ana, line: ownLine(server.way, ana) };
    const catchUps = [
      await catchUpLine(own, 'of a short history', { before: 10, sessions: 1 }),
      await catchUpLine(own, 'of a long one', { before: 90, sessions: 1 }),
      await catchUpLine(own, 'of one by 90 past sessions', { before: 90, sessions: 90 }),
    ];
    return [...catchUps, ...(await openLines(own, hocuspocus)), await memoryLine(own, hocuspocus)];
  } finally {
    await hocuspocus.remove();
    await server.remove();
  }
}

async function catchUpLine(own: Own, what: string, of: { before: number; sessions: number }): Promise<Line> {
  const document = chatOf(must((await beginChats(own.server.database, PRACTICE, 1))[0], 'a conversation'));
  const writers = Array.from({ length: of.sessions }, () => new Sayings(demoId('user ana')));
  for (const sayings of writers) {
    const count = of.before / of.sessions;
    await push(
      own,
      document,
      Array.from({ length: count }, () => sayings.next()),
    );
  }
  const last = new Sayings(demoId('user ana'));
  await push(
    own,
    document,
    Array.from({ length: NEW }, () => last.next()),
  );
  const json = Buffer.byteLength(JSON.stringify(last.doc.getArray('messages').toJSON()));
  const fetched = await fetchFrom(own, document, of.before);
  const joined = await bytesToJoin(own.line, { document, after: of.before, count: NEW });
  const limit = json * 1.2 + 400;
  return {
    what: `${NEW} new messages ${what}`,
    figure: `${kB(joined)} by socket`,
    target: '<= 1.2x JSON + 400 B',
    isMet: joined <= limit,
    more: `${kB(fetched.bytes)} by request, as compressed; JSON ${kB(json)}`,
  };
}

async function openLines(own: Own, hocuspocus: Hocuspocus): Promise<Line[]> {
  const [conversation] = await beginChats(own.server.database, PRACTICE, 1);
  const whole = new Sayings(demoId('user ana'));
  const segments = LONG / SEGMENT_ITEMS;
  for (let segment = 1; segment <= segments; segment += 1) {
    const sayings = new Sayings(demoId('user ana'));
    const count = segment === segments ? SCREEN : SEGMENT_ITEMS;
    await push(
      own,
      chatOf(must(conversation, 'an id'), segment),
      Array.from({ length: count }, () => sayings.next()),
    );
  }
  const name = `chat:${newId()}`;
  const line = hocuspocusLine(hocuspocus.port);
  const writer = await line({ documents: [name], onUpdate: () => undefined });
  for (let i = 0; i < LONG; i += 1) writer.send(0, whole.next());
  await writer.close();
  const last = chatOf(must(conversation, 'an id'), segments);
  const ours: { bytes: number; took: number }[] = [];
  const theirs: { bytes: number; took: number }[] = [];
  for (let round = 0; round < ROUNDS * 3; round += 1) {
    ours.push(await fetchFrom(own, last, 0));
    theirs.push(await opened(line, name));
  }
  const of = (all: typeof ours, key: 'bytes' | 'took') => median(all.map((one) => one[key]));
  const ratio = of(ours, 'took') / of(theirs, 'took');
  return [
    {
      what: `bytes to the last screen of ${LONG} messages`,
      figure: kB(of(ours, 'bytes')),
      target: '<= 20 kB',
      isMet: of(ours, 'bytes') <= 20_000,
      more: `hocuspocus ${kB(of(theirs, 'bytes'))}`,
    },
    {
      what: 'time to it',
      figure: `${ms(of(ours, 'took'))}, ${times(ratio)} hocuspocus`,
      target: '<= 0.25x hocuspocus',
      isMet: ratio <= 0.25,
      more: `hocuspocus ${ms(of(theirs, 'took'))}`,
    },
  ];
}

async function memoryLine(own: Own, hocuspocus: Hocuspocus): Promise<Line> {
  const documents = (await beginChats(own.server.database, PRACTICE, ROOMS)).map((id) => chatOf(id));
  const said = new Sayings(demoId('user ana'));
  const updates = Array.from({ length: NEW }, () => said.next());
  for (const document of documents) await push(own, document, updates);
  const { fresh, rested } = await memoryOf(own.server.probed, own.line, documents);
  const theirs = new Probed(hocuspocus.server);
  const line = hocuspocusLine(hocuspocus.port);
  const names = documents.map(() => `chat:${newId()}`);
  for (const some of inLines(names)) {
    const writer = await line({ documents: some, onUpdate: () => undefined });
    for (const ch of some.keys()) for (const update of updates) writer.send(ch, update);
    await writer.close();
  }
  const other = await memoryOf(theirs, line, names);
  return {
    what: `memory of an open conversation that rests`,
    figure: kB(rested),
    target: '<= 40 kB',
    isMet: rested <= 40_000,
    more: `just opened ${kB(fresh)}; hocuspocus ${kB(other.rested)}`,
  };
}

/** Of one of many that are opened: at once, and when it has rested. */
async function memoryOf(probed: Probed, line: OpenLine, documents: readonly string[]) {
  await rest();
  const { heap: before } = await probed.probe();
  const lines = [];
  for (const own of inLines(documents)) lines.push(await line({ documents: own, onUpdate: () => undefined }));
  const { heap: opened } = await probed.probe();
  await rest();
  const { heap: after } = await probed.probe();
  await Promise.all(lines.map((one) => one.close()));
  return { fresh: (opened - before) / documents.length, rested: (after - before) / documents.length };
}

function inLines(documents: readonly string[]): string[][] {
  const count = Math.ceil(documents.length / ON_ONE_LINE);
  return Array.from({ length: count }, (_, i) => documents.slice(i * ON_ONE_LINE, (i + 1) * ON_ONE_LINE));
}

/** Longer than a copy is kept that nobody asks for. */
async function rest(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
}

/** Has updates kept, as a device that sends them. */
async function push({ server, ana }: Own, document: string, updates: readonly Uint8Array[]): Promise<void> {
  const answer = await post({ server, ana }, 'push', {
    mutations: updates.map((update, i) => ({
      ...{ n: i + 1, mid: newId(), name: 'sync.update', v: 1, base: 0, at: new Date().toISOString() },
      args: { document, update: Buffer.from(update).toString('base64url'), intent: {}, by: ana.member },
    })),
  });
  const { results } = JSON.parse(answer.text) as { results?: { result: string }[] };
  if (results?.every(({ result }) => result === 'applied') !== true)
    throw new Error(`a push was answered ${answer.text.slice(0, 300)}`);
}

/** What a device that fetches gets, as it crosses the network. */
async function fetchFrom(own: Own, document: string, after: number): Promise<{ bytes: number; took: number }> {
  const startedAt = performance.now();
  const { bytes } = await post(own, 'documents', { documents: [{ name: document, after }] });
  return { bytes, took: performance.now() - startedAt };
}

/** Bytes of frames until so many messages have come. */
async function bytesToJoin(
  line: OpenLine,
  { document, after, count }: { document: string; after: number; count: number },
): Promise<number> {
  let [bytes, came] = [0, 0];
  const all = new Promise<void>((resolve) => {
    const onUpdate = () => {
      came += 1;
      if (came === count) resolve();
    };
    const onFrame = (length: number) => void (bytes += length);
    void line({ documents: [document], after, onUpdate, onFrame }).then(async (open) => {
      await all;
      await open.close();
    });
  });
  await all;
  return bytes;
}

/** Opens a document on a line of its own and reads all of it. */
async function opened(line: OpenLine, document: string): Promise<{ bytes: number; took: number }> {
  let bytes = 0;
  const startedAt = performance.now();
  const open = await line({
    documents: [document],
    onUpdate: () => undefined,
    onFrame: (length) => void (bytes += length),
  });
  const took = performance.now() - startedAt;
  await open.close();
  return { bytes, took };
}

/** Posts to sync and counts the bytes of the answer's body as they come. */
async function post(
  { server, ana }: Pick<Own, 'server' | 'ana'>,
  call: 'push' | 'documents',
  body: JsonObject,
): Promise<{ text: string; bytes: number }> {
  const { url, origin } = server.way;
  const headers = { origin, cookie: ana.cookie, 'content-type': 'application/json', 'accept-encoding': 'gzip' };
  const asked = request(`${url}/sync/${ana.practice}/${call}`, { method: 'POST', headers });
  asked.end(JSON.stringify({ membership: ana.member, device: newId(), ...body }));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  const all = Buffer.concat(pieces);
  const isPacked = answer.headers['content-encoding'] === 'gzip';
  return { text: String(isPacked ? gunzipSync(all) : all), bytes: all.length };
}
