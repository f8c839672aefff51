// Which Chromium the tests drive: the one `CHROMIUM_PATH` names, Playwright's own where it is installed, or the system's.
// Where there is none, it is installed: Playwright's download, else, as root, the distribution's package. Its headless shell, the same
// engine without windows, which Playwright itself takes for tests, comes first: it costs a third less of two cores.

import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const SHELL = 'chromium-headless-shell';
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const SYSTEM_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'];
const INSTALL_MS = 10 * 60_000;

export const CHROMIUM_FLAGS: readonly string[] = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Chromium has no sandbox for root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const HOW = [
  'No Chromium was found, and none could be installed. Any one of these helps:',
  '  CHROMIUM_PATH=/path/to/chromium npm test',
  '  npx playwright install --with-deps chromium',
  '  apt-get install chromium    (or Google Chrome, as your system installs it)',
].join('\n');

/**
 * The program of a Chromium that is here, or null. `whole`: one that can show notices, which a headless shell cannot. Throws where
 * `CHROMIUM_PATH` names none.
 */
export function findChromium({ whole = false }: { whole?: boolean } = {}): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named && !isProgram(named)) throw new Error(`CHROMIUM_PATH names no program: ${named}`);
  if (named && !(whole && named.endsWith(SHELL))) return named;
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  const names = whole ? SYSTEM_NAMES : [SHELL, ...SYSTEM_NAMES];
  const system = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [chromium.executablePath(), ...system].find(isProgram) ?? null;
}

/** The program of a Chromium, and beside it a whole one, installed now if need be. Throws with what a person can do. */
export function provideChromium(): string {
  const isCi = Boolean(process.env['CI']);
  const isHere = () => findChromium({ whole: true }) !== null;
  // On CI's own machine both at once, and the distribution's: asking for Playwright's download takes long where nothing answers.
  if (!isHere() && isCi) installPackages('chromium', SHELL);
  if (!isHere() && !attempt('npx', 'playwright', 'install', 'chromium')) installPackages('chromium');
  // On CI's own machine the shell too; nobody else gets a second browser beside the one that he has.
  const isShelled = process.env['CHROMIUM_PATH'] || findChromium() !== findChromium({ whole: true });
  if (isCi && !isShelled && !isProgram(chromium.executablePath())) installPackages(SHELL);
  const found = findChromium();
  if (found === null) throw new Error(HOW);
  return found;
}

/** The distribution's packages, which may not exist. */
function installPackages(...names: string[]): boolean {
  return (
    process.getuid?.() === 0 &&
    attempt('apt-get', 'update') &&
    attempt('apt-get', 'install', '-y', '--no-install-recommends', ...names)
  );
}

function attempt(command: string, ...args: string[]): boolean {
  process.stdout.write(`For a browser to test with: ${command} ${args.join(' ')}\n`);
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: INSTALL_MS, env });
    return true;
  } catch {
    return false;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
