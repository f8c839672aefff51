import { useState } from 'react';
import { newId } from '../../../base/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { CheckField } from '../../../ui/check-field.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/words.ts';
import { OWN_CHOICES_MOST, OWN_LABEL_MAX, OWN_SHAPES, OWN_UNIT_MAX } from '../schema.ts';
import type { OwnQuestion } from '../schema.ts';
import type { KindWord } from '../words/catalogue.ts';

/** A question in the practice's own words. */
export function OwnQuestionForm({ onAdd, onClose }: { onAdd: (own: OwnQuestion) => void; onClose: () => void }) {
  const words = useWords<KindWord>();
  const [label, setLabel] = useState('');
  const [is, setIs] = useState<OwnQuestion['is']>('line');
  const [unit, setUnit] = useState('');
  const [choices, setChoices] = useState('');
  const [sensitive, setSensitive] = useState(false);
  const [tried, setTried] = useState(false);
  const of = [...new Set(choices.split('\n').map((one) => one.trim()))].filter((one) => one !== '');
  const faults = faultsOf({ label, is, of });
  function add(): void {
    setTried(true);
    if (Object.values(faults).some((fault) => fault !== undefined)) return;
    const said = is === 'choice' ? { of } : is === 'number' && unit.trim() !== '' ? { unit: unit.trim() } : {};
    onAdd({ id: newId(), label: label.trim(), is, ...said, ...(sensitive && { sensitive: true as const }) });
  }
  const shown = (fault: KindWord | undefined) => (tried && fault ? words(fault) : undefined);
  return (
    <fieldset className="kind-own">
      <legend>{words('kind.own.add')}</legend>
      <TextField
        label={words('kind.own.label')}
        maxLength={OWN_LABEL_MAX}
        error={shown(faults.label)}
        value={label}
        onChange={setLabel}
      />
      <SelectField
        label={words('kind.own.is')}
        options={OWN_SHAPES.map((shape) => ({ value: shape, label: words(`kind.own.is.${shape}`) }))}
        value={is}
        onChange={setIs}
      />
      {is === 'number' && (
        <TextField label={words('kind.own.unit')} optional maxLength={OWN_UNIT_MAX} value={unit} onChange={setUnit} />
      )}
      {is === 'choice' && (
        <TextArea
          label={words('kind.own.of')}
          hint={words('kind.own.of.hint')}
          error={shown(faults.of)}
          rows={4}
          value={choices}
          onChange={setChoices}
        />
      )}
      <CheckField
        label={words('kind.own.sensitive')}
        hint={words('kind.own.sensitive.hint')}
        checked={sensitive}
        onChange={setSensitive}
      />
      <div className="ui-actions">
        <Button onClick={add}>{words('kind.own.done')}</Button>
        <Button onClick={onClose}>{words('kind.own.close')}</Button>
      </div>
    </fieldset>
  );
}

interface Faults {
  readonly label: KindWord | undefined;
  readonly of: KindWord | undefined;
}

function faultsOf({ label, is, of }: { label: string; is: OwnQuestion['is']; of: readonly string[] }): Faults {
  const isChoiceBad = is === 'choice' && (of.length < 2 || of.length > OWN_CHOICES_MOST || of.some(isLong));
  return {
    label: label.trim() === '' ? 'kind.own.label.empty' : undefined,
    of: isChoiceBad ? 'kind.own.of.fault' : undefined,
  };
}

const isLong = (text: string) => text.length > OWN_LABEL_MAX;
