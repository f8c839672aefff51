// Says hello once for each opening: which protocol is spoken, the practice's present sealing key, and (on the server's side)
// the session's prolongation. A client that is too old to fetch may still send.

import { must } from '../../base/must.ts';
import { helloAnswer, PROTOCOL } from '../core/protocol.ts';
import type { HelloAnswer } from '../core/protocol.ts';
import type { Desk } from './mutate.ts';
import type { Line } from './push-loop.ts';
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

/** Greets for an open workspace and keeps the sealing key for the next opening. */
export async function greet({ db, memberId }: Desk, { post, practice }: Line): Promise<void> {
  const { device } = must(await db.state.get('state'), 'the state of a device that has been set up');
  const { sealing } = await sayHello(post, { practice, membership: memberId, device });
  await db.transaction('rw', db.state, async () => {
    const state = must(await db.state.get('state'), 'the state of a device that has been set up');
    if (state.sealing.keyId !== sealing.keyId) await db.state.put({ ...state, sealing });
  });
}
