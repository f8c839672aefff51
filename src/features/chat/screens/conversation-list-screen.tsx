import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import type { Reader } from '../../../sync/client/reader.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { ConversationRows } from '../parts/conversation-rows.tsx';
import { Search } from '../parts/search/search.tsx';
import type { ConversationView } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';

export interface ConversationListScreenProps {
  /** Which there are; a function that stays the same. */
  read: (reader: Reader) => Promise<ConversationView[]>;
  hrefOf: (conversation: ConversationView) => string;
  /** Where one begins a conversation, for who may. */
  beginHref?: string | undefined;
  /** What is decided of all of them, for who decides it. */
  setting?: { readonly href: string; readonly label: string } | undefined;
  /** Stands before the list. */
  before?: ReactNode;
  /** Whose it is, for the staff: name and birth date. */
  whoseOf?: ((client: string) => ReactNode) | undefined;
}

/** The conversations of the reader: a client's own, or for the staff all that were begun. */
export function ConversationListScreen({
  read,
  hrefOf,
  beginHref,
  setting,
  before,
  whoseOf,
}: ConversationListScreenProps) {
  const words = useWords<ChatWord>();
  const conversations = useLive(read, [read]);
  const here = (conversations ?? []).filter(({ isArchived }) => !isArchived);
  const away = (conversations ?? []).filter(({ isArchived }) => isArchived);
  return (
    <Page
      title={words('chat.title')}
      actions={
        (beginHref !== undefined || setting !== undefined) && (
          <>
            {beginHref !== undefined && <ButtonLink href={beginHref}>{words('chat.begin')}</ButtonLink>}
            {setting && <ButtonLink href={setting.href}>{setting.label}</ButtonLink>}
          </>
        )
      }
    >
      {before}
      {conversations === undefined && <Skeleton rows={3} />}
      {conversations?.length === 0 && (
        <EmptyState icon="chat" title={words('chat.staffEmpty.title')}>
          {words('chat.staffEmpty.text')}
        </EmptyState>
      )}
      {conversations !== undefined && conversations.length > 0 && (
        <Search {...{ conversations, hrefOf, whoseOf }}>
          {here.length > 0 && <ConversationRows conversations={here} {...{ hrefOf, whoseOf }} />}
          {away.length > 0 && (
            <details>
              <summary>{words('chat.archived')}</summary>
              <ConversationRows conversations={away} {...{ hrefOf, whoseOf }} label={words('chat.archived')} />
            </details>
          )}
        </Search>
      )}
    </Page>
  );
}
