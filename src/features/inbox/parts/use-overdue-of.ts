// What is overdue, by provider: whose clients have waited too long.

import { useState } from 'react';
import { matches } from '../schema.ts';
import type { InboxRow } from '../schema.ts';
import type { QueueStand } from './use-queue.ts';

export const EVERYONE = 'everyone';

export interface OverdueOf {
  readonly rows: readonly InboxRow[] | undefined;
  /** Whose clients' rows are overdue; none where another filter is chosen. */
  readonly providers: readonly string[];
  /** The chosen one. */
  readonly provider: string;
  choose(provider: string): void;
}

/** The rows, or where one provider is chosen among what is overdue, his clients' alone. */
export function useOverdueOf(
  { filter, handled }: Pick<QueueStand, 'filter' | 'handled'>,
  rows: readonly InboxRow[] | undefined,
): OverdueOf {
  const [chosen, choose] = useState<string>(EVERYONE);
  if (filter !== 'overdue' || rows === undefined) return { rows, providers: [], provider: EVERYONE, choose };
  const here = rows.filter((row) => matches(row, filter) || handled.has(row.id));
  const providers = [...new Set(here.flatMap(({ provider }) => provider ?? []))].sort();
  const provider = providers.includes(chosen) ? chosen : EVERYONE;
  const of = provider === EVERYONE ? rows : rows.filter((row) => row.provider === provider);
  return { rows: of, providers, provider, choose };
}
