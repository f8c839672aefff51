import { lazy } from 'react';
import type { ComponentType } from 'react';
import { showRareWords } from '../language.ts';

/** What few people ever see: fetched when it is shown, with the words that only it says. */
export function rare<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), showRareWords()]);
    return screen;
  });
}
