// Many histories in a row, and what went wrong in them by seed.

import { faultsOfHistory } from './history.ts';
import type { StartServer } from './history.ts';

const STEPS = 60;
const SHOWN = 5;

/** `SEEDS` says how many, `FROM` the first: `FROM=4711 SEEDS=1 npx vitest run src/sync/testing/converge` repeats one. */
export const first = Number(process.env['FROM'] ?? 1);

export function count(byDefault: number): number {
  return Number(process.env['SEEDS'] ?? byDefault);
}

/** Text of the faults by seed; `{}` where all is well. Of `of` shares it runs each `share`th seed. */
export async function faultsByHistory(
  seeds: number,
  { share = 0, of = 1, start }: { share?: number; of?: number; start?: StartServer } = {},
): Promise<string> {
  const bad: Record<number, string[]> = {};
  for (let seed = first + share; seed < first + seeds; seed += of) {
    const faults = await faultsOfHistory(seed, STEPS, start).catch((error: unknown) => [String(error)]);
    if (faults.length > 0) bad[seed] = faults.slice(0, SHOWN);
  }
  return JSON.stringify(bad, null, 1);
}
