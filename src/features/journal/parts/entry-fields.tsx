import { TextArea } from '../../../ui/text-area.tsx';
import { useWords } from '../../../ui/words.ts';
import { isBuiltIn, isSensitive } from '../../entry-kind/schema.ts';
import type { Ask } from '../../entry-kind/schema.ts';
import type { KindWord } from '../../entry-kind/words/catalogue.ts';
import type { JournalContent } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { Fault } from './content-fault.ts';
import { OwnQuestionField } from './own-question-field.tsx';
import { QuestionField } from './question-field.tsx';
import { useAsks } from './use-kinds.ts';

export interface EntryFieldsProps {
  kind: string;
  value: JournalContent;
  onChange: (value: JournalContent) => void;
  /** What is wrong with the words, or with an answer. */
  fault: Fault | undefined;
  /** What the protective view keeps from a client is not asked for. */
  strict: boolean;
}

/** What is asked for an entry of this kind, in the practice's order. The words are asked for in every kind. */
export function EntryFields({ strict, ...form }: EntryFieldsProps) {
  const asks = useAsks({ kind: form.kind, content: form.value });
  const asksWords = asks.some((ask) => 'asked' in ask && ask.asked === 'text');
  const shown = asks.filter((ask) => !strict || !isHidden(ask));
  return (
    <>
      {shown.map((ask) => (
        <AskField key={keyOf(ask)} ask={ask} {...form} />
      ))}
      {!asksWords && <WordsField {...form} />}
    </>
  );
}

type AskFieldProps = Omit<EntryFieldsProps, 'strict'>;

function AskField({ ask, ...form }: AskFieldProps & { ask: Ask }) {
  const words = useWords<KindWord>();
  if ('asked' in ask && ask.asked === 'text') return <WordsField {...form} />;
  const fault = form.fault?.field === keyOf(ask) ? words(form.fault.word as KindWord, form.fault.values) : undefined;
  const { value, onChange } = form;
  if ('own' in ask) return <OwnQuestionField question={ask.own} {...{ value, onChange, fault }} />;
  return ask.asked === 'text' ? null : <QuestionField name={ask.asked} {...{ value, onChange, fault }} />;
}

function WordsField({ kind, value, fault, onChange }: AskFieldProps) {
  const words = useWords<JournalWord | KindWord>();
  return (
    <TextArea
      label={words('journal.entry')}
      hint={words(isBuiltIn(kind) ? `kind.hint.${kind}` : 'kind.hint.own')}
      error={fault && fault.field === undefined ? words(fault.word, fault.values) : undefined}
      required={false}
      rows={WIDE.has(kind) ? 6 : 3}
      value={value.text}
      onChange={(text) => onChange({ ...value, text })}
    />
  );
}

/** Kinds that are words first. */
const WIDE = new Set(['reflection', 'food', 'mood', 'symptom', 'urge']);

const keyOf = (ask: Ask): string => ('own' in ask ? ask.own.id : ask.asked);

function isHidden(ask: Ask): boolean {
  if ('own' in ask) return ask.own.sensitive === true;
  return ask.asked !== 'text' && isSensitive(ask.asked);
}
