import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { ClientLine } from '../../features/client/parts/client-line.tsx';
import { QuestionsList } from '../../features/contact/parts/questions.tsx';
import { JournalInbox } from '../../features/journal/parts/journal-inbox.tsx';
import { WeightWordsNotice } from '../../features/protection/parts/weight-words-notice.tsx';
import { cancelTask, reopenTask } from '../../features/task/mutators.ts';
import { TaskList } from '../../features/task/parts/task-list.tsx';
import { Page } from '../../ui/page.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

/** What awaits this provider. */
export default function InboxScreen() {
  const words = useWords<AppWord>();
  return (
    <Page title={words('app.inbox')}>
      <QuestionsList
        nameOf={(client) => <ClientLine client={client} />}
        hrefOf={(client) => `/clients/${client}/contacts`}
      />
      <TaskList
        headerOf={(client) => <ClientHeader client={client} look="line" />}
        hrefOf={(client, about) => `/clients/${client}/journal/${about}`}
      />
      <JournalInbox
        hrefOf={(client, entry) => `/clients/${client}/journal/${entry}`}
        clientHeader={(client, look) => <ClientHeader client={client} look={look} href={`/clients/${client}`} />}
        taskActs={{ cancel: cancelTask.name, reopen: reopenTask.name }}
        commentAdvice={(client, body) => <WeightWordsNotice client={client} text={body} />}
      />
    </Page>
  );
}
