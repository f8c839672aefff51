import { makeFormat } from './format.ts';
import type { Format } from './format.ts';
import { useLocale } from './words.ts';

/** Making Intl formats is slow on old phones: one set for each list of tags, for as long as the page lives. */
const formatByTags = new Map<string, Format>();

export function useFormat(): Format {
  const { tags } = useLocale();
  const key = tags.join();
  const format = formatByTags.get(key) ?? makeFormat(tags);
  formatByTags.set(key, format);
  return format;
}
