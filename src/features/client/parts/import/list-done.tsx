import { useMemo } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { List as Rows, ListRow } from '../../../../ui/list.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { UserName } from '../../../../ui/user-text.tsx';
import { useWords } from '../../../../ui/words.ts';
import type { ClientWord } from '../../words/catalogue.ts';
import { useBirth } from '../use-birth.ts';
import type { Added } from './add-all.ts';
import type { Judged } from './judge.ts';
import { Pages } from './pages.tsx';
import { leftOf, reportOf, saveReport } from './report.ts';
import type { List, ListRow as Row } from './read-list.ts';
import { numbersOf } from './settings.ts';
import type { Ticks } from './ticks.ts';

export interface ListDoneProps {
  list: List;
  headings: readonly string[];
  /** What was taken as headings. */
  heads: readonly Row[];
  judged: readonly Judged[];
  ticks: Ticks;
  added: Added;
  hrefOf: (client: string) => string;
  onAgain: () => void;
  /** Goes on where it was stopped. */
  onResume: () => void;
}

/** Who was taken on, and who was not and why. */
export function ListDone({ list, headings, heads, judged, ticks, added, hrefOf, onAgain, onResume }: ListDoneProps) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  const left = useMemo(
    () => judged.flatMap((one) => leftOf(words, { one, headings, ticks, added }) ?? []),
    [words, judged, headings, ticks, added],
  );
  const taken = judged.flatMap((one) => (added.added.has(one.row.n) && 'newcomer' in one ? [one] : []));
  const isWhole = added.end === 'all';
  const headWhy = words('client.import.why.head');
  const report = [...left, ...heads.map((row) => ({ row, why: [headWhy] }))];
  return (
    <div className="ui-stack">
      <Notice
        kind={isWhole ? 'info' : 'attention'}
        title={words('client.import.done', { count: taken.length })}
        announce
      >
        {!isWhole && words(`client.import.end.${added.end}`)}
        {left.length > 0 && <p>{words('client.import.left', { count: left.length })}</p>}
        {heads.length > 0 && (
          <p>
            {words('client.import.row', { n: numbersOf(heads) })}: {headWhy}
          </p>
        )}
      </Notice>
      <div className="ui-actions">
        {left.length > 0 && (
          <Button onClick={() => saveReport(reportOf(words, { separator: list.separator, headings }, report))}>
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
                {some.map(({ row: { n }, why }) => (
                  <ListRow key={n} title={words('client.import.row', { n })}>
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
