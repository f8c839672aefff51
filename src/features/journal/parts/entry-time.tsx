// When something was, on the clock of the place where it was written.

import { makeFormat } from '../../../ui/format.ts';
import type { Format } from '../../../ui/format.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { useLocale, useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../words/catalogue.ts';

export interface EntryTimeProps {
  at: string;
  zone: string;
  /** `time` under a heading that says the day. */
  look?: 'time' | 'dateTime' | undefined;
  /** Says the reader's own time too, where it is another. */
  full?: boolean | undefined;
}

export function EntryTime({ at, zone, look = 'dateTime', full = false }: EntryTimeProps) {
  const words = useWords<JournalWord>();
  const here = useFormat();
  const { tags } = useLocale();
  const there = usePlaceFormat(zone);
  const isElsewhere = here.dateTime(at) !== there.dateTime(at);
  const time = there[look](at);
  return (
    <>
      <time dateTime={at}>
        {isElsewhere ? words('journal.time.there', { time, zone: zoneName(tags, zone, at) }) : time}
      </time>
      {isElsewhere && full && <> · {words('journal.time.here', { time: here.dateTime(at) })}</>}
    </>
  );
}

const formatByPlace = new Map<string, Format>();

/** Dates and times of that place; of this device where it does not know the zone. */
export function usePlaceFormat(zone: string): Format {
  const { tags } = useLocale();
  const here = useFormat();
  const key = `${tags.join()} ${zone}`;
  const format = formatByPlace.get(key) ?? (knowsZone(zone) ? makeFormat(tags, zone) : here);
  formatByPlace.set(key, format);
  return format;
}

/** Making one of these takes longer than all else that is drawn of an entry. */
const zoneFormats = new Map<string, Intl.DateTimeFormat>();

function zoneName(tags: readonly string[], zone: string, at: string): string {
  const key = `${tags.join()} ${zone}`;
  const format =
    zoneFormats.get(key) ?? new Intl.DateTimeFormat([...tags], { timeZone: zone, timeZoneName: 'shortGeneric' });
  zoneFormats.set(key, format);
  return format.formatToParts(new Date(at)).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** A newer device may write a zone that this one has never heard of. */
function knowsZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
