// Says hello once for each opening: which protocol is spoken, the practice's present sealing key, and (on the server's side)
// the session's prolongation. A client that is too old to fetch may still send.

import { helloAnswer, PROTOCOL } from '../core/protocol.ts';
import type { HelloAnswer } from '../core/protocol.ts';
import type { Desk } from './mutate.ts';
import type { Line } from './parcels-out.ts';
import type { Post } from './wire.ts';

const BUILD = 'web';

export interface Greeting {
  readonly practice: string;
  readonly membership: string;
  readonly device: string;
}

/** Throws as `post` does; `client-too-old` as a `WireError`. */
export function sayHello(post: Post, { practice, ...who }: Greeting): Promise<HelloAnswer> {
  return post(`/sync/${practice}/hello`, { protocols: [PROTOCOL], build: BUILD, ...who }, helloAnswer);
}

/**
 * Greets for an open workspace and keeps the sealing key for the next opening. A server that remembers fewer numbers of this
 * device than it has answered was set back to an earlier time, whatever it says of its epoch.
 */
export async function greet(desk: Desk, { post, practice }: Line): Promise<void> {
  const { store, memberId } = desk;
  const asked = await store.state();
  const { sealing, lastN } = await sayHello(post, { practice, membership: memberId, device: asked.device });
  await store.transaction(async (tx) => {
    const state = await tx.state();
    if (state.sealing.keyId !== sealing.keyId) await tx.putState({ ...state, sealing });
  });
  if (lastN >= asked.answeredN) return;
  const { goOnAnew } = await import('./go-on-anew.ts');
  await goOnAnew(desk, 'server-lost-some', asked.device);
}
