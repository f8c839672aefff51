// A later release of the built app, without building one: the same program under other names, so that nothing of the earlier
// one is there any more. Its page says so in a `meta` element.

import { cp, mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { CLIENT_FOLDER } from '../ops/client-build.ts';

export const RELEASE_MARK = 'meta[name="release"][content="next"]';

const TEXT = new Set(['.html', '.js', '.css', '.webmanifest']);
const HASHED = /-[\w-]{8}\.(js|css|wasm)$/;

/** Writes it into a folder of its own and returns that. */
export async function nextRelease(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'interlude-release-'));
  await cp(CLIENT_FOLDER, folder, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
  const assets = (await readdir(join(folder, 'assets'))).filter((name) => HASHED.test(name));
  // What follows the last hyphen of a name is as it was, so that no two get the same.
  const renamed = new Map(assets.map((name) => [name, `next-${name}`]));
  for (const [name, next] of renamed) await rename(join(folder, 'assets', name), join(folder, 'assets', next));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !TEXT.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    await writeFile(path, changed(await readFile(path, 'utf8'), renamed));
  }
  return folder;
}

/** The names that it says, the marks by which a worker knows what it holds already, and the page's own mark. */
function changed(text: string, renamed: ReadonlyMap<string, string>): string {
  let next = text;
  for (const [from, to] of renamed) next = next.replaceAll(new RegExp(`(?<![\\w-])${from}`, 'g'), to);
  return next
    .replaceAll(/"revision":"(\w{31})\w"/g, '"revision":"$1x"')
    .replace('<head>', '<head><meta name="release" content="next" />');
}
