// One visit to the server: what is unsent goes first, in a protocol that every server takes; then both sides say what they speak;
// then all is sent and fetched in what they agreed on. A client that is too old to fetch has sent its work by then.

import { lowestOf } from '../core/versions.ts';
import { exchangeDocs } from './doc-fetch.ts';
import { greet } from './greet.ts';
import type { Desk } from './mutate.ts';
import type { Line } from './parcels-out.ts';
import { pullAll } from './pull-loop.ts';
import { pushAll } from './push-loop.ts';
import type { Pushed } from './push-loop.ts';
import { setAside } from './set-aside.ts';
import { WireError } from './wire.ts';

/** What was agreed with the server; null before the greeting. */
export interface Talk {
  protocol: number | null;
}

/** Sends everything, then fetches everything. Greets where nothing was agreed yet. Throws as `post` does. */
export async function visit(desk: Desk, line: Line, talk: Talk): Promise<Pushed> {
  const wasAgreed = talk.protocol !== null;
  try {
    return await speak(desk, line, talk);
  } catch (error) {
    // The server is of another release than the one that was greeted: perhaps there is something else that both speak.
    if (!wasAgreed || !isOfVersions(error)) throw error;
    talk.protocol = null;
    return await speak(desk, line, talk);
  }
}

async function speak(desk: Desk, line: Line, talk: Talk): Promise<Pushed> {
  if (talk.protocol === null) {
    await pushAll(desk, speaking(line, lowestOf(line.protocols)));
    talk.protocol = await greet(desk, line);
  }
  return sendAndFetch(desk, speaking(line, talk.protocol));
}

/** The line with every request saying which protocol it is in. */
export function speaking(line: Line, protocol: number): Line {
  return { ...line, post: (path, body, answer) => line.post(path, { ...body, protocol }, answer) };
}

/** Sends everything, then fetches everything, without a greeting. Throws as `post` does. */
export async function sendAndFetch(desk: Desk, line: Line): Promise<Pushed> {
  for (;;) {
    const pushed = await pushAll(desk, line);
    await setAside(desk);
    if ((await pullAll(desk, line)).pushAgain) continue;
    if (!(await exchangeDocs(desk, line))) return pushed;
  }
}

function isOfVersions(error: unknown): boolean {
  return error instanceof WireError && ['client-too-old', 'server-too-old'].includes(error.code);
}
