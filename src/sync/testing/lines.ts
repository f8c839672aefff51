// Devices of the harness on real lines: the page's own socket and channels, through a port, to the server of this process.

import { AsyncLocalStorage } from 'node:async_hooks';
import { vi } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import type { Name } from '../../../server/testing/clinic.ts';
import { startRelayNode } from '../../../server/testing/relay-node.ts';
import type { RelayNode } from '../../../server/testing/relay-node.ts';
import type { SyncServer } from '../../../server/testing/sync-server.ts';
import { documentsOnLine } from '../client/doc-line.ts';
import { openPokeLine } from '../client/socket.ts';
import type { Device } from './devices.ts';

/** A device's page, which somebody looks at or not. */
export interface OpenLine {
  isSeen: boolean;
  /** How often the line said that there may be something to fetch, pokes aside. */
  asked: number;
  /** Frames of text that have come, by their kind. */
  readonly heard: string[];
  look(): void;
  wake(): void;
  stop(): void;
}

export interface Lines {
  readonly node: RelayNode;
  open(device: Device, name: Name): Promise<OpenLine>;
  close(): Promise<void>;
}

/** Opens a port for the server; `close` lets the browser's own names go again. */
export async function startLines(server: SyncServer): Promise<Lines> {
  const node = await startRelayNode(server);
  // A line that comes back comes back as the same person.
  const whose = new AsyncLocalStorage<{ name: Name; heard: string[] }>();
  class Socket extends NodeSocket {
    constructor(url: URL, protocol: string) {
      const { name, heard } = whose.getStore() ?? { name: 'ana' as const, heard: [] };
      super(url, protocol, { headers: node.headersOf(name) });
      this.on('message', (data, isBinary) => {
        if (!isBinary) heard.push(String((JSON.parse(String(data)) as { t: unknown }).t));
      });
    }
  }
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('location', { href: `http://127.0.0.1:${node.port}/` });
  const opened = new Set<OpenLine>();
  return {
    node,
    async open(device, name) {
      const heard: string[] = [];
      const id = (await device.state()).device;
      const line = whose.run({ name, heard }, () => lineOf(device, id, heard));
      opened.add(line);
      return line;
    },
    async close() {
      for (const line of opened) line.stop();
      await node.close();
      vi.unstubAllGlobals();
    },
  };
}

function lineOf({ desk, membership }: Device, device: string, heard: string[]): OpenLine {
  const ask = () => void (line.asked += 1);
  const docs = documentsOnLine(desk, { send: (data) => socket.send(data) }, { ask, isSeen: () => line.isSeen });
  const line: OpenLine = {
    isSeen: true,
    asked: 0,
    heard,
    look: () => docs.look(),
    wake: () => socket.wake(),
    stop() {
      docs.stop();
      socket.stop();
    },
  };
  const who = { practice: membership.practice, membership: membership.id };
  const nothing = () => undefined;
  // The exchange is moved by the test.
  const socket = openPokeLine({ ...who, device }, { ...docs, poke: nothing, refused: nothing });
  return line;
}
