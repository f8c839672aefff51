// What a device holds, in plain words: its sealed records opened with its owner's password.

import type { Page } from '@playwright/test';
import { openedRecords } from '../src/sync/testing/opened.ts';
import type { OpenedRecord } from '../src/sync/testing/opened.ts';
import { PASSWORD } from './people.ts';
import { storedIn } from './traces.ts';

export async function openedStore(page: Page): Promise<OpenedRecord[]> {
  return openedRecords(await storedIn(page), PASSWORD);
}
