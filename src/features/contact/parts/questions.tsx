import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { useWords } from '../../../ui/words.ts';
import { questionsByClient } from '../queries.ts';
import type { ContactWord } from '../words/catalogue.ts';

/** How many questions stand about each client's contacts; empty until it was read. */
export function useContactQuestions(): ReadonlyMap<string, number> {
  return useLive(questionsByClient, []) ?? new Map();
}

/** "1 question", where there is one. */
export function QuestionsBadge({ count }: { count: number }) {
  const words = useWords<ContactWord>();
  return count > 0 && <Badge kind="attention">{words('contact.questions', { count })}</Badge>;
}

export interface QuestionsListProps {
  nameOf: (client: string) => ReactNode;
  hrefOf: (client: string) => string;
}

/** Whose contacts await a choice; nothing where there is none. */
export function QuestionsList({ nameOf, hrefOf }: QuestionsListProps) {
  const words = useWords<ContactWord>();
  const counts = useContactQuestions();
  if (counts.size === 0) return null;
  return (
    <section className="ui-stack">
      <h2>{words('contact.questions.title')}</h2>
      <p className="ui-muted">{words('contact.questions.text')}</p>
      <List label={words('contact.questions.title')}>
        {[...counts].map(([client, count]) => (
          <ListRow key={client} href={hrefOf(client)} title={nameOf(client)} meta={<QuestionsBadge count={count} />} />
        ))}
      </List>
    </section>
  );
}
