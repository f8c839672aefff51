import { startTransition, useOptimistic } from 'react';
import { ChoiceField } from './choice-field.tsx';
import { LOCALES } from './locale.ts';
import type { Locale } from './locale.ts';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export interface LanguageFieldProps {
  value: Locale;
  /** Ends when the words are there; until then the field already shows the new choice. */
  onChange: (locale: Locale) => Promise<void>;
  /** The languages a practice has its texts in; all unless said. */
  offered?: readonly Locale[] | undefined;
}

/** Each language by its own name. */
export function LanguageField({ value, onChange, offered }: LanguageFieldProps) {
  const words = useWords<UiWord>();
  const [shown, show] = useOptimistic(value);
  function choose(locale: Locale) {
    startTransition(async () => {
      show(locale);
      await onChange(locale);
    });
  }
  const choices = LOCALES.filter(({ id }) => offered?.includes(id) ?? true).map(({ id, name }) => ({
    value: id,
    label: name,
    lang: id,
  }));
  return <ChoiceField label={words('ui.language.label')} choices={choices} value={shown} onChange={choose} />;
}
