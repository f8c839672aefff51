// A server of this process behind a real port, with its sockets: for stock providers and our own line. Who is signed in is said by
// a cookie; ending a sign-in is said here.

import WebSocket from 'ws';
import * as Y from 'yjs';
import { WebsocketProvider } from 'y-websocket';
import { must } from '../../src/base/must.ts';
import { createViewers } from '../accept/viewer.ts';
import { listen } from '../http/listener.ts';
import { createRelayTokens } from '../relay/relay-token.ts';
import { relayTokenRoute } from '../relay/token-route.ts';
import { createSocketUpgrade } from '../relay/upgrade.ts';
import { Hono } from 'hono';
import type { Name } from './clinic.ts';
import type { SyncServer } from './sync-server.ts';

export const ORIGIN = 'http://interlude.test';

export interface RelayNode {
  readonly url: string;
  readonly port: number;
  /** Codes for which connections were turned away. */
  readonly refused: string[];
  /** Sign-ins that have ended. */
  readonly ended: Set<string>;
  headersOf(name: Name, change?: Record<string, string>): Record<string, string>;
  /** A stock provider of one person. */
  join(name: Name, document: string, options?: JoinOptions): StockPeer;
  open(path: string, headers: Record<string, string>, protocol?: string): WebSocket;
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

interface JoinOptions {
  readonly doc?: Y.Doc;
  readonly headers?: Record<string, string>;
  readonly params?: Record<string, string>;
}

export interface StockPeer {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  /** Codes with which its connections have ended. */
  readonly closed: { code: number; reason: string }[];
  leave(): void;
}

/** Opens the port. */
export async function startRelayNode(server: SyncServer, port = 0): Promise<RelayNode> {
  const listener = await listen({ host: '127.0.0.1', port });
  const { clinic, store, hub, relay, presence, declared } = server;
  const tokens = createRelayTokens(new Uint8Array(32), () => new Date());
  const [refused, ended] = [[] as string[], new Set<string>()];
  const practiceOf = (userId: string) =>
    must(
      Object.values(clinic.people).find(({ user }) => user === userId),
      'a person',
    ).practice;
  const sessionOf = async (headers: Headers) => {
    const userId = /user=([\w-]+)/.exec(headers.get('cookie') ?? '')?.[1];
    return userId === undefined || ended.has(userId) ? null : { userId, sessionId: `of-${userId}` };
  };
  const app = new Hono();
  relayTokenRoute(app, { tokens, sessionOf });
  const upgrade = createSocketUpgrade({
    ...{ viewers: createViewers(store, declared), hub, relay, tokens, presence, sessionOf },
    isSignedIn: async (sessionId) => !ended.has(sessionId.replace('of-', '')),
    membershipsOf: async (userId) => {
      const slug = practiceOf(userId);
      return [{ slug, practiceId: clinic.practiceIds[slug] }];
    },
    originAllowed: (origin) => origin === ORIGIN,
    onRefused: (code) => void refused.push(code),
  });
  const fetch = async (request: Request) =>
    new URL(request.url).pathname === '/api/relay-token' ? app.fetch(request) : server.fetch(request);
  listener.serve({ fetch, upgrade });
  const url = `ws://127.0.0.1:${listener.port}`;
  const headersOf = (name: Name, change = {}) => ({
    ...{ cookie: `user=${clinic.people[name].user}`, origin: ORIGIN },
    ...change,
  });
  const peers = new Set<StockPeer>();
  return {
    ...{ url, port: listener.port, refused, ended, headersOf, fetch },
    open: (path, headers, protocol) =>
      new WebSocket(`${url}${path}`, protocol === undefined ? [] : [protocol], { headers }),
    join(name, document, { doc = new Y.Doc(), headers = headersOf(name), params = {} } = {}) {
      const peer = stockPeer(`${url}/relay`, document, { doc, headers, params });
      peers.add(peer);
      return peer;
    },
    async close() {
      for (const peer of peers) peer.leave();
      hub.closeAll(1012);
      await server.endNode();
      await listener.close(200);
      await relay.rooms.close();
    },
  };
}

/** An unmodified provider over sockets that send these headers, as a browser would its cookie and origin. */
export function stockPeer(
  url: string,
  document: string,
  { doc, headers, params = {} }: { doc: Y.Doc; headers: Record<string, string>; params?: Record<string, string> },
): StockPeer {
  const closed: StockPeer['closed'] = [];
  class WithHeaders extends WebSocket {
    constructor(address: string) {
      super(address, [], { headers });
      this.on('close', (code, reason) => void closed.push({ code, reason: String(reason) }));
    }
  }
  // The provider is typed with a browser's socket, of which it uses what both have.
  const options: object = { WebSocketPolyfill: WithHeaders, disableBc: true, maxBackoffTime: 200, params };
  const provider = new WebsocketProvider(url, document, doc, options);
  return {
    ...{ doc, provider, closed },
    leave() {
      provider.destroy();
      doc.destroy();
    },
  };
}
