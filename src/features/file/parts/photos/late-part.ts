// A part of photos, fetched with the words that only it says: no first screen has any.

import { lazy } from 'react';
import type { ComponentType } from 'react';
import { showAlso } from '../../../../ui/words.ts';
import { voiceCatalogue } from '../voice/words/catalogue.ts';
import { photoCatalogue } from './words/catalogue.ts';

export function latePart<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy<ComponentType<Props>>(async () => {
    // What cannot be fetched must not take the words around it from the screen.
    const fetched = await Promise.all([load(), showAlso([photoCatalogue, voiceCatalogue])]).catch(() => null);
    return fetched?.[0] ?? { default: () => null };
  });
}
