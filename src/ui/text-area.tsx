import type { ComponentProps } from 'react';
import { Field } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { typingDirection } from './text-field.tsx';

type Native = Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'id' | 'className' | 'autoComplete'>;

export interface TextAreaProps extends FieldProps, Native {
  value: string;
  onChange: (value: string) => void;
}

/** Grows with what is written. Completion is always off: Chromium writes text areas in clear to its session files. */
export function TextArea({ label, hint, error, optional, value, onChange, ...native }: TextAreaProps) {
  return (
    <Field {...{ label, hint, error, optional }}>
      {(control) => (
        <textarea
          rows={4}
          dir={typingDirection(value)}
          required={!optional}
          {...native}
          {...control}
          autoComplete="off"
          className="ui-control"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
