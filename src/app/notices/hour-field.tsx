import { SelectField } from '../../ui/select-field.tsx';
import { useLocale } from '../../ui/words.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** A whole hour of the day, as this language writes it. */
export function HourField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (hour: number) => void;
}) {
  const { locale } = useLocale();
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  const options = HOURS.map((hour) => ({ value: String(hour), label: format.format(Date.UTC(2000, 0, 1, hour)) }));
  return <SelectField {...{ label, options }} value={String(value)} onChange={(hour) => onChange(Number(hour))} />;
}
