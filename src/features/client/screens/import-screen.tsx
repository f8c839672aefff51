import type { ReactNode } from 'react';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFocusHere } from '../../../ui/use-focus-here.ts';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { ChooseList } from '../parts/import/choose-list.tsx';
import { ListColumns } from '../parts/import/list-columns.tsx';
import { ListDone } from '../parts/import/list-done.tsx';
import { ListRows } from '../parts/import/list-rows.tsx';
import { begunIn, headingsOf, headRowsOf } from '../parts/import/settings.ts';
import type { Begun } from '../parts/import/settings.ts';
import { DRAFT, useImport } from '../parts/import/use-import.ts';
import type { Stage } from '../parts/import/use-import.ts';
import { staffHere } from '../queries.ts';
import type { ClientWord } from '../words/catalogue.ts';
import './import-screen.css';

export interface ImportScreenProps {
  back: { href: string; label: string };
  hrefOf: (client: string) => string;
}

/** Where many are taken on at once, from a list that another program has written. */
export function ImportScreen({ back, hrefOf }: ImportScreenProps) {
  const words = useWords<ClientWord>();
  const draft = useStoredDraft(DRAFT, begunIn);
  return (
    <Page title={words('client.import')} back={back}>
      {draft === undefined ? <Skeleton rows={3} /> : <Import begun={draft?.value ?? null} hrefOf={hrefOf} />}
    </Page>
  );
}

function Import({ begun, hrefOf }: { begun: Begun | null; hrefOf: ImportScreenProps['hrefOf'] }) {
  const { roles } = useWorkspace().membership;
  const isOffice = roles.some((role) => role !== 'provider');
  const providers = useLive(staffHere, [])?.providers ?? [];
  const { stage, settings, ...does } = useImport({ isOffice, providers, begun });
  if (stage.at === 'choose')
    return <ChooseList begun={begun?.name} fault={stage.fault} onChoose={(file) => void does.choose(file)} />;
  if (stage.at === 'busy' || settings === undefined)
    return (
      <Here key={stage.at === 'busy' ? stage.doing : stage.at}>
        <Busy stage={stage} onStop={does.stop} />
      </Here>
    );
  const { list } = stage;
  const headings = headingsOf(list, settings);
  const look = () => void does.look(list, settings);
  return (
    <Here key={`${stage.at} ${list.encoding}`}>
      {stage.at === 'columns' && (
        <ListColumns
          {...{ list, settings, providers: isOffice ? providers : [], isPart: stage.isPart === true }}
          onChange={does.change}
          onEncoding={does.reread}
          onDone={look}
        />
      )}
      {stage.at === 'rows' && (
        <ListRows
          {...{ headings, providers, judged: stage.judged, ticks: does.ticksOf(list) }}
          onTick={(ticks) => does.tick(list, ticks)}
          onAdd={() => void does.add(stage)}
          onBack={() => does.back(list)}
        />
      )}
      {stage.at === 'done' && (
        <ListDone
          {...stage}
          {...{ headings, heads: headRowsOf(list, settings), hrefOf }}
          onAgain={does.again}
          onResume={look}
        />
      )}
    </Here>
  );
}

/** What came of the last press: readers and keys go on there. */
function Here({ children }: { children: ReactNode }) {
  const words = useWords<ClientWord>();
  const here = useFocusHere<HTMLDivElement>();
  return (
    <div ref={here} tabIndex={-1} role="group" aria-label={words('client.import')}>
      {children}
    </div>
  );
}

/** So often it is read out how far it has come. */
const TOLD_TIMES = 10;

function Busy({ stage, onStop }: { stage: Stage; onStop: () => void }) {
  const words = useWords<ClientWord>();
  if (stage.at !== 'busy' || stage.doing === 'reading') return <Skeleton rows={5} />;
  const { doing, done, all } = stage;
  const text = words(`client.import.${doing}`, { done, all });
  return (
    <div className="ui-stack">
      <p>{text}</p>
      <p className="ui-hidden" role="status">
        {words(`client.import.${doing}`, { done: done - (done % Math.max(1, Math.ceil(all / TOLD_TIMES))), all })}
      </p>
      <progress className="client-progress" aria-label={words('client.import')} value={done} max={Math.max(1, all)} />
      {doing === 'adding' && (
        <>
          <p className="ui-muted">{words('client.import.adding.stay')}</p>
          <div className="ui-actions">
            <Button onClick={onStop}>{words('client.import.stop')}</Button>
          </div>
        </>
      )}
    </div>
  );
}
