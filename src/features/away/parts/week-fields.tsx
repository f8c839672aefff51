import { Notice } from '../../../ui/notice.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useLocale, useWords } from '../../../ui/words.ts';
import type { AwayWord } from '../words/catalogue.ts';
import type { DayForm } from './away-form.ts';
import './week-fields.css';

/** A Sunday. */
const SUNDAY = Date.UTC(2023, 0, 1);
const DAY_MS = 86_400_000;
const KINDS = ['off', 'day', 'hours'] as const;

interface WeekFieldsProps {
  /** From Sunday on. */
  days: readonly DayForm[];
  error: string | undefined;
  onChange: (days: readonly DayForm[]) => void;
}

/** The hours of each weekday, in the order in which this language counts them from Monday. */
export function WeekFields({ days, error, onChange }: WeekFieldsProps) {
  const words = useWords<AwayWord>();
  const { tags } = useLocale();
  const name = new Intl.DateTimeFormat([...tags], { weekday: 'long', timeZone: 'UTC' });
  const options = KINDS.map((value) => ({ value, label: words(`away.day.${value}`) }));
  return (
    <>
      {error && <Notice kind="attention">{error}</Notice>}
      {[1, 2, 3, 4, 5, 6, 0].map((at) => {
        const day = days[at];
        if (day === undefined) return null;
        const change = (changes: Partial<DayForm>) =>
          onChange(days.map((one, i) => (i === at ? { ...one, ...changes } : one)));
        const label = name.format(SUNDAY + at * DAY_MS);
        return (
          <div key={at} role="group" aria-label={label} className="away-day">
            <SelectField {...{ label, options }} value={day.is} onChange={(is) => change({ is })} />
            {day.is === 'hours' && (
              <>
                <TextField
                  type="time"
                  label={words('away.from')}
                  value={day.from}
                  onChange={(from) => change({ from })}
                />
                <TextField type="time" label={words('away.to')} value={day.to} onChange={(to) => change({ to })} />
              </>
            )}
          </div>
        );
      })}
    </>
  );
}
