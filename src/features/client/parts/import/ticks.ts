// Which rows are to be taken: as it is by itself, and where somebody has said otherwise.

import type { JsonObject } from '../../../../base/json.ts';
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

/** As they are kept. */
export function ticksAs(ticks: Ticks): JsonObject {
  const of = (isOn: boolean) => [...ticks].flatMap(([n, is]) => (is === isOn ? [n] : []));
  return { ticked: of(true), unticked: of(false) };
}

/** As they were kept, as far as they have that shape. */
export function ticksIn(content: JsonObject): Ticks {
  const of = (rows: unknown, isOn: boolean) =>
    (Array.isArray(rows) ? rows : []).flatMap((n) => (typeof n === 'number' ? [[n, isOn] as const] : []));
  return new Map([...of(content['ticked'], true), ...of(content['unticked'], false)]);
}
