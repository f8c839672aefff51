// The exchange, fetched while the first screen is already there: reading and writing need none of it. Before it has come, what is
// asked of it waits; where it cannot be fetched (a first visit that lost its network), the next start tries again.

import type { Exchange, ExchangeState } from './exchange.ts';
import type { Desk } from './mutate.ts';
import type { Line } from './parcels-out.ts';
import type { DeviceMembership } from './registry.ts';

interface Options {
  readonly membership: DeviceMembership;
  readonly onState: (state: ExchangeState) => void;
}

/** An exchange that is there from the first moment, and works from the moment its code is, by itself too. */
export function exchangeWhenLoaded(openDesk: () => Promise<Desk>, line: Line, options: Options): Exchange {
  let loading: Promise<Exchange | null> | undefined;
  let stopTriggers = () => {};
  let stopped = false;

  async function load(): Promise<Exchange | null> {
    try {
      const [{ startExchange }, desk] = await Promise.all([import('./start-exchange.ts'), openDesk()]);
      if (stopped) return null;
      const started = startExchange(desk, line, options);
      ({ stopTriggers } = started);
      return started.exchange;
    } catch {
      loading = undefined;
      options.onState({ kind: 'offline' });
      return null;
    }
  }

  return {
    start: (reason) => void (loading ??= load()).then((exchange) => exchange?.start(reason)),
    settled: async () => (await loading)?.settled(),
    stop() {
      stopped = true;
      stopTriggers();
      void loading?.then((exchange) => exchange?.stop());
    },
  };
}
