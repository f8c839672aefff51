// A program of somebody else's in a conversation of the demo: an unmodified y-websocket provider with a person's own sign-in.

import * as Y from 'yjs';
import { newId } from '../../src/base/ids.ts';
import { conversationIdOf } from '../../src/features/chat/schema.ts';
import { demoId } from '../ops/demo-people.ts';
import type { DemoServer } from './demo-server.ts';
import { stockPeer } from './relay-node.ts';
import { signInTo } from './wire-device.ts';

interface Said {
  readonly by: string;
  readonly body: string;
}

export interface StockChat {
  /** What it has of what was said, in its order. */
  said(): string[];
  say(body: string): void;
  /** Codes with which its connections have ended. */
  readonly closed: readonly { code: number }[];
  leave(): void;
}

/** Joins a client's conversation with her care team as this person. */
export async function joinStockChat(server: DemoServer, key: string, client: string): Promise<StockChat> {
  const { origin, url } = server;
  const { cookie } = await signInTo({ url, origin }, key);
  const document = `chat:${conversationIdOf(demoId(`client ${client}`), 'care-team')}:1`;
  const headers = { cookie, origin };

  const peer = stockPeer(`${url.replace('http', 'ws')}/relay`, document, { doc: new Y.Doc(), headers });
  const messages = peer.doc.getArray<Said>('messages');
  return {
    said: () => messages.toArray().map(({ body }) => body),
    say: (body) =>
      messages.push([{ ...{ id: newId(), at: new Date().toISOString() }, by: demoId(`user ${key}`), body }]),
    closed: peer.closed,
    leave: () => peer.leave(),
  };
}
