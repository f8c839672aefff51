import type { ReactNode } from 'react';
import './check-field.css';

export interface CheckFieldProps {
  label: ReactNode;
  hint?: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** One thing that is so or not, as the browser's own box; the whole line is its target. */
export function CheckField({ label, hint, checked, onChange }: CheckFieldProps) {
  return (
    <label className="ui-check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {label}
        {hint && <span className="ui-check-hint">{hint}</span>}
      </span>
    </label>
  );
}
