import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button, IconButton } from '../../../ui/button.tsx';
import { CheckField } from '../../../ui/check-field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useFocusHere } from '../../../ui/use-focus-here.ts';
import { useWords } from '../../../ui/words.ts';
import { ADDED_UP_TO, isBuiltIn, isSensitive, OWN_LABEL_MAX } from '../schema.ts';
import type { Ask, Kind } from '../schema.ts';
import type { KindWord } from '../words/catalogue.ts';
import { draftOf, keyOf, moved, settingOf, switched, withOwn } from './kind-draft.ts';
import type { AskedOrNot } from './kind-draft.ts';
import { OwnQuestionForm } from './own-question-form.tsx';
import { useDecide } from './use-decide.ts';
import './kind-rows.css';
import './kind-editor.css';

export interface KindEditorProps {
  /** As it is now; what is edited is what stood there when the editor opened. */
  kind: Kind;
  /** Not there yet: it is made by saving. */
  isNew: boolean;
  /** What it is called, where it is built in. */
  title: string;
  onClose: () => void;
}

/** What a kind asks, in order: on or off, up or down, and questions of the practice's own. */
export function KindEditor({ kind, isNew, title, onClose }: KindEditorProps) {
  const words = useWords<KindWord>();
  const heading = useFocusHere<HTMLHeadingElement>();
  const [opened, setOpened] = useState(kind);
  const [draft, setDraft] = useState(() => draftOf(kind));
  const [isAdding, setIsAdding] = useState(false);
  const [tried, setTried] = useState(false);
  const { state, decide } = useDecide();
  const isOwn = !isBuiltIn(kind.kind);
  const isNamed = !isOwn || draft.name.trim() !== '';
  const isOvertaken = kind.decision !== opened.decision;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!isNamed || isOvertaken) return;
    if (await decide(isNew ? null : opened, settingOf(kind.kind, kind.isOn, draft))) onClose();
  }
  function showNewer(): void {
    setOpened(kind);
    setDraft(draftOf(kind));
  }
  return (
    <form className="kind-editor" noValidate onSubmit={(event) => void submit(event)}>
      <h2 tabIndex={-1} ref={heading} dir="auto">
        {title}
      </h2>
      {isOvertaken && (
        <Notice kind="attention" announce>
          <p>{words('kind.edit.overtaken')}</p>
          <Button onClick={showNewer}>{words('kind.edit.showNewer')}</Button>
        </Notice>
      )}
      {state !== 'ready' && state !== 'busy' && (
        <Notice kind="attention" announce>
          {words('kind.decide.failed')}
        </Notice>
      )}
      {isOwn && (
        <TextField
          label={words('kind.edit.name')}
          maxLength={OWN_LABEL_MAX}
          error={tried && !isNamed ? words('kind.edit.name.empty') : undefined}
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
        />
      )}
      <ul className="kind-rows" role="list" aria-label={words('kind.edit.questions')}>
        {draft.asks.map((one, at) => (
          <AskRow
            key={keyOf(one.ask)}
            one={one}
            isFirst={at === 0}
            isLast={at === draft.asks.length - 1}
            onSwitch={(isOn) => setDraft(switched(draft, keyOf(one.ask), isOn))}
            onMove={(by) => setDraft(moved(draft, keyOf(one.ask), by))}
          />
        ))}
      </ul>
      {isAdding && (
        <OwnQuestionForm
          onAdd={(own) => {
            setDraft(withOwn(draft, own));
            setIsAdding(false);
          }}
          onClose={() => setIsAdding(false)}
        />
      )}
      {!isAdding && draft.asks.length < ADDED_UP_TO && (
        <Button icon="plus" onClick={() => setIsAdding(true)}>
          {words('kind.own.add')}
        </Button>
      )}
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={state === 'busy'}>
          {words('kind.edit.save')}
        </Button>
        <Button onClick={onClose}>{words('kind.edit.close')}</Button>
      </div>
    </form>
  );
}

interface AskRowProps {
  one: AskedOrNot;
  isFirst: boolean;
  isLast: boolean;
  onSwitch: (isOn: boolean) => void;
  onMove: (by: -1 | 1) => void;
}

function AskRow({ one: { ask, isOn }, isFirst, isLast, onSwitch, onMove }: AskRowProps) {
  const words = useWords<KindWord>();
  const label = useAskLabel()(ask);
  const hint = isHidden(ask) ? words('kind.edit.hidden') : undefined;
  return (
    <li className="kind-row">
      {'asked' in ask && ask.asked === 'text' ? (
        <span className="kind-ask-always">
          {label}
          <span className="ui-check-hint">{words('kind.edit.always')}</span>
        </span>
      ) : (
        <CheckField label={<span dir="auto">{label}</span>} hint={hint} checked={isOn} onChange={onSwitch} />
      )}
      <span className="kind-ask-moves">
        <IconButton
          icon="up"
          label={words('kind.edit.up', { question: label })}
          disabled={isFirst}
          onClick={() => onMove(-1)}
        />
        <IconButton
          icon="down"
          label={words('kind.edit.down', { question: label })}
          disabled={isLast}
          onClick={() => onMove(1)}
        />
      </span>
    </li>
  );
}

function useAskLabel(): (ask: Ask) => string {
  const words = useWords<KindWord>();
  return (ask) => {
    if ('own' in ask) return ask.own.label;
    return ask.asked === 'text' ? words('kind.edit.text') : words(`kind.ask.${ask.asked}`);
  };
}

function isHidden(ask: Ask): boolean {
  if ('own' in ask) return ask.own.sensitive === true;
  return ask.asked !== 'text' && isSensitive(ask.asked);
}
