// What a read brings anew at each change is mostly what it was before. Told apart here, so that only what has changed is drawn.

/** Gives what it was given last, object for object, where that says the same; `idOf` tells which is which. */
export function asBefore<T>(idOf: (one: T) => string): (next: readonly T[]) => T[] {
  let before = new Map<string, { readonly one: T; readonly text: string }>();
  return (next) => {
    const now = next.map((one) => {
      const text = JSON.stringify(one);
      const known = before.get(idOf(one));
      return known?.text === text ? known : { one, text };
    });
    before = new Map(now.map((known) => [idOf(known.one), known]));
    return now.map(({ one }) => one);
  };
}
