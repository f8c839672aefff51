import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { useWords } from '../../../ui/words.ts';
import { coversHere } from '../queries.ts';
import { phaseAt } from '../schema.ts';
import type { CoverWord } from '../words/catalogue.ts';
import { CoverProblem } from './cover-problem.tsx';
import { useCoverActs } from './use-cover-acts.ts';

/** Who asks the reader to stand in, and has had no answer. */
export function CoverAsked() {
  const words = useWords<CoverWord>();
  const format = useFormat();
  const { memberId } = useWorkspace().reader;
  const now = new Date(useNow()).toISOString();
  const acts = useCoverActs();
  const asked = (useLive(coversHere, []) ?? []).filter(
    (one) => one.member === memberId && phaseAt(one, now) === 'requested',
  );
  return (
    <>
      <CoverProblem state={acts.state} />
      {asked.map((one) => {
        const name = one.absentName ?? words('cover.someone');
        const times = { start: format.dateTime(one.start), end: format.dateTime(one.end) };
        return (
          <Notice
            key={one.id}
            title={words('cover.asked.title', { name })}
            action={
              <>
                <Button variant="primary" onClick={() => acts.accept(one)}>
                  {words('cover.accept')}
                </Button>
                <Button onClick={() => acts.decline(one)}>{words('cover.decline')}</Button>
              </>
            }
          >
            {words('cover.asked.text', { name, ...times })}
          </Notice>
        );
      })}
    </>
  );
}
