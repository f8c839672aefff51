import { Button, ButtonLink } from '../../../ui/button.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ClientWord } from '../words/catalogue.ts';

export interface SelectionBarProps {
  ids: ReadonlySet<string>;
  /** Who is in the list at the moment. */
  found: readonly { readonly id: string }[];
  hrefOf: (what: string) => string;
  onAll: () => void;
  onEnd: () => void;
}

const ACTS = ['primary', 'pause', 'resume', 'archive'] as const;

/** What can be done with those who are chosen. */
export function SelectionBar({ ids, found, hrefOf, onAll, onEnd }: SelectionBarProps) {
  const words = useWords<ClientWord>();
  const shown = found.filter(({ id }) => ids.has(id)).length;
  return (
    <section className="client-selection ui-stack" aria-label={words('client.select.label')}>
      <p aria-live="polite">
        {words('client.select.count', { count: ids.size })}
        {shown < ids.size && <> {words('client.select.hidden', { count: ids.size - shown })}</>}
      </p>
      <div className="ui-actions">
        {shown < found.length && <Button onClick={onAll}>{words('client.select.all', { count: found.length })}</Button>}
        <Button onClick={onEnd}>{words('client.select.end')}</Button>
      </div>
      {ids.size > 0 && (
        <div className="ui-actions">
          {ACTS.map((what) => (
            <ButtonLink key={what} href={hrefOf(what)}>
              {words(what === 'pause' ? 'client.pause' : `client.together.${what}`)}
            </ButtonLink>
          ))}
        </div>
      )}
    </section>
  );
}
