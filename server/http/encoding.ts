// Which compressions a client takes, and the compressing of JSON answers that are worth it. Files of the app are
// compressed once, when the app is built.

import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

const WORTH_BYTES = 1024;
const compress = promisify(gzip);

/** Whether an `Accept-Encoding` header takes this encoding. */
export function accepts(header: string | null | undefined, encoding: Encoding): boolean {
  const offers = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((offer) => offer.trim().split(/\s*;\s*/));
  const offer = offers.find(([name]) => name === encoding) ?? offers.find(([name]) => name === '*');
  if (offer === undefined) return false;
  const quality = offer.slice(1).find((part) => part.startsWith('q='));
  return quality === undefined || Number(quality.slice(2)) > 0;
}

/** A JSON answer over 1 kB as gzip where the client takes it; any other answer as it is. */
export async function compressed(answer: Response, acceptEncoding: string | null | undefined): Promise<Response> {
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
  if (!isJson || answer.body === null || answer.headers.has('content-encoding')) return answer;
  const headers = new Headers(answer.headers);
  headers.append('vary', 'Accept-Encoding');
  const body = Buffer.from(await answer.arrayBuffer());
  if (body.length <= WORTH_BYTES || !accepts(acceptEncoding, 'gzip'))
    return new Response(body, { ...init(answer), headers });
  headers.set('content-encoding', 'gzip');
  headers.delete('content-length');
  return new Response(await compress(body), { ...init(answer), headers });
}

function init(answer: Response): { status: number; statusText: string } {
  return { status: answer.status, statusText: answer.statusText };
}
