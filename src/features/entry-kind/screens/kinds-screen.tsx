import { useState } from 'react';
import { newId } from '../../../base/ids.ts';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { CheckField } from '../../../ui/check-field.tsx';
import { focusMain, Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../../journal/words/catalogue.ts';
import { draftOf, settingOf } from '../parts/kind-draft.ts';
import { KindEditor } from '../parts/kind-editor.tsx';
import { useDecide } from '../parts/use-decide.ts';
import { kindsHere } from '../queries.ts';
import { isBuiltIn, standingAsks } from '../schema.ts';
import type { Kind } from '../schema.ts';
import type { KindWord } from '../words/catalogue.ts';
import '../parts/kind-rows.css';

type Opened = { readonly kind: string; readonly isNew: boolean } | null;

/** What clients are asked in their journals: which kinds of entries there are, and what each asks. */
export function KindsScreen() {
  const words = useWords<KindWord>();
  const kinds = useLive(kindsHere, []);
  const [opened, setOpened] = useState<Opened>(null);
  const nameOf = useBuiltInName();
  function close(): void {
    setOpened(null);
    // What had the focus is gone with the form.
    focusMain();
  }
  const shown = opened && (kinds?.find(({ kind }) => kind === opened.kind) ?? madeOf(opened.kind));
  return (
    <Page title={words('kind.admin.title')}>
      {shown && opened ? (
        <KindEditor
          kind={shown}
          isNew={opened.isNew}
          title={opened.isNew ? words('kind.admin.new') : (nameOf(shown) ?? '')}
          onClose={close}
        />
      ) : (
        <>
          <p>{words('kind.admin.intro')}</p>
          {kinds === undefined ? <Skeleton /> : <KindList kinds={kinds} onOpen={setOpened} />}
          <div className="ui-actions">
            <Button icon="plus" onClick={() => setOpened({ kind: newId(), isNew: true })}>
              {words('kind.admin.new')}
            </Button>
          </div>
        </>
      )}
    </Page>
  );
}

const madeOf = (kind: string): Kind => ({ kind, name: '', isOn: true, asks: standingAsks(kind), off: [] });

function KindList({ kinds, onOpen }: { kinds: readonly Kind[]; onOpen: (opened: Opened) => void }) {
  const words = useWords<KindWord>();
  return (
    <ul className="kind-rows" role="list" aria-label={words('kind.admin.title')}>
      {kinds.map((kind) => (
        // Shown anew with each decision: what was pressed stands until then.
        <KindRow key={`${kind.kind} ${kind.decision}`} kind={kind} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function KindRow({ kind, onOpen }: { kind: Kind; onOpen: (opened: Opened) => void }) {
  const words = useWords<KindWord>();
  const name = useBuiltInName()(kind);
  const { decide } = useDecide();
  const [isOn, setIsOn] = useState(kind.isOn);
  async function offer(next: boolean): Promise<void> {
    setIsOn(next);
    if (!(await decide(kind, settingOf(kind.kind, next, draftOf(kind))))) setIsOn(kind.isOn);
  }
  return (
    <li className="kind-row">
      <CheckField
        label={<span dir="auto">{name}</span>}
        hint={words('kind.admin.count', { count: kind.asks.length })}
        checked={isOn}
        onChange={(next) => void offer(next)}
      />
      <Button
        aria-label={words('kind.admin.edit.named', { kind: name ?? '' })}
        onClick={() => onOpen({ kind: kind.kind, isNew: false })}
      >
        {words('kind.admin.edit')}
      </Button>
    </li>
  );
}

/** The name of a kind: the app's of one that is built in, else the practice's. */
function useBuiltInName(): (kind: Kind) => string | undefined {
  const words = useWords<JournalWord>();
  return ({ kind, name }) => (isBuiltIn(kind) ? words(`journal.kind.${kind}`) : name);
}
