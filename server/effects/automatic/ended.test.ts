// A broadcast over servers that are ended in order one after another, each with messages under way, as at every upgrade; the last
// carries on. Everybody has it, and nobody twice.

import { afterEach, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { readConfig } from '../../config.ts';
import { startInterlude } from '../../start.ts';
import { EffectWorld } from '../effects.fixture.ts';

const CLIENTS = 400;
/** Ended when so many have it. */
const ENDS = [1, 101, 201];

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test('servers that end in the midst of it leave the rest to the next', { timeout: 240_000 }, async () => {
  const world = await EffectWorld.open();
  undo.push(() => world.remove());
  world.clock = null;
  const ids = await world.admit(CLIENTS);
  const id = newId();
  const words = { body: 'Closed on Friday.', kind: 'care-team', audience: 'own', recipients: ids };
  await world.act('lee', 'broadcast.confirm', { id, ...words });
  // Its minute is over when the servers come.
  await world.rows(
    `update row set fields = jsonb_set(fields, '{sendAt}', to_jsonb('${new Date().toISOString()}'::text)) where id = '${id}'`,
  );
  const config = readConfig({
    ...{ DATABASE_URL: world.url, DATA_DIR: world.dataDir, PORT: '0', SMTP_URL: 'smtp://127.0.0.1:9' },
    SECRET_KEY: Buffer.from(world.secret).toString('base64'),
  });
  const start = async () => {
    const running = await startInterlude({ config, log: world.log, clientFolder: null });
    undo.push(() => running.stop());
    return running;
  };
  const states = async () => {
    const found = await world.rows<{ state: string; n: number }>(
      `select state, count(*)::int as n from automatic_message where source = '${id}' group by state`,
    );
    return new Map(found.map(({ state, n }) => [state, n]));
  };
  const untilSent = async (n: number) => {
    await expect
      .poll(async () => (await states()).get('sent') ?? 0, { timeout: 60_000, interval: 10 })
      .toBeGreaterThanOrEqual(n);
  };
  for (const n of ENDS) {
    const running = await start();
    await untilSent(n);
    await running.stop();
    const left = await states();
    expect([left.get('called-off'), (left.get('waiting') ?? 0) + (left.get('sent') ?? 0)]).toEqual([
      undefined,
      CLIENTS,
    ]);
    expect(left.get('waiting'), 'it was in the midst of it').toBeGreaterThan(0);
  }
  await start();
  await untilSent(CLIENTS);
  const heard = await world.rows<{ n: number }>(`select (r.fields #>> '{counts,automatic}')::int as n from row r
    where r.type = 'chatHead' and r.id in (select c.id from row c where c.type = 'chatConversation'
      and c.fields ->> 'client' = any('{${ids.join(',')}}'::text[]))`);
  expect(heard).toEqual(Array.from({ length: CLIENTS }, () => ({ n: 1 })));
  for (const one of ids.filter((_, i) => i % 10 === 0))
    expect((await world.said(one)).map(({ body }) => body)).toEqual(['Closed on Friday.']);
});
