// Conversations that nothing can be said in, more than are tried at once, before others in which something is to be said.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { namedId } from '../../../src/base/named-id.ts';
import { conversationIdOf } from '../../../src/features/chat/schema.ts';
import { declared } from '../../../src/features/shared.ts';
import { shapesOf } from '../../accept/shapes.ts';
import { judge } from '../../relay/guard/judge.ts';
import { createRelay } from '../../relay/relay.ts';
import { createPgDocLog } from '../../store/pg-doc-log.ts';
import { EffectWorld } from '../effects.fixture.ts';
import { lookForCauses } from './look.ts';
import type { AutomaticParts } from './parts.ts';
import { saySome } from './say.ts';
import type { Passed } from './say.ts';

const CLIENTS = 110;
const BROKEN = 105;
const MINUTE = 60_000;

let world: EffectWorld;
beforeAll(async () => {
  world = await EffectWorld.open();
}, 240_000);
beforeEach(() => world.clear());
afterAll(() => world?.remove());

/** The parts of a node that has no document open yet. */
function freshParts(): AutomaticParts {
  const { store, now } = world.parts;
  const ignore = () => undefined;
  const relay = createRelay({
    ...{ log: createPgDocLog(world.database, shapesOf(declared)), store, declared, judge, now },
    ...{ onTrouble: ignore, onAppended: ignore, onHeaders: ignore },
  });
  return { ...world.parts, hand: relay.hand, sendJob: async () => undefined, onRows: ignore };
}

/** One pass through what is due of a broadcast. */
async function pass(broadcast: string): Promise<void> {
  const parts = freshParts();
  let after: Passed | null = null;
  do after = await saySome(parts, world.practice, { broadcast, after });
  while (after !== null);
}

async function confirm(id: string, recipients: readonly string[]): Promise<void> {
  const words = { body: `To ${recipients.length}`, audience: 'chosen', kind: 'care-team' };
  await world.act('lee', 'broadcast.confirm', { id, recipients: [...recipients], ...words });
  while ((await lookForCauses(freshParts(), world.practice)).isMore);
  world.clock = new Date(world.parts.now().getTime() + MINUTE);
}

test.each([
  ['whose logs do not hold', `update doc_update set update = 'X' where split_part(name, ':', 2)::uuid`],
  ['whose logs cannot be read', `update doc_update set at = 'infinity' where split_part(name, ':', 2)::uuid`],
])('conversations %s hold no other up, however many they are', { timeout: 120_000 }, async (_, broken) => {
  const id = newId();
  // Each message has an id of its cause, and is said in the order of these.
  const order = (client: string) => namedId(`broadcast ${id} ${client}`);
  const clients = (await world.admit(CLIENTS)).sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const before = newId();
  await confirm(before, clients.slice(0, BROKEN));
  await pass(before);
  const conversations = clients.slice(0, BROKEN).map((client) => conversationIdOf(client, 'care-team'));
  await world.rows(`${broken} = any('{${conversations.join(',')}}'::uuid[])`);
  await confirm(id, clients);
  await pass(id);
  const states = await world.rows(`select state, count(*)::int as n from automatic_message
    where source = '${id}' group by state order by state`);
  expect(states).toEqual([
    { state: 'sent', n: CLIENTS - BROKEN },
    { state: 'waiting', n: BROKEN },
  ]);
  for (const client of clients.slice(BROKEN))
    expect((await world.said(client)).map(({ body }) => body)).toEqual([`To ${CLIENTS}`]);
});
