// One contact's form: what was seen when it opened and how far the device had news then, what is typed since, and the act
// that saves it. A change names the changed fields alone, so that what others change meanwhile stays.

import { useState } from 'react';
import type { FormEvent } from 'react';
import { newId } from '../../../base/ids.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { useDraftKeeper } from '../../use-draft.ts';
import type { Kept } from '../../use-draft.ts';
import { addContact, changeContact } from '../mutators.ts';
import type { ContactView } from '../queries.ts';
import type { ContactDetails, ContactField } from '../schema.ts';
import type { ContactWord } from '../words/catalogue.ts';
import type { ContactDraft } from './contact-draft.ts';
import { changesOf, detailsOf, EMPTY_CONTACT, faultsOf, typedOf } from './typed-contact.ts';
import type { TypedContact } from './typed-contact.ts';
import { useUndo } from './use-contact-acts.ts';

/** What the form was opened on. */
export interface Opened {
  readonly client: string;
  /** `null` for a new one. */
  readonly contact: ContactView | null;
  /** How far the device had news. */
  readonly base: number;
  readonly names: ReadonlyMap<string, string>;
  /** What is in the fields to begin with, where that is not what the contact says. */
  readonly start?: TypedContact | undefined;
  /** A new one in the place of one that was removed. */
  readonly isPutBack?: boolean;
  /** Where the draft is kept. */
  readonly draftId: string;
}

export function useContactForm(opened: Opened, restored: Kept<ContactDraft> | null, onSaved: () => void) {
  const { client, contact, draftId } = opened;
  const [id] = useState(() => contact?.id ?? newId());
  const [restoredAt, setRestoredAt] = useState(restored?.at);
  const [ground, setGround] = useState(() => groundOf(opened, restored));
  const [typed, setTyped] = useState<TypedContact>(restored?.value.typed ?? startOf(opened));
  const [chosen, setChosen] = useState<ReadonlySet<ContactField>>(new Set());
  const [tries, setTries] = useState(0);
  const { keeper, failed } = useDraftKeeper(draftId);
  const { state, act } = useAct(keeper);
  const save = useSave({ id, client, questions: contact?.questions ?? [] }, act);
  const { seen, base } = ground;
  const changes = seen && changesOf(typed, { seen, chosen });
  const faults = faultsOf(typed);
  const isSame = changes !== null && Object.keys(changes).length === 0;

  function change(next: TypedContact): void {
    setTyped(next);
    keeper.keep({ typed: next, seen, base });
  }
  function discard(): void {
    keeper.keep(null);
    setGround(groundOf(opened, null));
    setTyped(startOf(opened));
    setRestoredAt(undefined);
    setTries(0);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (Object.keys(faults).length > 0 || isSame) return;
    const kept = seen === null ? save.asNew(detailsOf(typed)) : save.changed(seen, { changes: changes ?? {}, base });
    if (await kept) onSaved();
  }
  return {
    typed,
    state,
    tries,
    restoredAt,
    draftFailed: failed,
    faults: tries > 0 ? faults : {},
    isSame: tries > 0 && isSame,
    change,
    choose(field: ContactField, value: string | null) {
      change({ ...typed, [field]: value ?? '' });
      setChosen((before) => new Set([...before, field]));
    },
    discard,
    submit,
  };
}

type Act = ReturnType<typeof useAct>['act'];
type Changing = Parameters<ReturnType<typeof useUndo>['changeOf']>[1];

function useSave({ id, client, questions }: Pick<ContactView, 'id' | 'client' | 'questions'>, act: Act) {
  const words = useWords<ContactWord>();
  const say = useToast();
  const authored = useAuthored();
  const undo = useUndo();
  return {
    async asNew(details: ContactDetails): Promise<boolean> {
      const done = await act({ name: addContact.name, args: { ...authored(), id, client, details } });
      if (done) say({ text: words('contact.saved') });
      return done;
    },
    async changed(seen: ContactDetails, { changes, base }: Changing): Promise<boolean> {
      const args = { ...authored(), id, client, changes, seen };
      const done = await act({ name: changeContact.name, args, base });
      if (done) {
        const onUndo = undo.changeOf({ id, client, details: seen, questions }, { changes, base });
        say({ text: words('contact.saved'), onUndo });
      }
      return done;
    },
  };
}

function startOf({ start, contact }: Opened): TypedContact {
  return start ?? (contact ? typedOf(contact.details) : EMPTY_CONTACT);
}

/** Words that were left unsaved go on from what was seen when they were begun. */
function groundOf({ contact, base }: Opened, restored: Kept<ContactDraft> | null) {
  return restored?.value ?? { seen: contact?.details ?? null, base };
}
