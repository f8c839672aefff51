// What one run of the exchange asks of a line that answers, and of one that does not.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createExchange } from '../client/exchange.ts';
import { postBy } from '../client/wire.ts';
import type { Send } from '../client/wire.ts';
import { addCard, boardDeviceOf, startBoardServer, titlesOn } from './cards.ts';

beforeEach(() => vi.stubGlobal('navigator', {}));
afterEach(() => vi.unstubAllGlobals());

test('over a dead line little of what waits is taken up at each try; answered, all of it goes, in order', async () => {
  const server = await startBoardServer();
  const phone = await boardDeviceOf(server, 'ana', () => new Date());
  const titles = Array.from({ length: 120 }, (_, i) => `card ${i}`);
  for (const title of titles) await addCard(server, phone, { title });
  const tried: number[] = [];
  const send: Send = (path, init) => {
    if (path.endsWith('/push')) tried.push((JSON.parse(init.body as string) as { mutations: [] }).mutations.length);
    return phone.wire.send(path, init);
  };
  const exchange = createExchange(
    phone.desk,
    { post: postBy(send, { bare: true }), practice: 'willow' },
    { onState: () => {} },
  );
  const run = async () => {
    exchange.start();
    await exchange.settled();
    return tried.splice(0);
  };
  phone.wire.online = false;
  const [first, ...later] = [await run(), await run(), await run()];
  expect(first.length === 1 && later.every((sizes) => sizes.length === 1 && (sizes[0] ?? 99) <= 2)).toBe(true);
  phone.wire.online = true;
  const sizes = await run();
  exchange.stop();
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(titles.length);
  expect(sizes.length).toBeLessThan(6);
  expect(await phone.unsent()).toEqual([]);
  expect((await titlesOn(phone)).toSorted()).toEqual(titles.toSorted());
  expect(server.bugs).toEqual([]);
});
