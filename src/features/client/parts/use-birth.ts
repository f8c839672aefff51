import { useMemo } from 'react';
import { useLocale, useWords } from '../../../ui/words.ts';
import { ageOn } from '../queries.ts';
import type { ClientWord } from '../words/catalogue.ts';

/** A birth date in words, always with the age beside it: two ways to notice that this is another person. */
export function useBirth(): (birthDate: string) => string {
  const words = useWords<ClientWord>();
  const { tags } = useLocale();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat([...tags], { dateStyle: 'medium', calendar: 'gregory', timeZone: 'UTC' });
    const today = dayHere();
    return (birthDate) =>
      words('client.born', { date: format.format(new Date(birthDate)), age: Math.max(0, ageOn(birthDate, today)) });
  }, [words, tags]);
}

/** Today's calendar day where this device is. */
export const dayHere = (): string => new Intl.DateTimeFormat('sv', { dateStyle: 'short' }).format(new Date());
