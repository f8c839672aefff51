import { ChoiceField } from '../../../ui/choice-field.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { ScaleField } from '../../../ui/scale-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/words.ts';
import { OWN_LINE_MAX } from '../../entry-kind/schema.ts';
import type { OwnQuestion } from '../../entry-kind/schema.ts';
import type { KindWord } from '../../entry-kind/words/catalogue.ts';
import type { JournalContent, OwnAnswers } from '../schema.ts';

export interface OwnQuestionFieldProps {
  question: OwnQuestion;
  value: JournalContent;
  onChange: (value: JournalContent) => void;
  fault: string | undefined;
}

/** A question of the practice's own. Where its answer lies says who may read it. */
export function OwnQuestionField({ question, value, onChange, fault }: OwnQuestionFieldProps) {
  const words = useWords<KindWord>();
  const place = question.sensitive ? 'ownSensitive' : 'own';
  const answer = value[place]?.[question.id];
  const say = (next: string | number | undefined) =>
    onChange({ ...value, [place]: answered(value[place], question.id, next) });
  const unit = question.unit === undefined ? '' : ` (${question.unit})`;
  const asked = { label: `${question.label}${unit}`, optional: true, error: fault };
  switch (question.is) {
    case 'line':
      return (
        <TextField
          {...asked}
          autoComplete="off"
          required={false}
          maxLength={OWN_LINE_MAX}
          value={answer === undefined ? '' : String(answer)}
          onChange={(text) => say(text === '' ? undefined : text)}
        />
      );
    case 'number':
      return (
        <NumberField {...asked} step="any" value={typeof answer === 'number' ? answer : undefined} onChange={say} />
      );
    case 'scale':
      return (
        <ScaleField
          {...asked}
          value={typeof answer === 'number' ? answer : undefined}
          onChange={say}
          lowLabel={words('kind.low.own')}
          highLabel={words('kind.high.own')}
        />
      );
    case 'choice':
      return (
        <ChoiceField
          {...asked}
          choices={(question.of ?? []).map((one) => ({ value: one, label: one }))}
          value={answer === undefined ? undefined : String(answer)}
          onChange={say}
        />
      );
  }
}

function answered(
  all: OwnAnswers | undefined,
  key: string,
  answer: string | number | undefined,
): OwnAnswers | undefined {
  const { [key]: _before, ...others } = all ?? {};
  const next = answer === undefined ? others : { ...others, [key]: answer };
  return Object.keys(next).length === 0 ? undefined : next;
}
