import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../base/ids.ts';
import { createDatabase } from './device-setup.ts';
import { whileLocked } from './dexie-store.ts';
import type { DeviceMembership } from './registry.ts';
import { sendWaiting } from './send-waiting.ts';
import { inTurn } from './turn.ts';
import type { Post, Send } from './wire.ts';

/** A browser's locks, as far as they matter here: one holder for each name, the others after it. */
function locks() {
  const lasts = new Map<string, Promise<unknown>>();
  return {
    async request<T>(name: string, _: LockOptions, work: (lock: object) => T): Promise<Awaited<T>> {
      const done = (lasts.get(name) ?? Promise.resolve()).then(() => work({}));
      lasts.set(name, done);
      return await done;
    },
  };
}

beforeEach(() => vi.stubGlobal('navigator', { locks: locks() }));
afterEach(() => vi.unstubAllGlobals());

const nobody: Post = () => Promise.reject(new TypeError('network'));

test('a file that takes long to send keeps nobody else from the turn', async () => {
  const membership = { id: newId(), practice: 'willow' } as DeviceMembership;
  await createDatabase(membership.id, { device: newId(), sealing: { keyId: 'k', publicKey: 'p' } });
  await whileLocked(membership.id, async ({ files }) => {
    const rest = { space: 'chart:1', bytes: 3, state: 'queued', offset: 0, spoilt: 0, hour: '' } as const;
    await files.put([{ id: 'a'.repeat(64), ...rest }]);
    await files.putBytes('a'.repeat(64), Uint8Array.of(1, 2, 3));
  });
  let give = (_: Error): void => undefined;
  let sending: Promise<number> | undefined;
  await new Promise<void>((asked) => {
    const slow: Send = () => {
      asked();
      return new Promise((_, reject) => (give = reject));
    };
    sending = sendWaiting(membership, { post: nobody, send: slow });
  });
  expect(await inTurn(membership.id, async () => 'words')).toBe('words');
  give(new TypeError('network'));
  await expect(sending).rejects.toThrow('no answer for now');
});
