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
