import { ChoiceField } from './choice-field.tsx';
import { LOCALES } from './locale.ts';
import type { Locale } from './locale.ts';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export interface LanguageFieldProps {
  value: Locale;
  onChange: (locale: Locale) => void;
  /** The languages a practice has its texts in; all unless said. */
  offered?: readonly Locale[] | undefined;
}

/** Each language by its own name. */
export function LanguageField({ value, onChange, offered }: LanguageFieldProps) {
  const words = useWords<UiWord>();
  const choices = LOCALES.filter(({ id }) => offered?.includes(id) ?? true).map(({ id, name }) => ({
    value: id,
    label: name,
    lang: id,
  }));
  return <ChoiceField label={words('ui.language.label')} choices={choices} value={value} onChange={onChange} />;
}
