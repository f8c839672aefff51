// All conversations of the reader looked through by words, without a network. Where nothing is asked, what is given as `children` stands.

import { useDeferredValue, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { termsOf } from '../../../../base/fold.ts';
import { snippetOf } from '../../../../base/snippet.ts';
import { useLive } from '../../../../sync/client/react.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { List, ListRow } from '../../../../ui/list.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { useFormat } from '../../../../ui/use-format.ts';
import { UserName } from '../../../../ui/user-text.tsx';
import { useWords } from '../../../../ui/words.ts';
import { calledIn } from '../../queries-community.ts';
import { staffNames } from '../../queries.ts';
import type { ConversationView } from '../../queries.ts';
import type { ChatWord } from '../../words/catalogue.ts';
import type { ConversationRowsProps } from '../conversation-rows.tsx';
import { useNames } from '../use-names.ts';
import { useTitle } from '../use-title.ts';
import type { Leaf } from './shelf.ts';
import { useSearch } from './use-search.ts';

const PAGE = 30;
const WORDS_MAX = 200;

/** What was looked for last, so that one comes back to it from a message; in memory only, which a lock empties. */
let kept = '';

export interface SearchProps extends Pick<ConversationRowsProps, 'conversations' | 'hrefOf' | 'whoseOf'> {
  children: ReactNode;
}

export function Search({ children, ...props }: SearchProps) {
  const words = useWords<ChatWord>();
  const [typed, setTyped] = useState(kept);
  function change(next: string): void {
    kept = next;
    setTyped(next);
  }
  return (
    <>
      <div role="search">
        <TextField
          label={words('chat.search')}
          hint={words('chat.search.hint')}
          type="search"
          maxLength={WORDS_MAX}
          required={false}
          spellCheck={false}
          enterKeyHint="search"
          value={typed}
          onChange={change}
        />
      </div>
      {typed.trim() === '' ? children : <Found {...props} typed={typed} onClear={() => change('')} />}
    </>
  );
}

function Found({ typed, onClear, ...props }: Omit<SearchProps, 'children'> & { typed: string; onClear: () => void }) {
  const words = useWords<ChatWord>();
  const asked = useDeferredValue(typed);
  const [more, setMore] = useState({ of: asked, limit: PAGE });
  // Another question begins with its first page.
  const limit = more.of === asked ? more.limit : PAGE;
  const answer = useSearch(props.conversations, { typed: asked, limit });
  if (answer === 'failed') return <Notice kind="attention">{words('chat.search.failed')}</Notice>;
  if (answer === undefined) return <Skeleton />;
  return (
    <>
      <div aria-live="polite" className="ui-muted">
        <p>{words('chat.search.count', { count: answer.count })}</p>
        {answer.isPartial && <p>{words('chat.search.partial')}</p>}
      </div>
      {answer.count === 0 ? (
        <EmptyState
          icon="chat"
          title={words('chat.search.none')}
          action={<Button onClick={onClear}>{words('chat.search.clear')}</Button>}
        >
          {words('chat.search.noneText')}
        </EmptyState>
      ) : (
        <FoundList {...props} found={answer.found} typed={asked} />
      )}
      {answer.count > limit && (
        <div className="ui-actions">
          <Button onClick={() => setMore({ of: asked, limit: limit + PAGE })}>{words('chat.search.more')}</Button>
        </div>
      )}
    </>
  );
}

type FoundListProps = Omit<SearchProps, 'children'> & { found: readonly Leaf[]; typed: string };

function FoundList({ conversations, hrefOf, whoseOf, found, typed }: FoundListProps) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const nameOf = useNames(words('chat.theClient'));
  const titleOf = useTitle();
  const called = useLive(calledIn, []);
  const staff = useLive(staffNames, []);
  const terms = useMemo(() => termsOf(typed), [typed]);
  const byId = new Map<string, ConversationView>(conversations.map((one) => [one.id, one]));
  return (
    <List label={words('chat.search.found')}>
      {found.map(({ conversation, id, by, at, body }) => {
        const where = byId.get(conversation);
        if (where === undefined) return null;
        const kind = titleOf(where);
        const whose = where.client === undefined ? undefined : whoseOf?.(where.client);
        return (
          <ListRow
            key={`${by} ${id}`}
            href={`${hrefOf(where)}/${id}`}
            title={whose ?? kind}
            meta={<time dateTime={at}>{format.dateTime(at)}</time>}
          >
            <p className="ui-muted">
              {whose !== undefined && <>{kind} · </>}
              <UserName>{called?.(conversation, by) ?? nameOf(by)}</UserName>
              {where.kind === 'community' && staff?.has(by) && <> · {words('chat.members.staff')}</>}
            </p>
            <p className="ui-user-text" dir="auto">
              {snippetOf(body, terms)?.map(({ text, isMarked, at: from }) =>
                isMarked ? <mark key={from}>{text}</mark> : <span key={from}>{text}</span>,
              )}
            </p>
          </ListRow>
        );
      })}
    </List>
  );
}
