import { ChoiceField } from '../../../ui/choice-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { localOf, whenOf } from './when.ts';
import type { When, WhenFault } from './when.ts';

const MODES = ['now', 'earlier', 'yesterday'] as const;

export interface WhenFieldProps {
  value: When;
  onChange: (when: When) => void;
  fault: WhenFault | undefined;
}

/** *Now*, *Earlier* or *Yesterday*; the last two open the device's own picker. */
export function WhenField({ value, onChange, fault }: WhenFieldProps) {
  const words = useWords<JournalWord>();
  const now = new Date();
  return (
    <>
      <ChoiceField
        label={words('journal.when')}
        choices={MODES.map((mode) => ({ value: mode, label: words(`journal.when.${mode}`) }))}
        value={value.mode}
        onChange={(mode) => onChange(whenOf(mode, now))}
      />
      {value.mode !== 'now' && (
        <TextField
          label={words('journal.when.time')}
          type="datetime-local"
          max={localOf(now)}
          error={fault && words(`journal.when.${fault}`)}
          value={value.local}
          onChange={(local) => onChange({ ...value, local })}
        />
      )}
    </>
  );
}
