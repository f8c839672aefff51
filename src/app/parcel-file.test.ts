import { afterEach, expect, test, vi } from 'vitest';
import { newId } from '../base/ids.ts';
import { LIMITS } from '../sync/core/protocol.ts';
import type { DeviceMembership } from '../sync/client/registry.ts';
import { sendParcelFile } from './parcel-file.ts';

afterEach(() => void vi.unstubAllGlobals());

const member = newId();
const membership = { id: member, practice: 'harbor' } as Partial<DeviceMembership> as DeviceMembership;

function fileOf(count: number): File {
  const parcels = Array.from({ length: count }, (_, i) => ({
    header: { user: member, device: newId(), n: i + 1, mid: newId(), kind: 'mutation' },
    sealed: 'AA',
  }));
  return new File([JSON.stringify({ interlude: 'parcels.1', practice: 'harbor', membership: member, parcels })], 'f');
}

/** The practice's server on the wire: it takes what comes in order and holds from this number on. */
function serverThatHolds(from: number): { pushes: number } {
  const seen = { pushes: 0 };
  let next = 1;
  vi.stubGlobal('fetch', async (_path: string, { body: sent = null, headers = {} }: RequestInit) => {
    seen.pushes += 1;
    const body = await new Response(sent).blob();
    const isZipped = new Headers(headers).get('content-encoding') === 'gzip';
    const plain = isZipped ? body.stream().pipeThrough(new DecompressionStream('gzip')) : body.stream();
    const { parcels } = (await new Response(plain).json()) as { parcels: { n: number; header: { mid: string } }[] };
    if (parcels[0]?.n !== next) return Response.json({ error: { code: 'gap', message: '' } }, { status: 409 });
    const results = parcels.map(({ n, header: { mid } }) => {
      if (n >= from) return { n, mid, result: 'held', code: 'newer-than-server' };
      next = n + 1;
      return { n, mid, result: 'applied', version: n };
    });
    return Response.json({ results, version: next });
  });
  return seen;
}

test('what the practice cannot take yet ends the sending, and is counted with all after it', async () => {
  const server = serverThatHolds(3);
  expect(await sendParcelFile(membership, fileOf(LIMITS.batch + 5))).toEqual({ taken: 2, held: LIMITS.batch + 3 });
  expect(server.pushes).toBe(1);
});

test('what is taken is counted over all batches', async () => {
  const server = serverThatHolds(Infinity);
  expect(await sendParcelFile(membership, fileOf(LIMITS.batch + 5))).toEqual({ taken: LIMITS.batch + 5, held: 0 });
  expect(server.pushes).toBe(2);
});
