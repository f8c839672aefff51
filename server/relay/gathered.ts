// Many small looks at the store in one: who asks in the same turn of the loop, or while a look is under way, shares the next.

/** A look that does not come back holds the next one up for no longer. */
const PATIENCE_MS = 1000;

/** Looks for all names together; each asker gets what was found under his own. */
export function gathered<T>(
  look: (names: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (names: readonly string[]) => Promise<ReadonlyMap<string, T>> {
  let waiting: Set<string> | null = null;
  let next: Promise<ReadonlyMap<string, T>> | null = null;
  let under: Promise<unknown> = Promise.resolve();

  async function lookSoon(names: Set<string>): Promise<ReadonlyMap<string, T>> {
    await Promise.all([ended(under), new Promise(setImmediate)]);
    [waiting, next] = [null, null];
    const found = look([...names]);
    under = found;
    return found;
  }

  return async (names) => {
    if (waiting === null || next === null) {
      waiting = new Set(names);
      next = lookSoon(waiting);
    } else for (const name of names) waiting.add(name);
    const found = await next;
    return new Map(names.flatMap((name) => (found.has(name) ? [[name, found.get(name) as T]] : [])));
  };
}

/** Whatever has become of it, or when it has taken too long. */
async function ended(look: Promise<unknown>): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => (late = setTimeout(resolve, PATIENCE_MS)));
  await Promise.race([look.catch(() => undefined), patience]);
  clearTimeout(late);
}
