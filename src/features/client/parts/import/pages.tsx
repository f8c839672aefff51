import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { useWords } from '../../../../ui/words.ts';
import type { ClientWord } from '../../words/catalogue.ts';

const PAGE = 50;

/** Ten thousand rows, a page at a time. */
export function Pages<T>({ all, children }: { all: readonly T[]; children: (some: readonly T[]) => ReactNode }) {
  const words = useWords<ClientWord>();
  const [wanted, setWanted] = useState(0);
  const last = Math.max(0, Math.ceil(all.length / PAGE) - 1);
  const page = Math.min(wanted, last);
  const turn = (to: number) => setWanted(Math.max(0, Math.min(last, to)));
  return (
    <>
      {children(all.slice(page * PAGE, (page + 1) * PAGE))}
      {last > 0 && (
        <div className="ui-actions">
          <Button disabled={page === 0} onClick={() => turn(page - 1)}>
            {words('client.import.before')}
          </Button>
          <span aria-live="polite">{words('client.import.page', { n: page + 1, all: last + 1 })}</span>
          <Button disabled={page === last} onClick={() => turn(page + 1)}>
            {words('client.import.next')}
          </Button>
        </div>
      )}
    </>
  );
}
