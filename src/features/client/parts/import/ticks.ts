// Which rows are to be taken: as it is by itself, and where somebody has said otherwise.

import type { Judged } from './judge.ts';

/** By row, whether it is to be taken, where that is not so by itself. */
export type Ticks = ReadonlyMap<number, boolean>;

export const NO_TICKS: Ticks = new Map();

export const canTick = ({ state }: Judged): boolean => state === 'ready' || state === 'alike';

/** Those who may be here already are taken only where somebody says so. */
export const isTicked = (one: Judged, ticks: Ticks): boolean =>
  canTick(one) && (ticks.get(one.row.n) ?? one.state === 'ready');

/** With these ticked, or not. */
export function ticked(ticks: Ticks, some: readonly Judged[], isOn: boolean): Ticks {
  const next = new Map(ticks);
  for (const { row, state } of some) {
    if (isOn === (state === 'ready')) next.delete(row.n);
    else next.set(row.n, isOn);
  }
  return next;
}

/** As they are kept: the rows, below nought where they are not to be taken. */
export const ticksAs = (ticks: Ticks): number[] => [...ticks].map(([n, isOn]) => (isOn ? n : -n));

/** As they were kept, as far as they have that shape. */
export const ticksIn = (kept: unknown): Ticks =>
  new Map((Array.isArray(kept) ? kept : []).flatMap((n) => (typeof n === 'number' ? [[Math.abs(n), n > 0]] : [])));
