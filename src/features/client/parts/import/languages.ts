// Languages as lists name them: by a tag, or by a name in one of a few languages.

import { plain } from '../../queries.ts';

const CODES =
  'am ar bn bs de el en es fa fr gu hi hmn hr ht hy id it ja km ko lo ml mr my ne nl pa pl ps pt ro ru so sq sr sv sw ta te th ti tl tr uk ur vi yi zh';
/** Names that people use and no table has. */
const ALSO = { farsi: 'fa', tagalog: 'tl', mandarin: 'zh', castellano: 'es' };
const NAMED_IN = ['en', 'es', 'ar', 'fr', 'de', 'pt'];

let names: ReadonlyMap<string, string> | undefined;

/** The tag of a language; undefined where nothing is said, null where it is none that is known. */
export function languageIn(text: string): string | null | undefined {
  const said = plain(text);
  if (said === '') return undefined;
  names ??= namesOf();
  const known = names.get(said);
  if (known !== undefined) return known;
  const [, code = '', region = ''] = /^([a-z]{2,3})[-_]([a-z]{2,4}|\d{3})$/.exec(said) ?? [];
  return names.get(code) === code ? `${code}-${region.length === 4 ? region : region.toUpperCase()}` : null;
}

function namesOf(): ReadonlyMap<string, string> {
  const tables = NAMED_IN.map((tag) => new Intl.DisplayNames(tag, { type: 'language' }));
  const found = CODES.split(' ').flatMap((code) => {
    const own = new Intl.DisplayNames(code, { type: 'language' });
    return [code, ...[own, ...tables].map((table) => plain(table.of(code) ?? code))].map(
      (name) => [name, code] as const,
    );
  });
  return new Map([...found, ...Object.entries(ALSO)]);
}
