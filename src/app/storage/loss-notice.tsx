import { useState } from 'react';
import { useWorkspace } from '../../sync/client/react.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import { forgetLoss, keptLoss } from './loss.ts';
import type { RareWord } from '../rare/words/catalogue.ts';

/** After a device was set up again: what is lost, until it was read. */
export default function LossNotice() {
  const words = useWords<RareWord>();
  const { id } = useWorkspace().membership;
  const [loss, setLoss] = useState(() => keptLoss(id));
  if (loss === undefined) return null;
  const { lost, found } = loss;
  const read = () => {
    forgetLoss(id);
    setLoss(undefined);
  };
  return (
    <Notice
      kind={lost === 0 ? 'info' : 'attention'}
      title={words('app.lost.report.title')}
      action={<Button onClick={read}>{words('app.lost.report.ok')}</Button>}
    >
      {found > 0 && <p>{words('app.lost.report.found', { count: found })}</p>}
      {lost === null && <p>{words('app.lost.report.unknown')}</p>}
      {lost === 0 && found === 0 && <p>{words('app.lost.report.none')}</p>}
      {lost !== null && lost > 0 && <p>{words('app.lost.report.lost', { count: lost })}</p>}
    </Notice>
  );
}
