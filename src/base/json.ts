// The values that travel and rest: plain JSON, nothing else.

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** A member that is `undefined` is absent: JSON text leaves it out. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** JSON text with the keys of every object sorted, so that equal values give equal text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = entries.flatMap(([key, item]) =>
    item === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(item)}`],
  );
  return `{${parts.join(',')}}`;
}
