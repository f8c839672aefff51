// A seeded source of chance: the same seed, the same history.

export interface Chance {
  /** A whole number from 0 up to, not including, `below`. */
  below(count: number): number;
  /** True in `percent` of a hundred cases. */
  happens(percent: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** mulberry32: small, quick, and good enough to wander. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return { below, happens: (percent) => next() * 100 < percent, pick: (from) => from[below(from.length)] ?? from[0] };
}

/** Lets what the platform knows of chance and of time come from here while `work` runs: ids, keys, and client ids of documents. */
export async function withChance<T>(
  { below }: Chance,
  clock: { readonly ms: number },
  work: () => Promise<T>,
): Promise<T> {
  const { now } = Date;
  const getRandomValues = <A extends ArrayBufferView>(array: A): A => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = below(256);
    return array;
  };
  Object.defineProperty(crypto, 'getRandomValues', { value: getRandomValues, configurable: true });
  Date.now = () => clock.ms;
  try {
    return await work();
  } finally {
    Reflect.deleteProperty(crypto, 'getRandomValues');
    Date.now = now;
  }
}
