// The list of who can be mentioned, while somebody types after an `@`: by keys as a combobox of the ARIA authoring practices, by touch.

import { useId, useState } from 'react';
import type { KeyboardEvent, SyntheticEvent } from 'react';
import { readyText } from '../../../../base/fold.ts';
import { useLive } from '../../../../sync/client/react.ts';
import { asked } from '../../doc-mentions.ts';
import type { Chosen } from '../../doc-mentions.ts';
import { mentionableIn } from '../../queries-mentions.ts';
import type { Mentionable } from '../../queries-mentions.ts';
import type { ConversationView } from '../../queries.ts';

const SHOWN = 8;

interface Mentioning {
  readonly conversation: ConversationView;
  readonly clientName: string;
  readonly body: string;
  /** Words and caret as they are once somebody was chosen, and who. */
  readonly onChoose: (body: string, caret: number, chosen: Chosen) => void;
}

export interface Mentions {
  readonly listId: string;
  readonly found: readonly Mentionable[];
  readonly active: number;
  readonly optionId: (index: number) => string;
  choose(one: Mentionable): void;
  /** True where the key was the list's. */
  onKey(event: KeyboardEvent): boolean;
  onSelect(event: SyntheticEvent<HTMLTextAreaElement>): void;
  close(): void;
}

export function useMentions({ conversation, clientName, body, onChoose }: Mentioning): Mentions {
  const { id, kind, client, member } = conversation;
  const listId = useId();
  const [caret, setCaret] = useState<number>();
  const [active, setActive] = useState(0);
  // Closed for this `@`, by Escape or as somebody was chosen; the next one opens it again.
  const [closedAt, setClosedAt] = useState<number>();
  const read = (reader: Parameters<typeof mentionableIn>[0]) =>
    mentionableIn(reader, { id, kind, client, member }, clientName);
  const all = useLive(read, [id, kind, client, member, clientName]) ?? [];
  const query = caret === undefined ? null : asked(body, Math.min(caret, body.length));
  const found = query === null || query.at === closedAt ? [] : matching(all, query.typed);
  const at = Math.min(active, Math.max(0, found.length - 1));

  function choose({ who, name }: Mentionable): void {
    if (query === null) return;
    const end = query.at + 1 + query.typed.length;
    const written = `@${name} `;
    setActive(0);
    setClosedAt(query.at);
    onChoose(`${body.slice(0, query.at)}${written}${body.slice(end).replace(/^ /, '')}`, query.at + written.length, {
      who,
      name,
    });
  }
  function onKey(event: KeyboardEvent): boolean {
    if (found.length === 0 || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return false;
    const one = found[at];
    if (event.key === 'ArrowDown') setActive((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setActive((at - 1 + found.length) % found.length);
    else if (event.key === 'Escape') setClosedAt(query?.at);
    else if ((event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) && one) choose(one);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
  return {
    ...{ listId, found, active: at, choose, onKey },
    optionId: (index) => `${listId}-${index}`,
    onSelect({ currentTarget: { value, selectionStart, selectionEnd } }) {
      if (asked(value, selectionStart)?.at !== closedAt) setClosedAt(undefined);
      setCaret(selectionStart === selectionEnd ? selectionStart : undefined);
      setActive(0);
    },
    close: () => setCaret(undefined),
  };
}

/** Whose name, or a word of it, begins so. */
function matching(all: readonly Mentionable[], typed: string): readonly Mentionable[] {
  const begun = readyText(typed).trimEnd();
  return all.filter(({ name }) => readyText(name).includes(begun)).slice(0, SHOWN);
}
