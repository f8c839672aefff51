// Which refused acts have a form to be mended in. The rest can be tried once more, copied or given up.

import type { Rejection } from '../sync/client/database.ts';

const MENDABLE: readonly string[] = [
  'journal.addEntry',
  'journal.reviseEntry',
  'journal.addComment',
  'contact.addContact',
  'contact.changeContact',
  'chartSummary.addItem',
  'chartSummary.changeItem',
];

export function isMendable({ mutation }: Pick<Rejection, 'mutation'>): boolean {
  return mutation !== null && MENDABLE.includes(mutation.name);
}
