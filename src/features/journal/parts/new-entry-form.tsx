import { use, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { newId } from '../../../base/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { useWords } from '../../../ui/words.ts';
import { addEntry } from '../mutators.ts';
import { hasContent } from '../schema.ts';
import type { JournalContent } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { ActNotice } from './act-notice.tsx';
import { contentFault } from './content-fault.ts';
import { DraftRestored } from './draft-notice.tsx';
import { EntryFields } from './entry-fields.tsx';
import { KindIcon } from './journal-icon.tsx';
import { MediaField } from './late-media.tsx';
import { PrivateSideContext } from './private-side.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { useDraftKeeper } from '../../use-draft.ts';
import { useWorkspace } from '../../../sync/client/react.ts';
import type { EntryDraft } from './draft-shape.ts';
import type { Kept } from '../../use-draft.ts';
import { useFocusHere } from '../../../ui/use-focus-here.ts';
import { RepeatMeal } from './repeat-meal.tsx';
import { useKindName } from './use-kinds.ts';
import { instantOf, NOW } from './when.ts';
import type { When } from './when.ts';
import { WhenField } from './when-field.tsx';
import { WordsAdvice } from './words-advice.tsx';
import { useStrict } from './use-strict.ts';
import { useTypedContent } from './use-typed-content.ts';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import './form.css';

export interface NewEntryFormProps {
  client: string;
  kind: string;
  /** Where the draft is kept. */
  draftId: string;
  /** What was left unsaved of this kind. */
  restored: Kept<EntryDraft> | undefined;
  /** The entry is safe on this device. */
  onSaved: () => void;
}

/** A picture says it sooner than words: opened, photographed, saved. */
const PHOTO_FIRST: ReadonlySet<string> = new Set(['food', 'photo']);

const EMPTY: JournalContent = { text: '' };

export function NewEntryForm({ client, kind, draftId, restored, onSaved }: NewEntryFormProps) {
  const words = useWords<JournalWord>();
  const heading = useFocusHere<HTMLHeadingElement>();
  const { isStrict: strict, isKnown } = useStrict(client);
  const form = useEntryForm({ client, kind, draftId, restored, onSaved }, strict && isKnown);
  const formRef = useFaultFocus(form.tries);
  const kindName = useKindName()(kind);
  const beside = use(PrivateSideContext);
  const isPhotoFirst = PHOTO_FIRST.has(kind);
  // What is for its author alone has none; those that are there already, or are being made ready, stay to be taken out.
  const photo = (!form.isPrivate || form.isWaiting || form.content.media) && (
    <MediaField
      client={client}
      adds={!form.isPrivate}
      value={form.content.media}
      onChange={(media) => form.change({ content: { ...form.content, media } })}
      onBusy={form.setWaiting}
    />
  );
  return (
    <form ref={formRef} className="journal-form" noValidate onSubmit={(event) => void form.submit(event)}>
      <h2 className="journal-form-head" tabIndex={-1} ref={heading}>
        <KindIcon kind={kind} /> <span dir="auto">{kindName}</span>
      </h2>
      {form.restoredAt && <DraftRestored what={kindName} at={form.restoredAt} onDiscard={form.discard} />}
      <ActNotice state={form.state} draftFailed={form.draftFailed} />
      {beside && (
        <beside.WhoReads
          kind={kind}
          content={form.content}
          isPrivate={form.isPrivate}
          onChange={(isPrivate) => form.change({ isPrivate })}
        />
      )}
      {isPhotoFirst && photo}
      {kind === 'food' && !hasContent(form.content) && (
        <RepeatMeal client={client} onRepeat={(content) => form.change({ content })} />
      )}
      <EntryFields
        kind={kind}
        value={form.content}
        onChange={(content) => form.change({ content })}
        fault={form.fault}
        strict={strict}
      />
      {!isPhotoFirst && photo}
      <WordsAdvice content={form.content} />
      <WhenField value={form.when} onChange={(when) => form.change({ when })} fault={form.whenFault} />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={form.state === 'busy' || form.isWaiting}>
          {words('journal.save')}
        </Button>
      </div>
    </form>
  );
}

function useEntryForm({ client, kind, draftId, restored, onSaved }: NewEntryFormProps, isHidden: boolean) {
  // One id for as long as the form stands: what is sent twice is one entry.
  const [id] = useState(() => newId());
  const [restoredAt, setRestoredAt] = useState(restored?.at);
  const [content, setContent] = useTypedContent(restored?.value.content ?? EMPTY, isHidden);
  const [when, setWhen] = useState<When>(restored?.value.when ?? NOW);
  const [isPrivate, setPrivate] = useState(restored?.value.isPrivate === true);
  const { reader } = useWorkspace();
  const beside = use(PrivateSideContext);
  const isSaving = useRef(false);
  const [tries, setTries] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  const { keeper, failed } = useDraftKeeper(draftId);
  const { state, act } = useAct(keeper);
  const authored = useAuthored();
  const fault = contentFault(content);
  const instant = instantOf(when, new Date());

  function change(next: { content?: JournalContent; when?: When; isPrivate?: boolean }): void {
    const draft = { kind, content, when, isPrivate, ...next };
    setContent(draft.content);
    setWhen(draft.when);
    setPrivate(draft.isPrivate);
    keeper.keep(hasContent(draft.content) ? draft : null);
    // A photo is not typed letter by letter: its place in the form is kept at once.
    if (draft.content.media !== content.media) void keeper.flush();
  }
  function discard(): void {
    change({ content: EMPTY, when: NOW, isPrivate: false });
    setRestoredAt(undefined);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    // A private one is sealed before it is an act: until then nothing else says that it is being kept.
    if (isSaving.current) return;
    isSaving.current = true;
    try {
      if (await save()) return onSaved();
    } catch (error) {
      isSaving.current = false;
      throw error;
    }
    isSaving.current = false;
  }
  /** Whether it is kept. The form is done then, and saves nothing more. */
  async function save(): Promise<boolean> {
    setTries(tries + 1);
    const time = instantOf(when, new Date());
    if (fault !== undefined || 'fault' in time || isWaiting) return false;
    const said = authored(time.at);
    const args = { ...said, id, client, kind, content };
    const { at, zone } = said;
    const own = isPrivate ? await beside?.addAct(reader, { id, kind, at, zone, content }) : undefined;
    // Never as an entry that others read, whatever stands in the way.
    if (isPrivate && !own) return false;
    return act(own ?? { name: addEntry.name, args });
  }
  return {
    content,
    when,
    isPrivate,
    state,
    tries,
    isWaiting,
    setWaiting,
    restoredAt,
    draftFailed: failed,
    fault: tries > 0 ? fault : undefined,
    whenFault: tries > 0 && 'fault' in instant ? instant.fault : undefined,
    change,
    discard,
    submit,
  };
}
