// A made-up summary, for tests and the seed. Nobody is meant.

import type { SummaryItem } from './schema.ts';

export const allergySample = (change: Partial<SummaryItem & { type: 'allergyIntolerance' }> = {}): SummaryItem => ({
  type: 'allergyIntolerance',
  name: 'Penicillin',
  criticality: 'high',
  reaction: 'Hives and swelling of the throat',
  status: 'active',
  ...change,
});

export const medicationSample = (change: Partial<SummaryItem & { type: 'medicationStatement' }> = {}): SummaryItem => ({
  type: 'medicationStatement',
  name: 'Sertraline',
  dose: '50 mg in the morning',
  since: '2025-09',
  status: 'active',
  ...change,
});

export const conditionSample = (change: Partial<SummaryItem & { type: 'condition' }> = {}): SummaryItem => ({
  type: 'condition',
  name: 'Generalized anxiety disorder',
  code: 'F41.1',
  since: '2024',
  status: 'active',
  ...change,
});

export interface SummarySampleOptions {
  readonly client: string;
  readonly by: string;
  /** An id for a name; the same for the same name. */
  readonly idOf: (name: string) => string;
  readonly at: string;
}

export interface SummarySampleAct {
  readonly name: 'chartSummary.addItem';
  readonly args: {
    readonly by: string;
    readonly at: string;
    readonly zone: string;
    readonly id: string;
    readonly client: string;
    readonly item: SummaryItem;
  };
}

/** The acts that wrote one. */
export function summarySamples({ client, by, idOf, at }: SummarySampleOptions): SummarySampleAct[] {
  const latex = allergySample({ name: 'Latex', criticality: 'low', reaction: 'Itching' });
  return [allergySample(), latex, medicationSample(), conditionSample()].map((item, i) => ({
    name: 'chartSummary.addItem',
    args: { by, at, zone: 'America/New_York', id: idOf(`item ${i}`), client, item },
  }));
}
