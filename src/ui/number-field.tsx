import type { ComponentProps } from 'react';
import { Field } from './field.tsx';
import type { FieldProps } from './field.tsx';

type Native = Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'id' | 'className' | 'type' | 'inputMode'>;

export interface NumberFieldProps extends FieldProps, Native {
  value: number | undefined;
  /** `undefined` while what stands there is no number. */
  onChange: (value: number | undefined) => void;
}

/** A measured number, with the device's own keypad and its decimal sign. Completion is off, as it is health data. */
export function NumberField({ label, hint, error, optional, value, onChange, ...native }: NumberFieldProps) {
  return (
    <Field {...{ label, hint, error, optional }}>
      {(control) => (
        <input
          required={!optional}
          {...native}
          {...control}
          type="number"
          inputMode="decimal"
          autoComplete="off"
          className="ui-control"
          value={value ?? ''}
          onChange={(event) => onChange(numberOf(event.currentTarget.valueAsNumber))}
        />
      )}
    </Field>
  );
}

const numberOf = (typed: number): number | undefined => (Number.isNaN(typed) ? undefined : typed);
