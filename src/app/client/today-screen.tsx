// The client's first screen: one tap to write, and what the care team said.

import { lazy, Suspense } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { KindIcon } from '../../features/journal/parts/journal-icon.tsx';
import { useKindName, useKinds } from '../../features/journal/parts/use-kinds.ts';
import { newestReplies } from '../../features/journal/queries-today.ts';
import type { Reply } from '../../features/journal/queries-today.ts';
import { useLive, useWorkspace } from '../../sync/client/react.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { List, ListRow } from '../../ui/list.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { UserText } from '../../ui/user-text.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import { beginWith } from './begin-entry.ts';
import './today-screen.css';

const InstallPrompt = lazy(() => import('../install.tsx'));

const REPLIES = 10;
/** One tap each; the others are a tap further. */
const SHOWN_KINDS = 6;

export default function TodayScreen() {
  const words = useWords<AppWord>();
  const { membership } = useWorkspace();
  const kinds = (useKinds() ?? []).filter(({ isOn }) => isOn);
  const nameOf = useKindName();
  const replies = useLive((reader) => newestReplies(reader, REPLIES), []);
  return (
    <Page title={words('app.today')}>
      <p>{words('app.today.hello', { name: membership.name })}</p>
      <div className="ui-actions">
        <ButtonLink href="/plan">{words('app.plan')}</ButtonLink>
      </div>
      <section aria-labelledby="today-write" className="ui-stack">
        <h2 id="today-write">{words('app.today.write')}</h2>
        <ul className="today-write" role="list">
          {kinds.slice(0, SHOWN_KINDS).map(({ kind }) => (
            <WriteButton key={kind} kind={kind} name={nameOf(kind)} />
          ))}
        </ul>
        {kinds.length > SHOWN_KINDS && <ButtonLink href="/journal?new=1">{words('app.today.moreKinds')}</ButtonLink>}
      </section>
      <p className="ui-muted">{words('app.today.nothing')}</p>
      <section aria-labelledby="today-replies" className="ui-stack">
        <h2 id="today-replies">{words('app.today.replies')}</h2>
        {replies === undefined ? <Skeleton /> : <Replies replies={replies} />}
      </section>
      <Suspense>
        <InstallPrompt />
      </Suspense>
    </Page>
  );
}

function WriteButton({ kind, name }: { kind: string; name: string }) {
  const navigate = useNavigate();
  function begin(): void {
    beginWith(kind);
    void navigate({ href: '/journal?new=1' });
  }
  return (
    <li>
      <button type="button" className="today-write-link" onClick={begin}>
        <KindIcon kind={kind} />
        <span dir="auto">{name}</span>
      </button>
    </li>
  );
}

function Replies({ replies }: { replies: readonly Reply[] }) {
  const words = useWords<AppWord>();
  const format = useFormat();
  if (replies.length === 0) return <EmptyState icon="comment" title={words('app.today.noReplies')} />;
  return (
    <List label={words('app.today.replies')}>
      {replies.map(({ id, entry, at, name, body }) => (
        <ListRow
          key={id}
          href={`/journal/${entry}`}
          title={words('app.today.commented', { name: name ?? '' })}
          meta={format.relative(at)}
        >
          {body && <UserText>{body}</UserText>}
        </ListRow>
      ))}
    </List>
  );
}
