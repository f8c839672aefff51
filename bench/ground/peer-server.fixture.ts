// What any relay has to do at the least, without rights, without a judge and without Yjs: frames of a document go to all who have
// joined it. With `DATABASE_URL` they are first appended to PostgreSQL, one transaction a tick: as fast as a durable relay can be.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

interface Frame {
  readonly document: string;
  readonly bytes: Buffer;
}

const { DATABASE_URL: connectionString } = process.env;
const pool = connectionString === undefined ? null : new pg.Pool({ connectionString });
await pool?.query(
  'create table if not exists peer_log (n bigserial primary key, document text not null, bytes bytea not null)',
);

const joined = new Map<string, Map<WebSocket, number>>();
let waiting: Frame[] = [];
let isTicking = false;

const http = createServer();
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (ws) => {
  let documents: string[] = [];
  ws.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) {
      documents = JSON.parse(data.toString()) as string[];
      for (const [ch, document] of documents.entries()) lineOf(document).set(ws, ch);
      ws.send('joined');
      return;
    }
    waiting.push({ document: documents[data.readUInt16LE(0)] ?? '', bytes: data.subarray(2) });
    if (pool === null) for (const frame of waiting.splice(0)) tell(frame);
    else if (!isTicking) void tick(pool);
  });
  ws.on('close', () => {
    for (const document of documents) joined.get(document)?.delete(ws);
  });
});
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ code: 'listening', port: (http.address() as AddressInfo).port })}\n`);
});
process.once('SIGTERM', () => process.exit(0));

function lineOf(document: string): Map<WebSocket, number> {
  const lines = joined.get(document) ?? new Map<WebSocket, number>();
  joined.set(document, lines);
  return lines;
}

function tell({ document, bytes }: Frame): void {
  for (const [ws, ch] of lineOf(document)) {
    const frame = Buffer.allocUnsafe(bytes.length + 2);
    frame.writeUInt16LE(ch, 0);
    bytes.copy(frame, 2);
    ws.send(frame);
  }
}

async function tick(database: pg.Pool): Promise<void> {
  isTicking = true;
  const connection = await database.connect();
  for (;;) {
    await new Promise(setImmediate);
    const all = waiting;
    waiting = [];
    if (all.length === 0) break;
    await connection.query('begin');
    await connection.query('insert into peer_log (document, bytes) select * from unnest($1::text[], $2::bytea[])', [
      all.map(({ document }) => document),
      all.map(({ bytes }) => bytes),
    ]);
    await connection.query('commit');
    for (const frame of all) tell(frame);
  }
  connection.release();
  isTicking = false;
}
