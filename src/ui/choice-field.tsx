import './choice-field.css';
import { FieldGroup } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  hint?: string | undefined;
  icon?: IconName | undefined;
  /** When the label is in another language than the page. */
  lang?: string | undefined;
}

export interface ChoiceFieldProps<Value extends string> extends FieldProps {
  choices: readonly Choice<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
  /** `chips` side by side (short words), `rows` one under the other (sentences). */
  look?: 'chips' | 'rows' | undefined;
}

/** One of a few, as native radios: arrow keys, one tab stop, the name of each is its label. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { choices, value, onChange, look = 'chips', label, hint, error, optional } = props;
  return (
    <FieldGroup {...{ label, hint, error, optional }}>
      {(name) => (
        <div className={`ui-choices ui-choices-${look}`}>
          {choices.map((choice) => (
            <label className="ui-choice" key={choice.value} lang={choice.lang}>
              <input
                type="radio"
                name={name}
                value={choice.value}
                checked={choice.value === value}
                onChange={() => onChange(choice.value)}
              />
              <ChoiceText {...choice} />
            </label>
          ))}
        </div>
      )}
    </FieldGroup>
  );
}

function ChoiceText({ label, hint, icon }: Omit<Choice<string>, 'value'>) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span>
        {label}
        {hint && <span className="ui-choice-hint"> {hint}</span>}
      </span>
    </>
  );
}
