import { useEffect, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { ChooseKind } from './choose-kind.tsx';
import { NewEntryForm } from './new-entry-form.tsx';
import type { EntryDraft } from './draft-shape.ts';
import type { Kept } from '../../use-draft.ts';
import { useKinds } from './use-kinds.ts';
import type { NewEntryDrafts } from './use-draft.ts';

interface Chosen {
  readonly kind: string;
  readonly draftId: string;
  readonly restored: Kept<EntryDraft> | undefined;
}

export interface NewEntryProps {
  client: string;
  drafts: NewEntryDrafts;
  /** Chosen before; goes on with the draft of this kind where there is one. */
  startWith: string | null;
  onSaved: () => void;
  onBack: () => void;
}

/** First what it is about, then the words. */
export function NewEntry({ client, drafts, startWith, onSaved, onBack }: NewEntryProps) {
  const words = useWords<JournalWord>();
  const kinds = (useKinds() ?? []).filter(({ isOn }) => isOn);
  // Which draft a form goes on with is settled when it opens; what it keeps after that is its own.
  const [form, setForm] = useState<Chosen | null>(() => (startWith === null ? null : chosen(drafts, startWith)));
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [form]);
  return (
    <>
      <div className="ui-actions">
        <Button icon="back" onClick={form === null ? onBack : () => setForm(null)}>
          {words(form === null ? 'journal.new.back' : 'journal.new.other')}
        </Button>
      </div>
      {form === null ? (
        <ChooseKind drafts={drafts.kept} kinds={kinds} onChoose={(kind) => setForm(chosen(drafts, kind))} />
      ) : (
        <NewEntryForm key={form.draftId} client={client} {...form} onSaved={onSaved} />
      )}
    </>
  );
}

const chosen = (drafts: NewEntryDrafts, kind: string): Chosen => ({
  kind,
  draftId: drafts.placeOf(kind),
  restored: drafts.kept.find(({ value }) => value.kind === kind),
});
