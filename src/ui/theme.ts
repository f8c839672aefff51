/**
 * Light, dark, or as the device has it: the choice, kept on this device, shown on `<html data-theme>` and in the
 * colour of the system bars. Call `startTheme()` first thing in the entry module; CSP allows no inline script.
 */
import { useState } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';

export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const KEY = 'interlude.theme';
export const BAR_COLOURS = { light: '#fbfaf7', dark: '#131a1b' } as const;

const isThemeChoice = (value: unknown): value is ThemeChoice => THEME_CHOICES.some((choice) => choice === value);

export function startTheme(): void {
  showTheme(keptTheme());
}

export function chooseTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // storage switched off in the browser: the choice lasts as long as the page
  }
  showTheme(choice);
}

export function useTheme(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const [choice, setChoice] = useState(keptTheme);
  return [
    choice,
    (next) => {
      chooseTheme(next);
      setChoice(next);
    },
  ];
}

function keptTheme(): ThemeChoice {
  try {
    const kept = localStorage.getItem(KEY);
    return isThemeChoice(kept) ? kept : 'system';
  } catch {
    return 'system';
  }
}

function showTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = BAR_COLOURS[choice === 'system' ? own : choice];
  }
}
