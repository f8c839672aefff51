import { TextField } from '../../../../ui/text-field.tsx';
import { useWords } from '../../../../ui/words.ts';
import { useKindName, useKinds } from '../use-kinds.ts';
import { Check } from './check.tsx';
import type { Question } from './shelf.ts';
import type { HistoryWord } from './words/catalogue.ts';

export interface FiltersProps {
  question: Question;
  onChange: (change: Partial<Question>) => void;
}

/** `knowsSeen`: the reader wants to be told what was seen. */
export function Filters({ question, onChange, knowsSeen }: FiltersProps & { knowsSeen: boolean }) {
  const words = useWords<HistoryWord>();
  const nameOf = useKindName();
  const offered = useKinds()?.map(({ kind }) => kind) ?? [];
  const { kinds, withComments, notSeen } = question;
  return (
    <div className="history-filters">
      <fieldset className="ui-field">
        <legend className="ui-field-label">{words('journal.history.kinds')}</legend>
        <div className="ui-choices">
          {offered.map((kind) => (
            <Check
              key={kind}
              label={nameOf(kind)}
              value={kinds.includes(kind)}
              onChange={(on) => onChange({ kinds: on ? [...kinds, kind] : kinds.filter((one) => one !== kind) })}
            />
          ))}
        </div>
      </fieldset>
      <Days {...question} onChange={onChange} />
      <fieldset className="ui-field">
        <legend className="ui-field-label">{words('journal.history.only')}</legend>
        <div className="ui-choices">
          <Check
            label={words('journal.history.withComments')}
            value={withComments}
            onChange={(on) => onChange({ withComments: on })}
          />
          {knowsSeen && (
            <Check
              label={words('journal.history.notSeen')}
              value={notSeen}
              onChange={(on) => onChange({ notSeen: on })}
            />
          )}
        </div>
      </fieldset>
    </div>
  );
}

export interface DaysProps extends Pick<Question, 'from' | 'to'> {
  onChange: (change: Partial<Pick<Question, 'from' | 'to'>>) => void;
}

/** From one day to another, both of them too; an empty one leaves that end open. */
export function Days({ from, to, onChange }: DaysProps) {
  const words = useWords<HistoryWord>();
  return (
    <fieldset className="ui-field">
      <legend className="ui-field-label">{words('journal.history.days')}</legend>
      <div className="history-days">
        <TextField
          label={words('journal.history.from')}
          type="date"
          required={false}
          max={to || undefined}
          value={from}
          onChange={(day) => onChange({ from: day })}
        />
        <TextField
          label={words('journal.history.to')}
          type="date"
          required={false}
          min={from || undefined}
          value={to}
          onChange={(day) => onChange({ to: day })}
        />
      </div>
    </fieldset>
  );
}
