// Writes what waits in every form of this page, before it is locked. A device that cannot write is locked all the same.

import { keepersHere } from './draft-keeper.ts';

const KEEP_MOST_MS = 1000;

export async function keepAll(): Promise<void> {
  const kept = Promise.all([...keepersHere].map((keeper) => keeper.flush()));
  await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, KEEP_MOST_MS))]);
}
