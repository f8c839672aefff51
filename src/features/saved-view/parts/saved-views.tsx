import { useState } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { viewsOf } from '../queries.ts';
import type { ViewView } from '../queries.ts';
import { VIEW_NAME_MAX, VIEWS_MOST } from '../schema.ts';
import type { Asked } from '../schema.ts';
import type { SavedViewWord } from '../words/catalogue.ts';
import { useViewActs } from './use-view-acts.ts';
import './saved-views.css';

export interface SavedViewsProps {
  /** What is asked at the moment. */
  asked: Asked;
  onPick: (asked: Asked) => void;
}

/** One's own views of the list: asked again at a press, saved, put in order, removed. */
export function SavedViews({ asked, onPick }: SavedViewsProps) {
  const words = useWords<SavedViewWord>();
  const views = useLive(viewsOf, []);
  const [open, setOpen] = useState<'save' | 'change'>();
  if (views === undefined) return null;
  const isSame = (view: ViewView) => JSON.stringify(entriesOf(view.asked)) === JSON.stringify(entriesOf(asked));
  const close = () => setOpen(undefined);
  return (
    <section aria-label={words('savedView.list')} className="saved-views">
      {views.map((view) => (
        <Button key={view.id} aria-pressed={isSame(view)} onClick={() => onPick(view.asked)}>
          <UserName>{view.name}</UserName>
        </Button>
      ))}
      {!views.some(isSame) && Object.keys(asked).length > 0 && (
        <Button icon="plus" onClick={() => setOpen('save')}>
          {words('savedView.save')}
        </Button>
      )}
      {views.length > 0 && <Button onClick={() => setOpen('change')}>{words('savedView.change')}</Button>}
      <Dialog open={open === 'save'} onClose={close} title={words('savedView.save')}>
        {open === 'save' && <SaveForm {...{ asked, views }} onDone={close} />}
      </Dialog>
      <Dialog open={open === 'change'} onClose={close} title={words('savedView.change')}>
        {open === 'change' && <Arrange views={views} />}
      </Dialog>
    </section>
  );
}

const entriesOf = (asked: Asked) => Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1));

function SaveForm({ asked, views, onDone }: { asked: Asked; views: readonly ViewView[]; onDone: () => void }) {
  const words = useWords<SavedViewWord>();
  const say = useToast();
  const { hasFailed, save } = useViewActs();
  const [name, setName] = useState('');
  const [tries, setTries] = useState(0);
  const form = useFaultFocus(tries);
  const isFull = views.length >= VIEWS_MOST;
  const fault = name.trim() === '' ? 'savedView.missing' : isFull ? 'savedView.many' : undefined;
  async function keep(): Promise<void> {
    setTries(tries + 1);
    if (fault !== undefined || !(await save({ name: name.trim(), asked, rank: (views.at(-1)?.rank ?? -1) + 1 })))
      return;
    say({ text: words('savedView.saved') });
    onDone();
  }
  return (
    <form
      ref={form}
      className="ui-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      {hasFailed && (
        <Notice kind="attention" announce>
          {words('savedView.failed')}
        </Notice>
      )}
      <p>{words('savedView.saveText')}</p>
      <TextField
        label={words('savedView.name')}
        hint={words('savedView.nameHint')}
        maxLength={VIEW_NAME_MAX}
        error={tries > 0 && fault ? words(fault) : undefined}
        value={name}
        onChange={setName}
      />
      <div className="ui-actions">
        <Button onClick={onDone}>{words('savedView.cancel')}</Button>
        <Button type="submit" variant="primary">
          {words('savedView.do')}
        </Button>
      </div>
    </form>
  );
}

function Arrange({ views }: { views: readonly ViewView[] }) {
  const words = useWords<SavedViewWord>();
  const { hasFailed, remove, move } = useViewActs();
  return (
    <>
      {hasFailed && (
        <Notice kind="attention" announce>
          {words('savedView.failed')}
        </Notice>
      )}
      <ul className="saved-views-list">
        {views.map((view, at) => (
          <li key={view.id}>
            <UserName>{view.name}</UserName>
            <span className="saved-views-acts">
              <IconButton
                icon="up"
                label={words('savedView.up', { name: view.name })}
                disabled={at === 0}
                onClick={() => void move(views, at, at - 1)}
              />
              <IconButton
                icon="down"
                label={words('savedView.down', { name: view.name })}
                disabled={at === views.length - 1}
                onClick={() => void move(views, at, at + 1)}
              />
              <IconButton
                icon="close"
                label={words('savedView.remove', { name: view.name })}
                onClick={() => void remove(view)}
              />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
