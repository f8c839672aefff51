// What was eaten lately, to be eaten again.

import type { Reader } from '../../sync/client/reader.ts';
import { chartOf } from '../space-names.ts';
import { entryRows, newestFirst, viewsOf } from './queries.ts';
import type { JournalContent } from './schema.ts';

/** What is the same when it is eaten again; how hungry one was, and the picture, are of that day. */
function mealOf({ text, meal, energyKcal, portionG }: JournalContent): JournalContent {
  return {
    text,
    ...(meal && { meal }),
    ...(energyKcal !== undefined && { energyKcal }),
    ...(portionG !== undefined && { portionG }),
  };
}

const MEALS_READ = 60;

/** What was eaten lately, each once, the newest first, as it may be shown here: to be repeated. */
export async function recentMeals(
  reader: Reader,
  { client, most }: { client: string; most: number },
): Promise<JournalContent[]> {
  const rows = entryRows(await reader.newest('journalEntry', { space: chartOf(client), limit: MEALS_READ }));
  const own = rows.filter(({ by, fields }) => by === reader.memberId && fields.kind === 'food');
  const meals = (await viewsOf(reader, own))
    .sort(newestFirst)
    .map(({ content }) => mealOf(content))
    .filter(({ text }) => text.trim() !== '');
  const seen = new Set<string>();
  const isNew = ({ text }: JournalContent) => !seen.has(text.trim()) && seen.add(text.trim());
  return meals.filter(isNew).slice(0, most);
}
