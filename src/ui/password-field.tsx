import { useId, useState } from 'react';
import type { Ref } from 'react';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export interface PasswordFieldProps extends Omit<FieldProps, 'optional'> {
  value: string;
  onChange: (value: string) => void;
  autoComplete: 'current-password' | 'new-password';
  name?: string | undefined;
  autoFocus?: boolean | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
}

export function PasswordField({ value, onChange, autoComplete, name, autoFocus, ref, ...field }: PasswordFieldProps) {
  const words = useWords<UiWord>();
  const [shown, setShown] = useState(false);
  const labelId = useId();
  return (
    <Field {...field}>
      {(control) => (
        <div className="ui-control-beside">
          <input
            {...control}
            {...{ autoComplete, name, autoFocus, ref, value }}
            className="ui-control"
            type={shown ? 'text' : 'password'}
            dir="ltr"
            required
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          <Button aria-describedby={labelId} aria-controls={control.id} onClick={() => setShown(!shown)}>
            {words(shown ? 'ui.password.hide' : 'ui.password.show')}
          </Button>
          <span hidden id={labelId}>
            {field.label}
          </span>
        </div>
      )}
    </Field>
  );
}
