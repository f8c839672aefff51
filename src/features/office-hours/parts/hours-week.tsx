import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/words.ts';
import type { HoursWord } from '../words/catalogue.ts';
import { hasRoom, WEEKDAYS, withWindow } from './hours-draft.ts';
import type { HoursDraft, HoursFault } from './hours-draft.ts';

export interface HoursWeekProps {
  draft: HoursDraft;
  faults: readonly HoursFault[];
  onChange: (draft: HoursDraft) => void;
}

/** The week, day by day: its open stretches, each from and until. */
export function HoursWeek({ draft, faults, onChange }: HoursWeekProps) {
  const words = useWords<HoursWord>();
  const isWrong = (index: number) => faults.some((fault) => fault.at === 'window' && fault.index === index);
  const put = (index: number, change: { from?: string; to?: string }) =>
    onChange({ ...draft, windows: draft.windows.map((one, i) => (i === index ? { ...one, ...change } : one)) });
  return (
    <fieldset className="ui-stack">
      <legend>{words('hours.week')}</legend>
      {WEEKDAYS.map((weekday) => {
        const day = words(`hours.day.${weekday}`);
        const own = draft.windows.flatMap((one, index) => (one.weekday === weekday ? [{ ...one, index }] : []));
        return (
          <div key={weekday} className="ui-stack">
            {own.length === 0 && <p className="ui-muted">{words('hours.closed', { day })}</p>}
            {own.map(({ from, to, index }) => (
              <div key={index} className="ui-actions">
                <TextField
                  type="time"
                  label={words('hours.from', { day })}
                  error={isWrong(index) && from === '' ? words('hours.times') : undefined}
                  value={from}
                  onChange={(next) => put(index, { from: next })}
                />
                <TextField
                  type="time"
                  label={words('hours.to', { day })}
                  error={isWrong(index) && from !== '' ? words(to === '' ? 'hours.times' : 'hours.order') : undefined}
                  // A day ends at midnight, which no clock shows as its end.
                  value={to === '24:00' ? '00:00' : to}
                  onChange={(next) => put(index, { to: next === '00:00' ? '24:00' : next })}
                />
                <IconButton
                  icon="close"
                  label={words('hours.remove', { day })}
                  onClick={() => onChange({ ...draft, windows: draft.windows.filter((_, i) => i !== index) })}
                />
              </div>
            ))}
            {hasRoom(draft, weekday) && (
              <Button onClick={() => onChange(withWindow(draft, weekday))}>
                {words(own.length === 0 ? 'hours.add' : 'hours.addMore', { day })}
              </Button>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
