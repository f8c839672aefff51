import { MergedNote, TwoVersions } from '../../../ui/two-versions.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ContactView } from '../queries.ts';
import type { ContactField } from '../schema.ts';
import type { ContactWord } from '../words/catalogue.ts';
import { useNameOf, useValueWords } from './contact-words.ts';

export interface ContactQuestionsProps {
  contact: ContactView;
  names: ReadonlyMap<string, string>;
  onChoose: (field: ContactField, value: string | null) => void;
  onWrite: (field: ContactField) => void;
}

/** What people wrote about one contact without knowing of each other: questions to answer, and what merged by itself. */
export function ContactQuestions({ contact, names, onChoose, onWrite }: ContactQuestionsProps) {
  const words = useWords<ContactWord>();
  const nameOf = useNameOf(names);
  const valueWords = useValueWords();
  const { questions, merged } = contact;
  return (
    <>
      {questions.map(({ field, versions }) => (
        <TwoVersions
          key={field}
          what={words(`contact.field.${field}`)}
          versions={versions.map(({ by, at, value, before }) => ({
            by: nameOf(by),
            at,
            value: valueWords(field, value),
            before: before === undefined ? undefined : valueWords(field, before),
          }))}
          onChoose={(index) => onChoose(field, versions[index]?.value ?? null)}
          onWrite={() => onWrite(field)}
        />
      ))}
      {merged && (
        <MergedNote
          names={merged.by.map(nameOf)}
          parts={merged.fields.map((field) => words(`contact.field.${field}`))}
        />
      )}
    </>
  );
}
