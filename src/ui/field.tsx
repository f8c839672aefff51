/** What every field shares: a label always in sight, a hint, an error in words, and the ties between them. */
import { useId } from 'react';
import type { ReactNode } from 'react';
import './field.css';
import { Icon } from './icon.tsx';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** In words, what is wrong and what would be right. */
  error?: string | undefined;
  /** Says so beside the label; what is not marked is required. */
  optional?: boolean | undefined;
}

export interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

export function Field(props: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId();
  return (
    <div className="ui-field">
      <label className="ui-field-label" htmlFor={id}>
        <Label {...props} />
      </label>
      <Hint id={`${id}-hint`} {...props} />
      {props.children({ id, 'aria-describedby': described(id, props), 'aria-invalid': props.error ? true : undefined })}
      <Fault id={`${id}-error`} {...props} />
    </div>
  );
}

/** A question answered by several controls. */
export function FieldGroup(props: FieldProps & { children: (name: string) => ReactNode }) {
  const id = useId();
  return (
    <fieldset
      className="ui-field"
      role="radiogroup"
      aria-describedby={described(id, props)}
      aria-invalid={props.error ? true : undefined}
    >
      <legend className="ui-field-label">
        <Label {...props} />
      </legend>
      <Hint id={`${id}-hint`} {...props} />
      {props.children(id)}
      <Fault id={`${id}-error`} {...props} />
    </fieldset>
  );
}

function Label({ label, optional }: FieldProps) {
  const words = useWords<UiWord>();
  return (
    <>
      {label}
      {optional && <span className="ui-field-optional"> ({words('ui.optional')})</span>}
    </>
  );
}

function Hint({ id, hint }: FieldProps & { id: string }) {
  return (
    hint !== undefined && (
      <p className="ui-field-hint" id={id}>
        {hint}
      </p>
    )
  );
}

function Fault({ id, error }: FieldProps & { id: string }) {
  return (
    error && (
      <p className="ui-field-error" id={id}>
        <Icon name="warning" />
        <span>{error}</span>
      </p>
    )
  );
}

function described(id: string, { hint, error }: FieldProps): string | undefined {
  const ids = [hint !== undefined && `${id}-hint`, error && `${id}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
