import { lazy, Suspense } from 'react';
import type { ComponentType } from 'react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ownConversations } from '../../features/chat/queries.ts';
import type { ConversationView } from '../../features/chat/queries.ts';
import { Members } from '../../features/chat/parts/community/members.tsx';
import { isStanding } from '../../features/chat/schema.ts';
import { ConversationScreen } from '../../features/chat/screens/conversation-screen.tsx';
import type { ChatWord } from '../../features/chat/words/catalogue.ts';
import { CrisisAdvice, WordsAdvice } from '../../features/journal/parts/words-advice.tsx';
import { useCoverOf } from '../../features/cover/parts/use-cover-of.ts';
import { useLive } from '../../sync/client/react.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../ui/words.ts';
import { MissingScreen } from '../missing-screen.tsx';
import type { AppWord } from '../words/catalogue.ts';
import { PracticeCrisisCard } from './crisis-card.tsx';
import { useOwnClient } from './own-chart.ts';

const AwayNotice = lazy<ComponentType<{ only?: string | undefined }>>(async () => {
  const fetched = await import('./away-notice.tsx').catch(() => null);
  // Without it one can write all the same.
  await fetched?.showAwayWords().catch(() => undefined);
  return fetched ?? { default: () => null };
});

/** One of the client's own conversations. */
export default function OwnConversationScreen() {
  const words = useWords<AppWord | ChatWord>();
  const { kind, message } = useParams({ strict: false });
  const client = useOwnClient();
  const navigate = useNavigate();
  const read = useLive(async (reader) => ({ client, all: await ownConversations(reader, client ?? '') }), [client]);
  const coverOf = useCoverOf(client ?? '');
  if (!client || read === undefined || read.client !== client) {
    return (
      <Page title={words('app.chat')}>
        <Skeleton />
      </Page>
    );
  }
  // Those that stand are asked for by their kind, others by their id.
  const found = read.all.find((one) => (isStanding(one.kind) ? one.kind : one.id) === kind);
  // Within the frame: what was open a moment ago may be gone, and crisis help and the lock must not go with it.
  if (found === undefined) return <MissingScreen />;
  return (
    <ConversationScreen
      place={found}
      back={{ href: '/chat', label: words('app.chat') }}
      clientName={words('chat.someone')}
      seesRetracted={false}
      coverOf={coverOf}
      message={message}
      members={<Members conversation={found.id} onLeft={() => void navigate({ href: '/chat', replace: true })} />}
      isClients
      other={otherOf(read.all, found.kind)}
      adviceOf={(body) => (
        <CrisisAdvice value={<PracticeCrisisCard />}>
          <WordsAdvice content={{ text: body }} />
        </CrisisAdvice>
      )}
      urgent={<PracticeCrisisCard />}
      header={
        (found.kind === 'care-team' || found.kind === 'direct') && (
          <Suspense>
            <AwayNotice only={found.member} />
          </Suspense>
        )
      }
    />
  );
}

/** Another of those that stand, where it is open. */
function otherOf(all: readonly ConversationView[], kind: ConversationView['kind']) {
  const open = all.flatMap((one) => (one.kind !== kind && isStanding(one.kind) && !one.closed ? [one.kind] : []));
  return open[0] && { kind: open[0], href: `/chat/${open[0]}` };
}
