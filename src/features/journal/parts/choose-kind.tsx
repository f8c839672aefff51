import { useWords } from '../../../ui/words.ts';
import type { Kind } from '../../entry-kind/schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { DraftWaiting } from './draft-notice.tsx';
import { KindIcon } from './journal-icon.tsx';
import type { EntryDraft } from './draft-shape.ts';
import type { Kept } from '../../use-draft.ts';
import { useFocusHere } from '../../../ui/use-focus-here.ts';
import { useKindName } from './use-kinds.ts';
import './choose-kind.css';

export interface ChooseKindProps {
  drafts: readonly Kept<EntryDraft>[];
  onChoose: (kind: string) => void;
}

/** The kinds of entries as large buttons, after what was left unsaved. */
export function ChooseKind({ drafts, kinds, onChoose }: ChooseKindProps & { kinds: readonly Kind[] }) {
  const words = useWords<JournalWord>();
  const nameOf = useKindName();
  const heading = useFocusHere<HTMLHeadingElement>();
  return (
    <>
      <h2 tabIndex={-1} ref={heading}>
        {words('journal.new.choose')}
      </h2>
      <DraftsWaiting drafts={drafts} onChoose={onChoose} />
      <div className="journal-kinds">
        {kinds.map(({ kind }) => (
          <button key={kind} type="button" className="journal-kind-button" onClick={() => onChoose(kind)}>
            <KindIcon kind={kind} />
            <span dir="auto">{nameOf(kind)}</span>
          </button>
        ))}
      </div>
    </>
  );
}

/** What was left unsaved, each with the way back into it. */
export function DraftsWaiting({ drafts, onChoose }: ChooseKindProps) {
  const nameOf = useKindName();
  return drafts.map(({ at, value: { kind } }) => (
    <DraftWaiting key={kind} at={at} what={nameOf(kind)} onContinue={() => onChoose(kind)} />
  ));
}
