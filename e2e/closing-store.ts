// A browser's storage that fails under the app: every connection that a page opens is known, and can be ended, made deaf, or
// refused from then on.

import type { BrowserContext, Page } from '@playwright/test';

/** `closed`: connections end without a word. `lost`: the same, and what is asked of them fails. `gone`: nor is there another. */
export type StoreFault = 'closed' | 'lost' | 'gone';

interface Faults {
  strike(fault: StoreFault): number;
  heal(): void;
}

/** Of every page that is opened from now on. */
export async function watchStores(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const open = new Set<IDBDatabase>();
    const lost = new WeakSet<IDBDatabase>();
    let isGone = false;
    const failure = () => new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    const { prototype: factory } = IDBFactory;
    const { prototype: database } = IDBDatabase;
    const { open: openStore } = factory;
    const { transaction } = database;
    factory.open = function (...asked) {
      if (isGone) throw failure();
      const request = openStore.apply(this, asked);
      request.addEventListener('success', () => open.add(request.result));
      return request;
    };
    database.transaction = function (...asked) {
      if (lost.has(this)) throw failure();
      return transaction.apply(this, asked);
    };
    const faults: Faults = {
      strike(fault) {
        for (const one of open) {
          if (fault !== 'closed') lost.add(one);
          one.close();
        }
        isGone = fault === 'gone';
        const { size } = open;
        open.clear();
        return size;
      },
      heal: () => void (isGone = false),
    };
    Object.assign(window, { faults });
  });
}

/** How many connections it struck. */
export function strike(page: Page, fault: StoreFault): Promise<number> {
  return page.evaluate(`faults.strike('${fault}')`);
}

export function heal(page: Page): Promise<void> {
  return page.evaluate('faults.heal()');
}
