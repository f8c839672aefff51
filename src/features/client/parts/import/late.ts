// What has come from elsewhere between the look at a list and its being taken on.

import { compareAmong } from '../../queries-duplicates.ts';
import type { Known } from '../../queries-duplicates.ts';
import { breather } from './breathe.ts';
import { alikeOf, hereOf, typedOf } from './judge.ts';
import type { Judged, Newcomer } from './judge.ts';
import { isTicked } from './ticks.ts';
import type { Ticks } from './ticks.ts';

export interface Late {
  readonly judged: readonly Judged[];
  readonly ticks: Ticks;
  /** Who was known when the rows were judged. */
  readonly before: ReadonlySet<string>;
  /** Who is known now. */
  readonly known: readonly Known[];
  readonly primary: string;
}

/** Before it is done: of whom is ticked nobody stays so who has come, or may have come, from elsewhere meanwhile. */
export async function withoutLate(late: Late): Promise<{ readonly judged: readonly Judged[]; readonly ticks: Ticks }> {
  const here = new Map(late.known.map((one) => [one.id, one]));
  const comparing = compareAmong(late.known);
  const [pause, ticks, judged] = [breather(), new Map(late.ticks), [] as Judged[]];
  for (const one of late.judged) {
    const now = isTicked(one, late.ticks) && 'newcomer' in one ? asNow(one) : one;
    if (now !== one) ticks.delete(one.row.n);
    judged.push(now);
    await pause();
  }
  return { judged, ticks };

  function asNow(one: Judged & { readonly newcomer: Newcomer }): Judged {
    const { row, newcomer, state } = one;
    const there = here.get(newcomer.id);
    if (there !== undefined) return hereOf({ row, newcomer }, there, late.primary);
    const found = comparing
      .find(typedOf(newcomer))
      .filter(({ client }) => state === 'ready' || !late.before.has(client.id));
    return found.length === 0 ? one : alikeOf({ row, newcomer }, found);
  }
}
