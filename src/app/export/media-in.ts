import type { Json, JsonObject } from '../../base/json.ts';
import type { NamedFile } from './export-shape.ts';

/** The files that a row names: those of what was written in it, or said. */
export function mediaIn({ content, media: said }: JsonObject): NamedFile[] {
  const media = isObject(content) ? content['media'] : said;
  return Array.isArray(media) ? media.flatMap((one) => namedFile(one) ?? []) : [];
}

function namedFile(value: Json): NamedFile | null {
  if (!isObject(value)) return null;
  const { id, key, size, type } = value;
  const isNamed =
    typeof id === 'string' && typeof key === 'string' && typeof size === 'number' && typeof type === 'string';
  const small =
    value['thumb'] === undefined
      ? null
      : namedFile({ ...(isObject(value['thumb']) && value['thumb']), type: type ?? '' });
  return isNamed ? { id, key, size, type, ...(small && { thumb: small }) } : null;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
