import type { ComponentProps } from 'react';
import { Field } from './field.tsx';
import type { FieldProps } from './field.tsx';

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  lang?: string | undefined;
}

type Native = Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'id' | 'className' | 'autoComplete' | 'children'>;

export interface SelectFieldProps<Value extends string> extends FieldProps, Native {
  options: readonly SelectOption<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
}

/** One of many. While `value` is undefined an empty row stands first, so that nothing is chosen for the person. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { options, value, onChange, label, hint, error, optional, ...native } = props;
  function choose(chosen: string) {
    const option = options.find((known) => known.value === chosen);
    if (option) onChange(option.value);
  }
  return (
    <Field {...{ label, hint, error, optional }}>
      {(control) => (
        <select
          required={!optional}
          {...native}
          {...control}
          autoComplete="off"
          className="ui-control"
          value={value ?? ''}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {value === undefined && <option value="" />}
          {options.map((option) => (
            <option key={option.value} value={option.value} lang={option.lang}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
