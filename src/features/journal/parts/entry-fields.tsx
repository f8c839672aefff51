import { ChoiceField } from '../../../ui/choice-field.tsx';
import { FieldGroup } from '../../../ui/field.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { ScaleField } from '../../../ui/scale-field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useWords } from '../../../ui/words.ts';
import { MEALS } from '../schema.ts';
import type { JournalContent, JournalKind, JournalNumber } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { Fault } from './content-fault.ts';
import { MoodFace, MOODS } from './journal-icon.tsx';
import './entry-fields.css';

export interface EntryFieldsProps {
  kind: JournalKind;
  value: JournalContent;
  onChange: (value: JournalContent) => void;
  /** What is wrong with the words, or with a number. */
  fault: Fault | undefined;
  /** Numbers that the protective view keeps from a client are not asked for. */
  strict: boolean;
}

/** What one writes for each kind: a question of its own where it has one, then words. */
export function EntryFields({ kind, value, onChange, fault, strict }: EntryFieldsProps) {
  const words = useWords<JournalWord>();
  const said = fault && words(fault.word, fault.values);
  return (
    <>
      <KindField {...{ kind, value, onChange }} />
      <TextArea
        label={words('journal.entry')}
        hint={words(`journal.hint.${kind}`)}
        error={fault?.field === undefined ? said : undefined}
        required={false}
        rows={6}
        value={value.text}
        onChange={(text) => onChange({ ...value, text })}
      />
      {!strict &&
        ASKED[kind]?.map((field) => (
          <NumberField
            key={field}
            label={words(`journal.number.${field}`)}
            optional
            step={field === 'weightKg' ? 0.1 : 1}
            error={fault?.field === field ? said : undefined}
            value={value[field]}
            onChange={(number) => onChange({ ...value, [field]: number })}
          />
        ))}
    </>
  );
}

const ASKED: Partial<Record<JournalKind, readonly JournalNumber[]>> = {
  food: ['energyKcal', 'portionG'],
  symptom: ['weightKg'],
};

function KindField({ kind, value, onChange }: Pick<EntryFieldsProps, 'kind' | 'value' | 'onChange'>) {
  const words = useWords<JournalWord>();
  switch (kind) {
    case 'reflection':
      return null;
    case 'food':
      return (
        <ChoiceField
          label={words('journal.meal')}
          optional
          choices={MEALS.map((meal) => ({ value: meal, label: words(`journal.meal.${meal}`) }))}
          value={value.meal}
          onChange={(meal) => onChange({ ...value, meal })}
        />
      );
    case 'mood':
      return <MoodField value={value.mood} onChange={(mood) => onChange({ ...value, mood })} />;
    case 'symptom':
      return (
        <ScaleField
          label={words('journal.severity')}
          optional
          value={value.severity}
          onChange={(severity) => onChange({ ...value, severity })}
          lowLabel={words('journal.severity.low')}
          highLabel={words('journal.severity.high')}
        />
      );
  }
}

function MoodField({ value, onChange }: { value: number | undefined; onChange: (mood: number) => void }) {
  const words = useWords<JournalWord>();
  return (
    <FieldGroup label={words('journal.mood')} optional>
      {(name) => (
        <div className="journal-moods">
          {MOODS.map((mood) => (
            <label className="journal-mood" key={mood}>
              <input type="radio" name={name} value={mood} checked={mood === value} onChange={() => onChange(mood)} />
              <MoodFace mood={mood} />
              <span>{words(`journal.mood.${mood}`)}</span>
            </label>
          ))}
        </div>
      )}
    </FieldGroup>
  );
}
