// The exchange with what starts it: fetched together, in one request.

import type { Exchange, ExchangeState } from './exchange.ts';
import { createExchange } from './exchange.ts';
import type { Desk } from './mutate.ts';
import type { Line } from './parcels-out.ts';
import type { DeviceMembership } from './registry.ts';
import { startTriggers } from './triggers.ts';

/** An exchange under way, and how its triggers are let go. */
export function startExchange(
  desk: Desk,
  line: Line,
  options: { membership: DeviceMembership; onState: (state: ExchangeState) => void },
): { exchange: Exchange; stopTriggers: () => void } {
  const exchange = createExchange(desk, line, options);
  return { exchange, stopTriggers: startTriggers(desk, options.membership, exchange) };
}
