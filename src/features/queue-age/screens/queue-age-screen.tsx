import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { useWords } from '../../../ui/words.ts';
import { queueAges } from '../queries.ts';
import type { QueueAgeView } from '../queries.ts';
import type { QueueAgeWord } from '../words/catalogue.ts';

/** How many answers each provider owes and since when: for owner and admins. */
export function QueueAgeScreen({ back }: { back: { href: string; label: string } }) {
  const words = useWords<QueueAgeWord>();
  const ages = useLive(queueAges, []);
  return (
    <Page title={words('queueAge.title')} back={back}>
      <p>{words('queueAge.intro')}</p>
      {ages === undefined && <Skeleton rows={4} />}
      {ages?.length === 0 && (
        <EmptyState icon="inbox" title={words('queueAge.none')}>
          {words('queueAge.empty')}
        </EmptyState>
      )}
      {ages !== undefined && ages.length > 0 && (
        <List label={words('queueAge.title')}>
          {ages.map((age) => (
            <AgeRow key={age.id} age={age} />
          ))}
        </List>
      )}
    </Page>
  );
}

function AgeRow({ age: { name, owed, overdue, oldest } }: { age: QueueAgeView }) {
  const words = useWords<QueueAgeWord>();
  const format = useFormat();
  const nowMs = useNow();
  return (
    <ListRow
      title={name ?? words('queueAge.nobody')}
      meta={overdue > 0 && <Badge kind="attention">{words('queueAge.overdue', { count: overdue })}</Badge>}
    >
      {owed === 0 ? (
        <p className="ui-muted">{words('queueAge.none')}</p>
      ) : (
        <p>
          {words('queueAge.owed', { count: owed })}
          {oldest && <> · {words('queueAge.oldest', { time: format.relative(oldest, nowMs) })}</>}
        </p>
      )}
    </ListRow>
  );
}
