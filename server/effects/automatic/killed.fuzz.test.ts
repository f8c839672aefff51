// A broadcast to hundreds of clients over two servers on one database; both are killed (SIGKILL) when a third of it is sent, with
// messages under way, and another server carries on. Everybody has it, and nobody twice. By hand: `CLIENTS=1000`.

import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { spawnServer } from '../../testing/child-server.ts';
import type { ChildServer } from '../../testing/child-server.ts';
import { EffectWorld } from '../effects.fixture.ts';

const CLIENTS = Number(process.env['CLIENTS'] ?? 300);
const PROGRAM = 'server/testing/standby.fixture.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test(`${CLIENTS} clients, the sending nodes killed half-way`, { timeout: 400_000 }, async () => {
  const world = await EffectWorld.open();
  undo.push(() => world.remove());
  world.clock = null;
  const ids = await world.admit(CLIENTS);
  const broadcast = newId();
  await world.act('lee', 'broadcast.confirm', {
    id: broadcast,
    body: 'Closed on Friday.',
    kind: 'care-team',
    audience: 'own',
    recipients: ids,
  });
  // Its minute is over when the servers come.
  await world.rows(
    `update row set fields = jsonb_set(fields, '{sendAt}', to_jsonb('${new Date().toISOString()}'::text)) where id = '${broadcast}'`,
  );
  const env = {
    ...{ DATA_DIR: world.dataDir, DATABASE_URL: world.url, SECRET_KEY: Buffer.from(world.secret).toString('base64') },
    ...{ PORT: '0', SMTP_URL: 'smtp://127.0.0.1:9' },
  };
  const load = (): ChildServer => {
    const server = spawnServer([PROGRAM], env);
    undo.push(async () => {
      server.kill('SIGKILL');
      await server.exited;
    });
    return server;
  };
  const start = async (server: ChildServer) => {
    await server.logged('loaded');
    server.kill('SIGUSR2');
    await server.logged('listening');
  };
  const count = async (state: string) =>
    Number(
      (
        await world.rows<{ n: number }>(
          `select count(*)::int as n from automatic_message where state = '${state}' and source = '${broadcast}'`,
        )
      )[0]?.n,
    );
  const [one, two, three] = [load(), load(), load()];
  await Promise.all([start(one), start(two)]);
  while ((await count('sent')) < CLIENTS / 3) await delay(40);
  for (const server of [one, two]) server.kill('SIGKILL');
  await Promise.all([one.exited, two.exited]);
  const before = await count('sent');
  expect(before).toBeLessThan(CLIENTS);
  await start(three);
  while ((await count('waiting')) > 0) await delay(50);
  expect(await count('sent')).toBe(CLIENTS);
  const heard = await world.rows<{
    id: string;
    n: number;
  }>(`select r.id, (r.fields #>> '{counts,automatic}')::int as n from row r where r.type = 'chatHead'
    and r.id in (select c.id from row c where c.type = 'chatConversation' and c.fields ->> 'client' = any('{${ids.join(',')}}'::text[]))`);
  expect(heard.filter(({ n }) => n !== 1)).toEqual([]);
  expect(heard).toHaveLength(CLIENTS);
  // The words themselves, of some of all; and of those who had them when the nodes died.
  for (const id of ids.filter((_, i) => i % 10 === 0))
    expect((await world.said(id)).map(({ body }) => body)).toEqual(['Closed on Friday.']);
  await expect
    .poll(
      async () =>
        (await world.rows<{ fields: object }>(`select fields from row where type = 'broadcastProgress'`))[0]?.fields,
      { timeout: 30_000 },
    )
    .toEqual({ status: 'sent', total: CLIENTS, sent: CLIENTS, leftOut: 0 });
  process.stdout.write(`${before} of ${CLIENTS} when they died, 0 missing, 0 twice\n`);
});
