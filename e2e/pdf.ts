// What a PDF of the browser's says: the letters that its pages show, and whether the fonts they are shown in are in it.

import { inflateSync } from 'node:zlib';

interface Pdf {
  /** All letters that are shown, in the order in which they are drawn. */
  readonly text: string;
  /** Letters shown by each font, by its name. */
  readonly fonts: readonly { readonly name: string; readonly isEmbedded: boolean; readonly text: string }[];
  readonly pages: number;
  /** How many signs have no letter to them: boxes in place of what no font has. */
  readonly missing: number;
}

type Objects = ReadonlyMap<number, { readonly head: string; readonly stream: string }>;

/** Reads what Chromium writes: objects in the clear, streams deflated, glyphs of two bytes with a table to letters. */
export function readPdf(bytes: Buffer): Pdf {
  const objects = objectsOf(bytes);
  const heads = [...objects.values()].map(({ head }) => head);
  const glyphs = new Map<number, number[]>();
  for (const { head, stream } of objects.values()) {
    if (!/\bTf\b/.test(stream) || /\/Type\s*\/(Font|XRef)/.test(head)) continue;
    for (const [font, shown] of shownIn(stream)) glyphs.set(font, [...(glyphs.get(font) ?? []), ...shown]);
  }
  const fonts = [...glyphs].map(([font, shown]) => {
    const { head = '' } = objects.get(font) ?? {};
    const letters = lettersOf(objects.get(refIn(head, 'ToUnicode'))?.stream ?? '');
    const { head: descendant = '' } = objects.get(refIn(head, 'DescendantFonts')) ?? {};
    const { head: descriptor = '' } = objects.get(refIn(descendant, 'FontDescriptor')) ?? {};
    return {
      name: /\/BaseFont\s*\/([^\s/]+)/.exec(head)?.[1] ?? '',
      isEmbedded: /\/FontFile[23]?\s/.test(descriptor) || /\/Subtype\s*\/Type3/.test(head),
      text: shown.map((glyph) => letters.get(glyph) ?? '').join(''),
      missing: shown.filter((glyph) => glyph === 0).length,
    };
  });
  return {
    text: fonts.map(({ text }) => text).join('\n'),
    fonts,
    pages: heads.filter((head) => /\/Type\s*\/Page\b(?!s)/.test(head)).length,
    missing: fonts.reduce((sum, font) => sum + font.missing, 0),
  };
}

function objectsOf(bytes: Buffer): Objects {
  const text = bytes.toString('latin1');
  const objects = new Map<number, { head: string; stream: string }>();
  for (const { 1: number = '', 2: body = '' } of text.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)\nendobj/g)) {
    const [head = '', rest] = body.split(/\nstream\r?\n|>>\s*stream\r?\n/, 2);
    const raw = rest?.slice(0, rest.lastIndexOf('endstream')) ?? '';
    objects.set(Number(number), { head, stream: opened(head, raw) });
  }
  return objects;
}

function opened(head: string, raw: string): string {
  if (raw === '' || /\/Subtype\s*\/Image|\/Length1\s/.test(head)) return '';
  const bytes = Buffer.from(raw, 'latin1');
  try {
    return head.includes('FlateDecode') ? inflateSync(bytes, { finishFlush: 2 }).toString('latin1') : raw;
  } catch {
    return '';
  }
}

const refIn = (head: string, name: string): number =>
  Number(new RegExp(`/${name}\\s*\\[?\\s*(\\d+) 0 R`).exec(head)?.[1]);

/** Glyphs by the object of their font, which Chromium names by its number. */
function shownIn(stream: string): [font: number, glyphs: number[]][] {
  const found: [number, number[]][] = [];
  let font = 0;
  for (const { 1: named, 2: hex } of stream.matchAll(/\/F(\d+)\s+[\d.]+\s+Tf|<([0-9A-Fa-f]+)>/g)) {
    if (named !== undefined) font = Number(named);
    else found.push([font, (hex?.match(/.{4}/g) ?? []).map((glyph) => Number.parseInt(glyph, 16))]);
  }
  return found;
}

function lettersOf(table: string): Map<number, string> {
  const letters = new Map<number, string>();
  for (const { 0: part } of table.matchAll(/beginbfchar[\s\S]*?endbfchar/g)) {
    for (const { 1: glyph = '', 2: to = '' } of part.matchAll(/<([0-9A-F]+)>\s*<([0-9A-F]+)>/gi))
      letters.set(Number.parseInt(glyph, 16), textOf(to));
  }
  for (const { 0: part } of table.matchAll(/beginbfrange[\s\S]*?endbfrange/g)) {
    for (const { 1: from = '', 2: last = '', 3: to = '' } of part.matchAll(
      /<([0-9A-F]+)>\s*<([0-9A-F]+)>\s*<([0-9A-F]+)>/gi,
    )) {
      const first = Number.parseInt(from, 16);
      for (let glyph = first; glyph <= Number.parseInt(last, 16); glyph++)
        letters.set(glyph, String.fromCodePoint((textOf(to).codePointAt(0) ?? 0) + glyph - first));
    }
  }
  return letters;
}

const textOf = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
