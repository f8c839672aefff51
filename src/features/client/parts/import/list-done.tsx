import { useMemo } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { List as Rows, ListRow } from '../../../../ui/list.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { UserName } from '../../../../ui/user-text.tsx';
import { useWords } from '../../../../ui/words.ts';
import type { Words } from '../../../../ui/words.ts';
import type { ClientWord } from '../../words/catalogue.ts';
import { useBirth } from '../use-birth.ts';
import type { Added } from './add-all.ts';
import type { Judged } from './judge.ts';
import { Pages } from './pages.tsx';
import { faultWords, reportOf, saveReport } from './report.ts';
import type { Left } from './report.ts';
import type { List } from './read-list.ts';
import { isTicked } from './use-import.ts';
import type { Ticks } from './use-import.ts';

export interface ListDoneProps {
  list: List;
  headings: readonly string[];
  judged: readonly Judged[];
  ticks: Ticks;
  added: Added;
  hrefOf: (client: string) => string;
  onAgain: () => void;
  /** Goes on where it was stopped. */
  onResume: () => void;
}

/** Who was taken on, and who was not and why. */
export function ListDone({ list, headings, judged, ticks, added, hrefOf, onAgain, onResume }: ListDoneProps) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  const left = useMemo(
    () => judged.flatMap((one) => leftOf(words, { one, headings, ticks, added }) ?? []),
    [words, judged, headings, ticks, added],
  );
  const taken = judged.flatMap((one) => (added.added.has(one.row.n) && 'newcomer' in one ? [one] : []));
  const isWhole = added.end === 'all';
  return (
    <div className="ui-stack">
      <Notice
        kind={isWhole ? 'info' : 'attention'}
        title={words('client.import.done', { count: taken.length })}
        announce
      >
        {!isWhole && words(`client.import.end.${added.end}`)}
        {left.length > 0 && <p>{words('client.import.left', { count: left.length })}</p>}
      </Notice>
      <div className="ui-actions">
        {left.length > 0 && (
          <Button onClick={() => saveReport(reportOf(words, { separator: list.separator, headings }, left))}>
            {words('client.import.save')}
          </Button>
        )}
        {!isWhole && <Button onClick={onResume}>{words('client.import.resume')}</Button>}
        <Button onClick={onAgain}>{words('client.import.another')}</Button>
      </div>
      {left.length > 0 && (
        <section className="ui-stack" aria-labelledby="import-left">
          <h2 id="import-left">{words('client.import.left', { count: left.length })}</h2>
          <Pages all={left}>
            {(some) => (
              <Rows>
                {some.map(({ one, why }) => (
                  <ListRow key={one.row.n} title={words('client.import.row', { n: one.row.n })}>
                    {why.join('; ')}
                  </ListRow>
                ))}
              </Rows>
            )}
          </Pages>
        </section>
      )}
      {taken.length > 0 && (
        <section className="ui-stack" aria-labelledby="import-added">
          <h2 id="import-added">{words('client.import.done', { count: taken.length })}</h2>
          <Pages all={taken}>
            {(some) => (
              <Rows>
                {some.map(({ row, newcomer: { id, details } }) => (
                  <ListRow key={row.n} href={hrefOf(id)} title={<UserName>{details.legalName}</UserName>}>
                    <span className="ui-muted">{birth(details.birthDate)}</span>
                  </ListRow>
                ))}
              </Rows>
            )}
          </Pages>
        </section>
      )}
    </div>
  );
}

/** Why this one was not taken on; null where he was, or had been before. */
function leftOf(
  words: Words<ClientWord>,
  { one, headings, ticks, added }: Pick<ListDoneProps, 'headings' | 'ticks' | 'added'> & { one: Judged },
): Left | null {
  const { n } = one.row;
  if (one.state === 'here' || added.added.has(n)) return null;
  if (one.state === 'refused') return { one, why: one.faults.map((fault) => faultWords(words, headings, fault)) };
  if (added.refused.has(n)) return { one, why: [words('client.import.why.device')] };
  if (isTicked(one, ticks)) return { one, why: [words('client.import.why.stopped')] };
  if (one.state === 'ready') return { one, why: [words('client.import.why.unticked')] };
  const others = one.alike.map(({ name, birthDate, by }) => `${name} ${birthDate}: ${words(`client.alike.${by}`)}`);
  return { one, why: [words('client.import.why.alike'), ...others] };
}
