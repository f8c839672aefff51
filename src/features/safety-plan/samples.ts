// A made-up plan, for tests and the seed. Nobody is meant; the numbers are of the range that is kept for stories.

import type { PlanParts } from './schema.ts';

export function planSample(change: PlanParts = {}): PlanParts {
  return {
    signs: 'I stop answering messages.\nI cannot sleep and go over the day again and again.',
    alone: 'Walk round the block.\nThe blue playlist.',
    distraction: 'The library on Oak Street.\nCoffee with Rosa.',
    people: 'Mom: +1 555 010 0143\nRosa, next door',
    professionals: 'Dr. Lee, through the practice: +1 555 010 0100\nCall or text 988 at any hour.',
    surroundings: 'Mom keeps the medicine at her place.',
    ...change,
  };
}

export interface PlanSampleAct {
  readonly name: 'safetyPlan.changePlan';
  readonly args: {
    readonly by: string;
    readonly at: string;
    readonly zone: string;
    readonly id: string;
    readonly client: string;
    readonly changes: PlanParts;
  };
}

/** The act that wrote it. */
export function planSampleAct(of: { id: string; client: string; by: string; at: string }): PlanSampleAct {
  return { name: 'safetyPlan.changePlan', args: { ...of, zone: 'America/New_York', changes: planSample() } };
}
