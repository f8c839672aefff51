// What a device holds on its disk, read past the app: databases and caches from a page, the profile's files from outside.

import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

export interface Stored {
  readonly database: string;
  readonly store: string;
  /** One text a record, bytes as latin-1. */
  readonly records: readonly string[];
}

/** Words that occur nowhere else and that no compression shortens. */
export function marker(what: string): string {
  return `${what} ${randomBytes(18)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')}`;
}

/** Every record of every database of the origin, as it lies there. */
export function storedIn(page: Page): Promise<Stored[]> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('unreadable')));
      });
    const latin = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    const plain = (_key: string, value: unknown) => {
      if (value instanceof Uint8Array) return latin(value);
      return value instanceof ArrayBuffer ? latin(new Uint8Array(value)) : value;
    };
    const all = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const records = await done(database.transaction(store).objectStore(store).getAll());
        all.push({ database: name, store, records: records.map((record) => JSON.stringify(record, plain)) });
      }
      database.close();
    }
    return all;
  });
}

/** Names of the databases of the origin. */
export function databasesIn(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name = '' }) => name).sort());
}

/** Addresses and texts of all that the caches of the origin hold. */
export function cachedIn(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const texts = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        texts.push(request.url, (await (await cache.match(request))?.text()) ?? '');
      }
    }
    return texts;
  });
}

/** Where these words lie in a folder's files, in the forms that a browser writes text in. */
export async function placesOf(words: string, folder: string): Promise<string[]> {
  const forms = formsOf(words);
  const places: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    for (const [form, needle] of forms) if (bytes.includes(needle)) places.push(`${form}: ${path}`);
  }
  return places;
}

function formsOf(words: string): [string, Buffer][] {
  const bytes = Buffer.from(words, 'utf8');
  const aligned = [0, 1, 2].map((shift): [string, Buffer] => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
    const whole = shifted.toString('base64').slice(Math.ceil((shift * 8) / 6), Math.floor((shifted.length * 8) / 6));
    return [`base64+${shift}`, Buffer.from(whole)];
  });
  return [['utf-8', bytes], ['utf-16', Buffer.from(words, 'utf16le')], ...aligned];
}
