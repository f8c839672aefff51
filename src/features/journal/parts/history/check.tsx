export interface CheckProps {
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
}

/** One of several that may hold together. */
export function Check({ label, value, onChange }: CheckProps) {
  return (
    <label className="ui-choice">
      <input
        type="checkbox"
        autoComplete="off"
        checked={value}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
