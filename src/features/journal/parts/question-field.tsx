import { ChoiceField } from '../../../ui/choice-field.tsx';
import { FieldGroup } from '../../../ui/field.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { ScaleField } from '../../../ui/scale-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/words.ts';
import { QUESTIONS } from '../../entry-kind/schema.ts';
import type { Question, QuestionName } from '../../entry-kind/schema.ts';
import type { KindWord } from '../../entry-kind/words/catalogue.ts';
import type { JournalContent } from '../schema.ts';
import { FACES, FaceIcon } from './journal-icon.tsx';
import { QuickAmounts } from './quick-amounts.tsx';
import './entry-fields.css';

export interface QuestionFieldProps {
  name: QuestionName;
  value: JournalContent;
  onChange: (value: JournalContent) => void;
  /** What is wrong with the answer, in words. */
  fault: string | undefined;
}

/** One question of a kind, drawn by what sort of answer it has. */
export function QuestionField({ name, value, onChange, fault }: QuestionFieldProps) {
  const words = useWords<KindWord>();
  const question: Question = QUESTIONS[name];
  const answer = value[name];
  const say = (next: string | number | undefined) => onChange({ ...value, [name]: next });
  const asked = { label: words(`kind.ask.${name}`), optional: true, error: fault };
  switch (question.is) {
    case 'choice':
      return (
        <ChoiceField
          {...asked}
          choices={question.of.map((one) => ({ value: one, label: words(`kind.choice.${name}.${one}` as KindWord) }))}
          value={answer === undefined ? undefined : String(answer)}
          onChange={say}
        />
      );
    case 'faces':
      return <FacesField {...asked} name={name} value={answer} onChange={say} />;
    case 'scale':
      return (
        <ScaleField
          {...asked}
          min={question.least}
          max={question.most}
          value={typeof answer === 'number' ? answer : undefined}
          onChange={say}
          lowLabel={words(`kind.low.${name}` as KindWord)}
          highLabel={words(`kind.high.${name}` as KindWord)}
        />
      );
    case 'line':
      return (
        <TextField
          {...asked}
          autoComplete="off"
          required={false}
          value={answer === undefined ? '' : String(answer)}
          onChange={(text) => say(text === '' ? undefined : text)}
        />
      );
    case 'number':
      return (
        <>
          <NumberField
            {...asked}
            step={question.step}
            value={typeof answer === 'number' ? answer : undefined}
            onChange={say}
          />
          {name === 'volumeMl' && <QuickAmounts onChoose={say} />}
        </>
      );
  }
}

interface FacesFieldProps {
  name: QuestionName;
  label: string;
  optional: boolean;
  error: string | undefined;
  value: string | number | undefined;
  onChange: (face: number) => void;
}

function FacesField({ name: question, value, onChange, ...asked }: FacesFieldProps) {
  const words = useWords<KindWord>();
  return (
    <FieldGroup {...asked}>
      {(name) => (
        <div className="journal-faces">
          {FACES.map((face) => (
            <label className="journal-face" key={face}>
              <input type="radio" name={name} value={face} checked={face === value} onChange={() => onChange(face)} />
              <FaceIcon face={face} />
              <span>{words(`kind.face.${question}.${face}` as KindWord)}</span>
            </label>
          ))}
        </div>
      )}
    </FieldGroup>
  );
}
