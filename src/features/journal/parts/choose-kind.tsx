import { useWords } from '../../../ui/words.ts';
import { JOURNAL_KINDS } from '../schema.ts';
import type { JournalKind } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { DraftWaiting } from './draft-notice.tsx';
import { KindIcon } from './journal-icon.tsx';
import type { EntryDraft } from './draft-shape.ts';
import type { Kept } from '../../use-draft.ts';
import { useFocusHere } from '../../../ui/use-focus-here.ts';
import './choose-kind.css';

export interface ChooseKindProps {
  drafts: readonly Kept<EntryDraft>[];
  onChoose: (kind: JournalKind) => void;
}

/** The kinds of entries as large buttons, after what was left unsaved. */
export function ChooseKind({ drafts, onChoose }: ChooseKindProps) {
  const words = useWords<JournalWord>();
  const heading = useFocusHere<HTMLHeadingElement>();
  return (
    <>
      <h2 tabIndex={-1} ref={heading}>
        {words('journal.new.choose')}
      </h2>
      <DraftsWaiting drafts={drafts} onChoose={onChoose} />
      <div className="journal-kinds">
        {JOURNAL_KINDS.map((kind) => (
          <button key={kind} type="button" className="journal-kind-button" onClick={() => onChoose(kind)}>
            <KindIcon kind={kind} />
            <span>{words(`journal.kind.${kind}`)}</span>
          </button>
        ))}
      </div>
    </>
  );
}

/** What was left unsaved, each with the way back into it. */
export function DraftsWaiting({ drafts, onChoose }: ChooseKindProps) {
  const words = useWords<JournalWord>();
  return drafts.map(({ at, value: { kind } }) => (
    <DraftWaiting key={kind} at={at} what={words(`journal.kind.${kind}`)} onContinue={() => onChoose(kind)} />
  ));
}
