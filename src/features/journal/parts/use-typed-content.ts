import { useState } from 'react';
import { withoutSensitive } from '../schema.ts';
import type { JournalContent } from '../schema.ts';

/**
 * What is typed into a form. Numbers that were typed before they were kept from their author (`isHidden`) leave it for good:
 * whether they are kept from him is not known again for a while when his rows are fetched anew.
 */
export function useTypedContent(start: JournalContent, isHidden: boolean) {
  const [typed, setTyped] = useState(start);
  const [wasHidden, setWasHidden] = useState(false);
  if (isHidden !== wasHidden) {
    setWasHidden(isHidden);
    if (isHidden) setTyped(withoutSensitive(typed));
  }
  return [typed, setTyped] as const;
}
