import { describe, expect, it } from 'vitest';
import { BAR_COLOURS } from '../theme.ts';

// Vitest hands out empty style sheets, also as ?raw, and browser code has no Node types: so the file is read by hand.
const nodeFiles: string = 'node:fs';
const files: { readFileSync: (path: URL, encoding: 'utf8') => string } = await import(/* @vite-ignore */ nodeFiles);
const css = files.readFileSync(new URL(/* @vite-ignore */ 'tokens.css', import.meta.url), 'utf8');

/** [words, ground, least ratio]: 4.5 for text, 3 for what one must see to use a control. */
const PAIRS: readonly [string, string, number][] = [
  ...['ink', 'ink-muted', 'accent', 'accent-hover', 'danger', 'danger-hover', 'attention'].flatMap((words) =>
    ['paper', 'surface', 'sunk'].map((ground): [string, string, number] => [words, ground, 4.5]),
  ),
  ['ink', 'line', 4.5],
  ['ink-muted', 'line', 4.5],
  ['accent-soft-ink', 'surface', 4.5],
  ['accent-soft-ink', 'sunk', 4.5],
  ['accent-soft-ink', 'line', 4.5],
  ...['accent', 'danger'].flatMap((name): [string, string, number][] => [
    [`on-${name}`, name, 4.5],
    [`on-${name}`, `${name}-hover`, 4.5],
  ]),
  ...['accent', 'attention', 'danger'].map((name): [string, string, number] => [
    `${name}-soft-ink`,
    `${name}-soft`,
    4.5,
  ]),
  ...['paper', 'surface', 'sunk'].flatMap((ground): [string, string, number][] => [
    ['line-strong', ground, 3],
    ['focus', ground, 3],
  ]),
];

function colours(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  expect(start, selector).toBeGreaterThan(-1);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const light = colours(':root');
const dark = colours(":root[data-theme='dark']");

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s', (_, theme) => {
  it.each(PAIRS)('%s is readable on %s', (words, ground, least) => {
    expect(theme[words], words).toBeDefined();
    expect(theme[ground], ground).toBeDefined();
    expect(contrast(theme[words] ?? '', theme[ground] ?? '')).toBeGreaterThanOrEqual(least);
  });
});

describe('the two themes', () => {
  it('name the same colours', () => {
    expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort());
  });

  it('are the same dark by the device and by choice', () => {
    expect(colours(":root:not([data-theme='light'])")).toEqual(dark);
  });

  it('colour the system bars like paper', () => {
    expect(BAR_COLOURS).toEqual({ light: light['paper'], dark: dark['paper'] });
  });
});
