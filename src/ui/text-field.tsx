import type { ComponentProps } from 'react';
import { Field } from './field.tsx';
import type { FieldProps } from './field.tsx';

type Native = Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'id' | 'className'>;

export interface TextFieldProps extends FieldProps, Native {
  value: string;
  onChange: (value: string) => void;
}

/** Browsers keep what is typed in plain text where completion is on, so it is off unless a caller names what it is. */
export function TextField({ label, hint, error, optional, value, onChange, ...native }: TextFieldProps) {
  return (
    <Field {...{ label, hint, error, optional }}>
      {(control) => (
        <input
          autoComplete="off"
          dir={typingDirection(value)}
          required={!optional}
          {...native}
          {...control}
          className="ui-control"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** By what is written; an empty field follows the page, where `auto` would make it left to right. */
export const typingDirection = (value: string): 'auto' | undefined => (value === '' ? undefined : 'auto');
