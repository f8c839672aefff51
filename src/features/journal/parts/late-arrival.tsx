import { Badge } from '../../../ui/badge.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import type { EntryView } from '../queries.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';

const LATE_MS = 3_600_000;

/** Whether it came so long after it was written that both times must be said. */
export function isLate({ at, arrivedAt }: Pick<EntryView, 'at' | 'arrivedAt'>): boolean {
  return Date.parse(arrivedAt) - Date.parse(at) > LATE_MS;
}

/** Written long before it came: both times, so that nobody takes old words for new ones. */
export function LateArrival({ entry }: { entry: EntryView }) {
  const words = useWords<ReviewWord>();
  const format = useFormat();
  if (!isLate(entry)) return null;
  const { at, arrivedAt } = entry;
  return (
    <p className="ui-actions">
      <Badge kind="attention">{words('journal.state.late')}</Badge>
      <span>{words('journal.time.written', { time: format.dateTime(at) })}</span>
      <span>{words('journal.time.arrived', { time: format.dateTime(arrivedAt) })}</span>
    </p>
  );
}
