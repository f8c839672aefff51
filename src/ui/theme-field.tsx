import { ChoiceField } from './choice-field.tsx';
import { THEME_CHOICES, useTheme } from './theme.ts';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export function ThemeField() {
  const words = useWords<UiWord>();
  const [choice, choose] = useTheme();
  const choices = THEME_CHOICES.map((value) => ({ value, label: words(`ui.theme.${value}`) }));
  return <ChoiceField label={words('ui.theme.label')} choices={choices} value={choice} onChange={choose} />;
}
