import { FieldGroup } from './field.tsx';
import type { FieldProps } from './field.tsx';
import './scale-field.css';
import { useFormat } from './use-format.ts';

export interface ScaleFieldProps extends FieldProps {
  value: number | undefined;
  onChange: (value: number) => void;
  /** 0 unless said. */
  min?: number | undefined;
  /** 10 unless said. */
  max?: number | undefined;
  /** What the ends mean: "No pain", "Worst pain". */
  lowLabel: string;
  highLabel: string;
}

/** A number from a short scale, one button each: nothing to drag. */
export function ScaleField(props: ScaleFieldProps) {
  const { value, onChange, min = 0, max = 10, lowLabel, highLabel, label, hint, error, optional } = props;
  const format = useFormat();
  const steps = Array.from({ length: max - min + 1 }, (_, index) => min + index);
  return (
    <FieldGroup {...{ label, hint, error, optional }}>
      {(name) => (
        <div className="ui-scale">
          <div className="ui-scale-steps">
            {steps.map((step) => (
              <label className="ui-scale-step" key={step}>
                <input type="radio" name={name} value={step} checked={step === value} onChange={() => onChange(step)} />
                <span>{format.number(step)}</span>
              </label>
            ))}
          </div>
          <p className="ui-scale-ends">
            <span>
              {format.number(min)}: {lowLabel}
            </span>
            <span>
              {format.number(max)}: {highLabel}
            </span>
          </p>
        </div>
      )}
    </FieldGroup>
  );
}
