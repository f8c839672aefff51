import { useChatFeed } from '../../features/chat/parts/use-chat-feed.tsx';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { ClientLine } from '../../features/client/parts/client-line.tsx';
import { primariesHere } from '../../features/client/queries.ts';
import { memberNames } from '../../features/chat/queries.ts';
import { CoverAsked } from '../../features/cover/parts/cover-asked.tsx';
import { CoverMark } from '../../features/cover/parts/cover-mark.tsx';
import { useCoverStand } from '../../features/cover/parts/use-cover-stand.ts';
import { QuestionsList } from '../../features/contact/parts/questions.tsx';
import { Inbox } from '../../features/inbox/parts/inbox.tsx';
import { useInboxStand } from '../../features/inbox/parts/use-queue.ts';
import { OVERDUE_DAYS } from '../../features/journal/parts/inbox-order.ts';
import { useJournalFeed } from '../../features/journal/parts/use-journal-feed.tsx';
import type { ReviewWord } from '../../features/journal/words/review/catalogue.ts';
import { WeightWordsNotice } from '../../features/protection/parts/weight-words-notice.tsx';
import { cancelTask, reopenTask } from '../../features/task/mutators.ts';
import { TaskList } from '../../features/task/parts/task-list.tsx';
import { useLive, useWorkspace } from '../../sync/client/react.ts';
import { Page } from '../../ui/page.tsx';
import { useWords } from '../../ui/words.ts';
import { isManagerHere } from '../portal-kind.ts';
import type { AppWord } from '../words/catalogue.ts';
import { hrefOfConversation } from './chat-href.ts';

/** What awaits this member of the staff: of each noun what it has for the inbox. */
export default function InboxScreen() {
  const words = useWords<AppWord | ReviewWord>();
  const stand = useInboxStand();
  const cover = useCoverStand();
  const primaries = useLive(primariesHere, []);
  const names = useLive(memberNames, []);
  const { membership } = useWorkspace();
  const line = (client: string) => <ClientHeader client={client} look="line" />;
  const journal = useJournalFeed({
    stand,
    hrefOf: (client, entry) => `/clients/${client}/journal/${entry}`,
    clientHeader: (client, look) => <ClientHeader client={client} look={look} href={`/clients/${client}`} />,
    taskActs: { cancel: cancelTask.name, reopen: reopenTask.name },
    commentAdvice: adviceOf,
  });
  const chat = useChatFeed({
    stand,
    hrefOf: hrefOfConversation,
    headerOf: line,
    adviceOf,
    withAnswered: stand.filter === 'client',
    isAgeOnly: isManagerHere({ membership }) && !answers(membership.roles),
  });
  return (
    <Page title={words('app.inbox')}>
      <CoverAsked />
      <QuestionsList
        nameOf={(client) => <ClientLine client={client} />}
        hrefOf={(client) => `/clients/${client}/contacts`}
      />
      <TaskList headerOf={line} hrefOf={(client, about) => `/clients/${client}/journal/${about}`} />
      <Inbox
        stand={stand}
        feeds={[journal, chat].map((feed) => ({
          ...feed,
          rows: feed.rows?.map((row) => ({
            ...row,
            isCover: cover.clients.has(row.client),
            provider: primaries?.get(row.client),
          })),
        }))}
        nameOf={(provider) => names?.get(provider) ?? '…'}
        headingOf={(client, rows) => (
          <>
            <ClientHeader client={client} look="heading" href={`/clients/${client}`} />
            <CoverMark stand={cover} client={client} cameAt={rows.flatMap((row) => (row.isWaiting ? row.at : []))} />
          </>
        )}
        order={words('journal.inbox.order', { days: OVERDUE_DAYS })}
      />
    </Page>
  );
}

const answers = (roles: readonly string[]) => roles.includes('provider') || roles.includes('support');
const adviceOf = (client: string, body: string) => <WeightWordsNotice client={client} text={body} />;
