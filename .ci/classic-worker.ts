// The service worker is registered as a classic script: what only modules may do ends it at its first line, or when it is
// reached, without anybody seeing it on a screen. The build fails over it.

import { Script } from 'node:vm';

/** What keeps this from being one classic script; empty where nothing does. */
export function moduleOnlyParts(worker: string): string[] {
  const found = [/\bimport\s*\(/, /\bimport\s*\.\s*meta\b/].flatMap((part) => part.exec(worker)?.[0] ?? []);
  try {
    new Script(worker);
  } catch (error) {
    found.push(String(error));
  }
  return found;
}
