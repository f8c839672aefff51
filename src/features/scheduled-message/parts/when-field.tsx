import type { KeyboardEvent } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { zoneHere } from '../../use-act.ts';
import { openHours } from '../queries.ts';
import type { ScheduledWord } from '../words/catalogue.ts';
import { fieldOf, openAfter } from './when-form.ts';

interface WhenFieldProps {
  /** As the browser's own field has it. */
  value: string;
  onChange: (value: string) => void;
  fault: ScheduledWord | undefined;
  onKeyDown?: (event: KeyboardEvent) => void;
}

/** When a message goes, by the writer's own clock; that the practice is closed then is said, and when it opens. */
export function WhenField({ value, onChange, fault, onKeyDown }: WhenFieldProps) {
  const words = useWords<ScheduledWord>();
  const format = useFormat();
  const hours = useLive(openHours, []);
  const open = openAfter(value, hours ?? null);
  const time = open === null ? '' : `${format.day(open)}, ${format.time(open)}`;
  return (
    <>
      <TextField
        type="datetime-local"
        label={words('scheduled.when')}
        hint={words('scheduled.zone', { zone: zoneHere().replaceAll('_', ' ') })}
        error={fault && words(fault)}
        value={value}
        onChange={onChange}
        onKeyDown={onKeyDown}
      />
      {open !== null && (
        <div className="ui-stack" aria-live="polite">
          <p className="ui-muted">{words('scheduled.closed', { time })}</p>
          <div className="ui-actions">
            <Button onClick={() => onChange(fieldOf(open))}>{words('scheduled.useOpen', { time })}</Button>
          </div>
        </div>
      )}
    </>
  );
}
