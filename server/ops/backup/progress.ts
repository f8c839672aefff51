// Tells an operator how far long work has come: a line now and then, with counts and sizes only.

const EVERY_MS = 2000;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export interface Progress {
  tell(line: string): void;
  /** Counts bytes of what `doing` names; says so when it takes long. */
  counter(doing: string): (bytes: number) => void;
}

export function createProgress(write: (text: string) => void, now: () => number = Date.now): Progress {
  return {
    tell: (line) => write(`${line}\n`),
    counter: (doing) => {
      let [done, told] = [0, now()];
      return (bytes) => {
        done += bytes;
        if (now() - told < EVERY_MS) return;
        told = now();
        write(`  ${doing}: ${inUnits(done)} so far\n`);
      };
    },
  };
}

/** `1_234_567` → `1.2 MB`. */
export function inUnits(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power] ?? ''}`;
}
