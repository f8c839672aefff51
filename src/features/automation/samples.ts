// A made-up rule, for tests.

import type { Rule } from './schema.ts';

export function ruleSample(change: Partial<Rule> = {}): Rule {
  const body = 'We have your message and have not forgotten you.';
  return { trigger: 'answer-overdue', delayDays: 0, body, isOn: true, ...change };
}
