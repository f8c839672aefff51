/** Keeps words of one direction from tearing the line of another. Adds nothing where all runs one way. */
import type { Direction } from './locale.ts';

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const STRONG_RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const STRONG_LTR = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\p{L}/u;

export function isolate(text: string, around: Direction): string {
  const foreign = around === 'rtl' ? STRONG_LTR : STRONG_RTL;
  return foreign.test(text) ? FIRST_STRONG_ISOLATE + text + POP_ISOLATE : text;
}
