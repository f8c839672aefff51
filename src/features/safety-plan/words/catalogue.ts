import type { en } from './en.ts';

/** A part of what no first screen says (`src/app/rare/words/`): it is fetched with that. */
export type PlanWord = keyof typeof en;
