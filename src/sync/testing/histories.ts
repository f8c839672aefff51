// Many histories in a row, and what went wrong in them by seed.

import { Share } from './share.ts';

const STEPS = 60;
const SHOWN = 5;

/** `SEEDS` says how many, `FROM` the first: `FROM=4711 SEEDS=1 npx vitest run src/sync/testing/converge` repeats one. */
const first = Number(process.env['FROM'] ?? 1);
const asked = process.env['SEEDS'];

/** What of the seeds a file runs: `most` of them in `seconds`, or what was asked for; of `of` files each takes every `of`th. */
interface Part {
  readonly most: number;
  readonly seconds: number;
  readonly nth?: number;
  readonly of?: number;
}

/** Text of the faults by seed; `{}` where all is well. */
export async function faultsByHistory(
  { most, seconds, nth = 0, of = 1 }: Part,
  faultsOf: (seed: number, steps: number) => Promise<string[]>,
): Promise<string> {
  const bad: Record<number, string[]> = {};
  const share = new Share({ asked: asked && String(Math.ceil((Number(asked) - nth) / of)), most, least: 5, seconds });
  for (const round of share.rounds()) {
    const seed = first + nth + round * of;
    const faults = await faultsOf(seed, STEPS).catch((error: unknown) => [String(error)]);
    if (faults.length > 0) bad[seed] = faults.slice(0, SHOWN);
  }
  share.say(`histories from ${first + nth} on, each ${of === 1 ? 'one' : 'second'}`);
  return JSON.stringify(bad, null, 1);
}
