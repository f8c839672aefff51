import { useWorkspace } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { useWords } from '../../../ui/words.ts';
import type { CoverView } from '../queries.ts';
import { endOf, mayEndAt, phaseAt } from '../schema.ts';
import type { CoverWord } from '../words/catalogue.ts';
import { CoverProblem } from './cover-problem.tsx';
import { useCoverActs } from './use-cover-acts.ts';
import type { CoverActs } from './use-cover-acts.ts';

/** A cover that is accepted late begins at that moment: the row is to say so soon. */
const LOOK_MS = 5000;

/** What was agreed in the practice, and ways to end it. */
export function CoverRows({ covers, isManager }: { covers: readonly CoverView[]; isManager: boolean }) {
  const words = useWords<CoverWord>();
  const acts = useCoverActs();
  return (
    <section className="ui-stack" aria-labelledby="cover-list">
      <h2 id="cover-list">{words('cover.list')}</h2>
      <CoverProblem state={acts.state} />
      {covers.length === 0 && <p className="ui-muted">{words('cover.list.empty')}</p>}
      {covers.length > 0 && (
        <List label={words('cover.list')}>
          {covers.map((cover) => (
            <CoverRow key={cover.id} {...{ cover, acts, isManager }} />
          ))}
        </List>
      )}
    </section>
  );
}

function CoverRow({ cover, acts, isManager }: { cover: CoverView; acts: CoverActs; isManager: boolean }) {
  const words = useWords<CoverWord>();
  const format = useFormat();
  const { memberId } = useWorkspace().reader;
  const now = new Date(useNow(LOOK_MS)).toISOString();
  const { absent, absentName, memberName, start, sent } = cover;
  const phase = phaseAt(cover, now);
  const someone = words('cover.someone');
  const isMine = absent === memberId;
  const mayEnd = mayEndAt(cover, now, { me: memberId, isManager });
  const label = phase !== 'now' ? 'cover.callOff' : isMine ? 'cover.back' : 'cover.end';
  const stop = () => acts.end(cover, phase === 'now' && isMine ? 'cover.back.said' : 'cover.end.said');
  return (
    <ListRow
      title={words('cover.row', { member: memberName ?? someone, absent: absentName ?? someone })}
      meta={
        <Badge kind={phase === 'now' ? 'accent' : phase === 'declined' ? 'attention' : 'neutral'}>
          {words(`cover.phase.${phase}`)}
        </Badge>
      }
      foot={
        mayEnd && (
          <div className="ui-actions">
            <Button onClick={stop}>{words(label)}</Button>
          </div>
        )
      }
    >
      <p>{words('cover.time', { start: format.dateTime(start), end: format.dateTime(endOf(cover)) })}</p>
      {!sent && <p className="ui-muted">{words('cover.unsent')}</p>}
    </ListRow>
  );
}
