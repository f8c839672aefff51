// One round of the job where there is nothing to do, with 10,000 and 100,000 entries on both sides. Counted: the bodies of
// request and answer, and their headers as HTTP/2 carries them on a connection that is in use (HPACK), which is how browsers
// reach a server through a proxy with TLS. The same headers in full, as HTTP/1.1 repeats them, are told beside it; TLS and TCP
// are not counted. Target: 1 kB, whatever has piled up.

import { once } from 'node:events';
import { connect, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { clientOf, openPlace, takeDevice } from './device/bench-place.ts';
import type { BenchDevice, Heard } from './device/bench-device.ts';
import { LineMeter } from './device/line-meter.ts';
import { kB, printTable } from './ground/figures.ts';
import type { Line } from './ground/figures.ts';

const CHARTS = { ana: 10_000, ben: 100_000 };
const TARGET_BYTES = 1000;
const SPACES_MOST = 6;
/** What only one connection is told, or HTTP/2 says otherwise. */
const OF_THE_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'host'];
const asked = process.env['ROWS'];

const charts = Object.entries(CHARTS).filter(([, rows]) => asked === undefined || rows === Number(asked));
const place = await openPlace(Object.fromEntries(charts));
try {
  const lines: Line[] = [];
  for (const [key, rows] of charts) {
    const device = await takeDevice(place, key);
    await device.call('pull', clientOf(key));
    // Each space is compared with the server's once a day, one a round: a round in which that is done is not an idle one.
    for (let round = 0; round < SPACES_MOST; round += 1) await device.call('idle');
    lines.push(lineOf(rows, await measure(device)));
    await device.remove();
  }
  printTable('Idle sync', lines);
} finally {
  await place.remove();
}

async function measure(device: BenchDevice) {
  const seen = await device.listen();
  device.meter.reset();
  await device.call('idle');
  const http1 = device.meter.up + device.meter.down;
  const exchanges = await seen();
  const bodies = exchanges.reduce((sum, one) => sum + one.body.length + one.answer.length, 0);
  return { requests: exchanges.length, http1, bodies, http2: await overHttp2(exchanges) };
}

/** The bytes of these exchanges on a connection over which they have gone once before. */
async function overHttp2(exchanges: readonly Heard[]): Promise<number> {
  const server = createServer();
  let next = 0;
  server.on('stream', (stream) => {
    const { answer, answerHeaders } = exchanges[next++ % exchanges.length] ?? { answer: '', answerHeaders: {} };
    stream.resume();
    stream.respond({ ':status': 200, ...endToEnd(answerHeaders) });
    stream.end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const meter = await LineMeter.to((server.address() as AddressInfo).port);
  const client = connect(`http://127.0.0.1:${meter.port}`);
  let bytes = 0;
  for (let round = 0; round < 2; round += 1) {
    meter.reset();
    for (const { method, path, headers, body } of exchanges) {
      const stream = client.request({ ':method': method, ':path': path, ...endToEnd(headers) });
      stream.end(body);
      stream.resume();
      await once(stream, 'close');
    }
    bytes = meter.up + meter.down;
  }
  client.close();
  await meter.close();
  server.close();
  return bytes;
}

function endToEnd(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_HOP.includes(name) && name[0] !== ':'));
}

function lineOf(rows: number, { requests, http1, http2, bodies }: Awaited<ReturnType<typeof measure>>): Line {
  const more = `${requests} request, bodies ${kB(bodies)}; with headers in full, HTTP/1.1: ${kB(http1)}`;
  return { what: `${rows} entries`, figure: kB(http2), target: '<= 1.0 kB', isMet: http2 <= TARGET_BYTES, more };
}
