// Whether data is to be saved here: as the browser says, or as its person has chosen. Kept on this device.

import { useState } from 'react';

export const SAVE_DATA_CHOICES = ['auto', 'always', 'never'] as const;
export type SaveDataChoice = (typeof SAVE_DATA_CHOICES)[number];

const KEY = 'interlude.saveData';
const SLOW = ['slow-2g', '2g', '3g'];

function keptChoice(): SaveDataChoice {
  try {
    const kept = localStorage.getItem(KEY);
    return SAVE_DATA_CHOICES.find((choice) => choice === kept) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** `auto` asks the browser, which knows of its own switch and of a slow or metered line; one that says nothing is on no such line. */
export function savesData(): boolean {
  const choice = keptChoice();
  if (choice !== 'auto') return choice === 'always';
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string; type?: string } };
  return (
    connection?.saveData === true || connection?.type === 'cellular' || SLOW.includes(connection?.effectiveType ?? '')
  );
}

export function useSaveData(): [SaveDataChoice, (choice: SaveDataChoice) => void] {
  const [choice, setChoice] = useState(keptChoice);
  return [
    choice,
    (next) => {
      setChoice(next);
      try {
        localStorage.setItem(KEY, next);
      } catch {
        // Storage is switched off: the browser's word holds.
      }
    },
  ];
}
