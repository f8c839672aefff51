import { useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { TextArea } from '../../../../ui/text-area.tsx';
import type { TextAreaProps } from '../../../../ui/text-area.tsx';
import type { Chosen } from '../../doc-mentions.ts';
import type { ConversationView } from '../../queries.ts';
import { MentionList } from './mention-list.tsx';
import { useMentions } from './use-mentions.ts';

interface MentionAreaProps extends TextAreaProps {
  conversation: ConversationView;
  clientName: string;
  /** The words as they are once somebody was chosen for an `@` in them. */
  onMention: (body: string, chosen: Chosen) => void;
}

/** Words in which those can be mentioned who take part: an `@` offers them. */
export function MentionArea({ conversation, clientName, onMention, onKeyDown, ...area }: MentionAreaProps) {
  const writing = useRef<HTMLDivElement>(null);
  const caretTo = useRef<number>(undefined);
  const mentions = useMentions({
    ...{ conversation, clientName, body: area.value },
    onChoose(body, caret, chosen) {
      caretTo.current = caret;
      onMention(body, chosen);
    },
  });
  const { value } = area;
  useLayoutEffect(() => {
    if (caretTo.current === undefined) return;
    writing.current?.querySelector('textarea')?.setSelectionRange(caretTo.current, caretTo.current);
    caretTo.current = undefined;
  }, [value]);
  const isOpen = mentions.found.length > 0;
  // Only while there is a list: at other times it is a field for words as any other.
  const combobox = isOpen && {
    ...{
      role: 'combobox',
      'aria-expanded': true,
      'aria-haspopup': 'listbox' as const,
      'aria-autocomplete': 'list' as const,
    },
    ...{ 'aria-controls': mentions.listId, 'aria-activedescendant': mentions.optionId(mentions.active) },
  };
  return (
    <div ref={writing} className="chat-writing">
      <MentionList {...mentions} />
      <TextArea
        {...area}
        {...combobox}
        onSelect={mentions.onSelect}
        onBlur={mentions.close}
        onKeyDown={(event: KeyboardEvent<HTMLTextAreaElement>) => {
          if (!mentions.onKey(event)) onKeyDown?.(event);
        }}
      />
    </div>
  );
}
